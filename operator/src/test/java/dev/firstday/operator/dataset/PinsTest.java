package dev.firstday.operator.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.Model;
import dev.firstday.api.ModelDeployment;
import dev.firstday.api.ModelDeploymentSpec;
import dev.firstday.api.ModelDeploymentStatus;
import dev.firstday.api.ModelDeploymentStatus.Chain;
import dev.firstday.api.ModelDeploymentStatus.Target;
import dev.firstday.api.ModelStatus;
import dev.firstday.api.ModelVersion;
import dev.firstday.api.TrainingJob;
import dev.firstday.api.TrainingJobSpec;
import dev.firstday.api.TrainingJobStatus;
import dev.firstday.contract.Contract;
import dev.firstday.operator.Samples;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PinsTest {
  @Test
  void nothingRefersToANewDataset() {
    assertThat(Pins.of("flights", List.of(), List.of(), List.of())).isEqualTo(Pins.NONE);
  }

  @Test
  void aTrainingJobRefersToTheVersionItNamesAndTheOneItLearntFrom() {
    TrainingJob named = training(4, null);
    TrainingJob done = training(null, "flights/2");
    TrainingJob other = training(null, "hotels/9");
    assertThat(Pins.of("flights", List.of(named, done, other), List.of(), List.of()))
        .isEqualTo(new Pins(List.of(2, 4), null, true));
    assertThat(Pins.datasetsOf(other)).containsExactlyInAnyOrder("flights", "hotels");
    assertThat(Pins.datasetsOf(training(null, null))).containsExactly("flights");
  }

  @Test
  void aModelRefersToWhatItsVersionsLearntFrom() {
    Model model = model("late", version(1, "flights/3"), version(2, "hotels/8"), version(3, null));
    assertThat(Pins.of("flights", List.of(), List.of(model), List.of()))
        .isEqualTo(new Pins(List.of(3), null, true));
    assertThat(Pins.datasetsOf(model)).containsExactlyInAnyOrder("flights", "hotels");
    assertThat(Pins.datasetsOf(Samples.model("ns", "new"))).isEmpty();
  }

  @Test
  void theNewestOfTheDeployedCounts() {
    Model model =
        model("late", version(1, "flights/3"), version(2, "flights/5"), version(3, "flights/6"));
    assertThat(
            Pins.of(
                "flights",
                List.of(),
                List.of(model),
                List.of(deployment("late", 1, null), deployment("late", 2, null))))
        .isEqualTo(new Pins(List.of(3, 5, 6), 5, true));
  }

  @Test
  void whatTheModelListsNoMoreTheDeploymentKnows() {
    ModelDeployment deployment = deployment("late", 1, "flights/3");
    assertThat(Pins.of("flights", List.of(), List.of(), List.of(deployment)))
        .isEqualTo(new Pins(List.of(3), 3, true));
    assertThat(Pins.datasetsOf(deployment)).containsExactly("flights");
    assertThat(Pins.datasetsOf(Samples.deployment("ns", "new"))).isEmpty();
    assertThat(Pins.of("hotels", List.of(), List.of(), List.of(deployment))).isEqualTo(Pins.NONE);
  }

  @Test
  void wordsThatNameNoVersionNameNone() {
    Stream.of("", "/", "flights", "flights/", "flights/x", "flights/99999999999", "/3")
        .forEach(
            words ->
                assertThat(
                        Pins.of(
                            "flights",
                            List.of(training(null, words)),
                            List.of(model("late", version(1, words))),
                            List.of(deployment("late", 1, words))))
                    .as(words)
                    .isEqualTo(Pins.NONE));
  }

  private static TrainingJob training(Integer number, String learntFrom) {
    TrainingJob training = Samples.training("ns", "tj", "flights", "late");
    training.setSpec(
        Samples.with(
            training.getSpec(),
            Map.of("dataset", new TrainingJobSpec.DatasetReference("flights", number))));
    if (learntFrom != null) {
      training.setStatus(
          new TrainingJobStatus(
              1L,
              "Training",
              null,
              new TrainingJobStatus.Chain(learntFrom, 1, "d", null),
              null,
              null,
              null,
              null));
    }
    return training;
  }

  private static Model model(String name, ModelVersion... versions) {
    Model model = Samples.model("ns", name);
    model.setStatus(
        new ModelStatus(
            1L,
            "Ready",
            null,
            versions[0],
            versions.length,
            List.of(versions),
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null));
    return model;
  }

  private static ModelVersion version(int number, String dataset) {
    return new ModelVersion(
        number, digest(number), dataset, null, null, null, null, null, null, null, null, null);
  }

  private static ModelDeployment deployment(String model, int stable, String learntFrom) {
    ModelDeployment deployment = Samples.deployment("ns", "late-" + stable);
    deployment.setSpec(
        new ModelDeploymentSpec(
            model,
            null,
            ModelDeploymentSpec.Track.NEWEST,
            null,
            null,
            null,
            null,
            null,
            null,
            null));
    deployment.setStatus(
        new ModelDeploymentStatus(
            1L,
            "Stable",
            null,
            null,
            new Target(stable, digest(stable), 100, 1, 1),
            null,
            null,
            null,
            learntFrom == null ? null : new Chain(null, learntFrom, null, null),
            null,
            null,
            null,
            null));
    return deployment;
  }

  private static String digest(int number) {
    return Contract.digest("model" + number);
  }
}
