package dev.firstday.cli.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstday.api.Alias;
import dev.firstday.api.Dataset;
import dev.firstday.api.EvaluationSummary;
import dev.firstday.api.Model;
import dev.firstday.api.ModelDeployment;
import dev.firstday.api.ModelSpec;
import dev.firstday.api.ModelStatus;
import dev.firstday.api.ModelVersion;
import dev.firstday.api.TrainingJob;
import dev.firstday.cli.terminal.CommandFailure;
import dev.firstday.cli.terminal.Style;
import dev.firstday.contract.Contract;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person sees, as a whole: {@code world.yaml} are the resources, {@code x.txt} is shown. */
class ModelViewsTest {
  private static final Path FOLDER = Path.of("src/test/resources/model");
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void versionsAreShownWithTheirMetricsAndWhoServesThem() throws IOException {
    assertThat(
            text(
                StatusView.lines(
                    model(), model().getStatus().newest(), neighbours(), NOW, Style.PLAIN)))
        .isEqualTo(Files.readString(FOLDER.resolve("show.txt")));
  }

  /** Its status may have been written before there was more to say, or without room for it. */
  @Test
  void aVersionOfWhichLittleIsKnownIsShownWithThat() throws Exception {
    ModelVersion older = Versions.chosen(model(), 6);
    EvaluationSummary report =
        new EvaluationSummary("s3://b/k", null, null, null, null, null, null, null, null, null);

    assertThat(StatusView.lines(model(), older, neighbours(), NOW, Style.PLAIN)).hasSize(7);
    assertThat(StatusView.lines(model(), older.with(report), neighbours(), NOW, Style.PLAIN))
        .hasSize(10)
        .endsWith("All of it, as HTML: s3://b/k", "(firstday model report fetches it)");
  }

  @Test
  void eachOfSeveralLabelsHasALine() throws Exception {
    EvaluationSummary labels =
        new EvaluationSummary(
            null,
            200,
            null,
            List.of(
                new EvaluationSummary.Label("full", 125, 176, 30, 0.5831, 0.5482),
                new EvaluationSummary.Label("late", 149, 48, 52, 0.8192, null)),
            null,
            null,
            null,
            null,
            null,
            null);

    assertThat(
            StatusView.lines(
                model(), Versions.chosen(model(), 6).with(labels), neighbours(), NOW, Style.PLAIN))
        .containsSequence(
            "Labels, the one that is told worst first",
            "           auc      f1  hits  false alarms  misses",
            "  full  0.5831  0.5482   125           176      30",
            "  late  0.8192       -   149            48      52");
  }

  @Test
  void aVersionThatTheStatusDoesNotNameIsAMistake() {
    assertThatThrownBy(() -> Versions.chosen(model(), 5))
        .isInstanceOf(CommandFailure.class)
        .hasMessage("Model late-arrival has no version 5; its status names 7, 6");
  }

  /** Of version 6 the job and the data set's version are no longer known by name. */
  @ParameterizedTest
  @ValueSource(ints = {7, 6})
  void aVersionIsShownWithAllThatItWasMadeFrom(int number) throws IOException {
    var version =
        Versions.of(model().getStatus()).stream()
            .filter(v -> v.number() == number)
            .findFirst()
            .orElseThrow();

    assertThat(
            text(
                LineageView.lines(
                    "late-arrival", version, neighbours(), Optional.empty(), NOW, Style.PLAIN)))
        .isEqualTo(Files.readString(FOLDER.resolve("lineage-" + number + ".txt")));
  }

  @Test
  void whatNobodyServesIsSaidToBeUnused() throws IOException {
    Neighbours alone = new Neighbours(List.of(), List.of(), List.of());

    assertThat(
            LineageView.lines(
                "late-arrival",
                model().getStatus().newest(),
                alone,
                Optional.empty(),
                NOW,
                Style.PLAIN))
        .contains("  by no Deployment")
        .anyMatch(
            line -> line.endsWith("flights/12 (no Dataset's status names that version any more)"));
  }

  @Test
  void aModelWithoutStatusHasAHeadingAlone() throws IOException {
    Model unseen = model();
    unseen.setStatus(null);

    assertThat(StatusView.lines(unseen, null, neighbours(), NOW, Style.PLAIN))
        .startsWith("Model late-arrival in namespace team-a: not seen yet")
        .hasSize(2);
  }

  @Test
  void whatInspectionsFoundIsShownWithTheCure() throws IOException {
    ModelStatus status = model().getStatus();
    assertThat(text(HealthView.lines(status, NOW, Style.PLAIN)))
        .isEqualTo(
            """
              version  inspected                         found
                    7  2026-03-01 11:01 UTC, 59 min ago  as it was recorded
                    6  2026-03-01 10:00 UTC, 2 h ago     as it was recorded
            """);
    assertThat(HealthView.isSound(status)).isTrue();
  }

