package dev.firstday.cli.why;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstday.api.Dataset;
import dev.firstday.api.Model;
import dev.firstday.api.ModelDeployment;
import dev.firstday.api.TrainingJob;
import dev.firstday.cli.terminal.CommandFailure;
import dev.firstday.cli.terminal.Style;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a person sees, as a whole: {@code world.yaml} are the resources, {@code KIND-NAME.txt} is
 * shown.
 */
class WhyTest {
  private static final Path FOLDER = Path.of("src/test/resources/why");
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dataset/flights",
        "dataset/edited",
        "deployment/late-arrival",
        "deployment/trial",
        "deployment/basket",
        "deployment/asking",
        "deployment/orphan"
      })
  void theChainAndWhatStopsItAreTold(String resource) throws Exception {
    assertThat(String.join("\n", why(resource)) + "\n")
        .isEqualTo(Files.readString(FOLDER.resolve(resource.replace('/', '-') + ".txt")));
  }

  @Test
  void whatLiesFurthestBackIsTheCauseOfAllThatWaits() throws Exception {
    Chain chain = Chain.of(Address.of(List.of("mdep", "basket")), world(), NOW);
    assertThat(chain.links())
        .extracting(Link::title)
        .containsExactly(
            "Deployment basket", "Model basket", "TrainingJob baskets", "Dataset orders");
    assertThat(chain.culprit()).map(Link::title).contains("Dataset orders");
    assertThat(chain.others()).isEmpty();
  }

  @Test
  void whatIsStoppedItselfIsItsOwnCauseAndTheOthersAreToldToo() throws Exception {
    Chain chain = Chain.of(Address.of(List.of("deployment/trial")), world(), NOW);
    assertThat(chain.culprit()).map(Link::title).contains("Deployment trial");
    assertThat(chain.others()).extracting(Link::title).containsExactly("TrainingJob nightly");
  }

  /** kubectl get says Pending of it. */
  @Test
  void aRunThatIsRefusedBeforeItBeginsIsNotSaidToBeStopped() {
    TrainingJob job =
        Serialization.unmarshal(
            """
            kind: TrainingJob
            metadata: {name: nightly, generation: 1}
            status:
              observedGeneration: 1
              phase: Pending
              conditions:
              - {type: Ready, status: "False", reason: ColumnUnknown, message: no such column}
              - {type: Stalled, status: "True", reason: ColumnUnknown, message: no such column}
            """,
            TrainingJob.class);

    assertThat(Links.of(job, NOW))
        .returns(Link.State.STOPPED, Link::state)
        .returns("cannot begin", Link::verdict);
  }

  @ParameterizedTest
  @CsvSource({
    "tj/nightly, TRAINING_JOB",
    "deployment.firstday.dev/late-arrival, DEPLOYMENT",
    "DSET/flights, DATASET",
    "deploy/late-arrival, DEPLOYMENT",
    "models/basket, MODEL",
  })
  void kindsAreNamedAsKubectlDoes(String resource, Address.Kind kind) throws CommandFailure {
    assertThat(Address.of(List.of(resource)).kind()).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "flights          | name one resource",
        "dataset/         | name one resource",
        "pod/x            | pod is no kind that comes from others",
        "deplyment/x      | (did you mean deployment?); there are deployment (mdep)",
        "dataset/flight   | there is no Dataset flight in this namespace",
      })
  void whatIsNoResourceIsSaidToBeNone(String resource, String message) {
    assertThatThrownBy(() -> why(resource))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining(message);
  }

  private static List<String> why(String resource) throws Exception {
    return WhyView.lines(Chain.of(Address.of(List.of(resource)), world(), NOW), NOW, Style.PLAIN);
  }

  private static World world() throws IOException {
    return new World(
        all(Dataset.class), all(TrainingJob.class), all(Model.class), all(ModelDeployment.class));
  }

  private static <R> List<R> all(Class<R> type) throws IOException {
    String kind = HasMetadata.getKind(type.asSubclass(HasMetadata.class));
    return Stream.of(Files.readString(FOLDER.resolve("world.yaml")).split("(?m)^---$"))
        .filter(text -> text.contains("\nkind: " + kind + "\n"))
        .map(text -> Serialization.unmarshal(text, type))
        .toList();
  }
}
