package dev.firstday.cli.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.Model;
import dev.firstday.api.ModelDeployment;
import dev.firstday.api.TrainingJob;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Version 8 (bb) is stable; version 9 (cc) may be on its way. */
class SuccessorTest {
  private static final String TWO = "versions: [{number: 9, digest: cc}, {number: 8, digest: bb}]";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "versions: [{number: 8, digest: bb}] | none",
        "versions: [{number: 9, digest: cc}, {number: 8, digest: bb}] | once Model late-arrival has inspected it",
        "versions: [{number: 9, digest: cc}], health: [{number: 9, digest: cc}] | version 9 is wanted",
        "versions: [{number: 9, digest: cc}], health: [{number: 9, digest: cc, fault: LoadFailed}] | none",
        "versions: [{number: 9, digest: cc}], retention: {marked: [9]} | none",
        // what serves turned out to be faulty, or was rolled back to
        "versions: [{number: 7, digest: aa}], health: [{number: 7, digest: aa}] | none",
      })
  void ofTheNewestItIsOneThatIsNewerAndMayBeServed(String status, String words) throws IOException {
    assertSuccessor(Golden.deployment("stable"), model("", status), List.of(), words);
  }

  @Test
  void aTrainingThatHasSucceededIsAheadOfItsModel() throws IOException {
    ModelDeployment deployment = Golden.deployment("stable");
    Model model = model("", "versions: [{number: 8, digest: bb}]");

    assertSuccessor(
        deployment, model, List.of(training("late-arrival", 9)), "version 9 is recorded");
    assertSuccessor(deployment, model, List.of(training("late-arrival", 7)), null);
    assertSuccessor(deployment, model, List.of(training("another", 9)), null);
    Model swept = model("", "versions: [{number: 8, digest: bb}], retention: {deleted: [9]}");
    assertSuccessor(deployment, swept, List.of(training("late-arrival", 9)), null);
  }

  @Test
  void whatWasRolledBackDoesNotComeAgainBeforeTheSpecIsEdited() throws IOException {
    ModelDeployment deployment = Golden.deployment("rolled-back");
    Model model = model("", TWO + ", health: [{number: 9, digest: cc}]");

    assertSuccessor(deployment, model, List.of(), null);
    deployment.getMetadata().setGeneration(6L);
    assertSuccessor(deployment, model, List.of(), "version 9 is wanted");
  }

  @Test
  void whatIsTriedNowIsNoSuccessor() throws IOException {
    Model model =
        model("", "versions: [{number: 8, digest: bb}], health: [{number: 8, digest: bb}]");
    assertSuccessor(Golden.deployment("awaiting"), model, List.of(), null);
  }

  @Test
  void anAliasCountsOnceItIsMoved() throws IOException {
    ModelDeployment deployment = deployment("track: champion");

    assertSuccessor(
        deployment, model("aliases: [{name: champion, version: 8}]", TWO), List.of(), null);
    assertSuccessor(
        deployment,
        model("aliases: [{name: champion, version: 9}]", TWO),
        List.of(),
        "version 9 is recorded");
    assertSuccessor(deployment, model("aliases: []", TWO), List.of(), null);
  }

  @Test
  void aFixedVersionHasNoSuccessor() throws IOException {
    assertSuccessor(deployment("version: 8"), model("", TWO), List.of(), null);
  }

  private static void assertSuccessor(
      ModelDeployment deployment, Model model, List<TrainingJob> trainings, String words) {
    Optional<String> successor = Successor.of(deployment, model, trainings);
    if (words == null) {
      assertThat(successor).isEmpty();
    } else {
      assertThat(successor).hasValueSatisfying(said -> assertThat(said).contains(words));
    }
  }

  private static ModelDeployment deployment(String track) throws IOException {
    return Serialization.unmarshal(
        Serialization.asYaml(Golden.deployment("stable"))
            .replaceFirst("track: \"?newest\"?", track),
        ModelDeployment.class);
  }

  private static Model model(String spec, String status) {
    return Serialization.unmarshal(
        "metadata: {name: late-arrival}\nspec: {%s}\nstatus: {%s}".formatted(spec, status),
        Model.class);
  }

  private static TrainingJob training(String model, int version) {
    return Serialization.unmarshal(
        """
        metadata: {name: nightly}
        spec: {model: %s}
        status: {result: {version: {number: %d, digest: x}}}
        """
            .formatted(model, version),
        TrainingJob.class);
  }
}