  @Test
  void dataThatIsGoneIsShownAndIsNotSound() throws IOException {
    String world = Files.readString(FOLDER.resolve("world.yaml")).split("(?m)^---$")[0];
    ModelStatus status =
        Serialization.unmarshal(
                world.replace(
                    "    cause: Recorded\n",
                    "    cause: Recorded\n    data: {fault: ObjectNotFound, message: the split is gone}\n"),
                Model.class)
            .getStatus();

    assertThat(HealthView.lines(status, NOW, Style.PLAIN))
        .anyMatch(line -> line.endsWith("as it was recorded, and its data is not"))
        .contains("  version 7: the split is gone");
    assertThat(HealthView.isSound(status)).isFalse();
  }

  @Test
  void aFaultIsShownWithTheVersionThatHasIt() throws IOException {
    Model damaged =
        Serialization.unmarshal(Files.readString(FOLDER.resolve("damaged.yaml")), Model.class);
    assertThat(text(StatusView.lines(damaged, null, neighbours(), NOW, Style.PLAIN)))
        .contains("Model late-arrival in namespace team-a: Degraded")
        .contains("version 6: model.zip has another sha256; restore it")
        .containsPattern("(?m)^ +6 .*stable in airport-screens  DigestMismatch$")
        .containsPattern("(?m)^ +5 .*not inspected yet$")
        .containsPattern("(?m)^ +6  flights/13  logLoss 0.5512 \\(0.5299\\) +BelowConstant$");
    assertThat(text(HealthView.lines(damaged.getStatus(), NOW, Style.PLAIN)))
        .contains("version 6: model.zip has another sha256; restore it");
    assertThat(HealthView.isSound(damaged.getStatus())).isFalse();
  }

  @Test
  void whoHasSignedIsShown() throws IOException {
    ModelStatus status =
        Contract.read(
            """
            {"health": [
              {"number": 3, "inspectedAt": "2026-03-01T11:00:00Z", "signature": {"policy": "p", "signer": "team"}},
              {"number": 2, "inspectedAt": "2026-03-01T11:00:00Z",
                "signature": {"policy": "p", "fault": "SignatureMissing", "message": "there is no signature by team"}},
              {"number": 1, "inspectedAt": "2026-03-01T11:00:00Z", "fault": "SignatureInvalid",
                "message": "it is by another key", "signature": {"policy": "p"}}]}
            """,
            ModelStatus.class);

    assertThat(text(HealthView.lines(status, NOW, Style.PLAIN)))
        .containsPattern("(?m)^ +3 .*as it was recorded, signed by team$")
        .containsPattern("(?m)^ +2 .*as it was recorded, not signed$")
        .containsPattern("(?m)^ +1 .*SignatureInvalid$")
        .contains("version 2: there is no signature by team")
        .contains("version 1: it is by another key");
  }

  @Test
  void whatRetentionMarkedAndDeletedIsShown() throws IOException {
    Model swept =
        Serialization.unmarshal(Files.readString(FOLDER.resolve("swept.yaml")), Model.class);
    assertThat(text(StatusView.lines(swept, null, neighbours(), NOW, Style.PLAIN)))
        .containsPattern("(?m)^ +6 .*to be deleted$")
        .contains(
            """
              retention: marked 6; deleted 1-3, 5; 12.3 MB; next deletion 2026-03-05 03:00 UTC, in 4 days
            """);
    assertThatThrownBy(() -> Versions.chosen(swept, 5))
        .hasMessage(
            "Model late-arrival has no version 5 any more: spec.retention has deleted it; its status names 7, 6");
  }

  @Test
  void anAliasIsShownBesideItsVersionAndMovesAlone() throws Exception {
    Model model = model();
    model.setSpec(
        new ModelSpec(
            null, null, null, List.of(new Alias("champion", 6), new Alias("old", 1)), null, null));
    assertThat(AliasCommand.moved(model, "champion", 7))
        .containsExactly(new Alias("old", 1), new Alias("champion", 7));
    assertThat(AliasCommand.moved(model, "champion", null)).containsExactly(new Alias("old", 1));
    assertThat(AliasCommand.versionOf(model, "champion")).isEqualTo(6);
    assertThatThrownBy(() -> AliasCommand.versionOf(model, "champio"))
        .isInstanceOf(CommandFailure.class)
        .hasMessage(
            "Model late-arrival has no alias champio (did you mean champion?); it has champion, old");
    assertThat(AliasCommand.moved(model(), "champion", 7))
        .containsExactly(new Alias("champion", 7));
  }

  private static String text(List<String> lines) {
    return String.join("\n", lines) + "\n";
  }

  private static Model model() throws IOException {
    return document(0, Model.class);
  }

  private static Neighbours neighbours() throws IOException {
    return new Neighbours(
        List.of(document(1, Dataset.class)),
        List.of(document(2, TrainingJob.class)),
        List.of(document(3, ModelDeployment.class)));
  }

  private static <R> R document(int number, Class<R> kind) throws IOException {
    String[] documents = Files.readString(FOLDER.resolve("world.yaml")).split("(?m)^---$");
    return Serialization.unmarshal(documents[number], kind);
  }
}
