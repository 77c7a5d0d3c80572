package dev.firstday.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.DatasetStatus;
import dev.firstday.api.EvaluationSummary;
import dev.firstday.api.MetricValue;
import dev.firstday.api.ModelVersion;
import dev.firstday.api.RetentionState;
import dev.firstday.api.TrainingJobSpec.MetricName;
import dev.firstday.api.TrainingJobStatus;
import dev.firstday.contract.Contract;
import dev.firstday.contract.LabelLosses;
import dev.firstday.contract.RunResult;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnswersTest {
  private static final String DIGEST = "0123456789abcdef".repeat(4);

  @Test
  void leavesAShortAnswerAsItIs() {
    var failure = new RunResult.Failure("run", "Reason", "message", RunResult.Cure.WAIT);

    assertThat(readBack(failure)).isEqualTo(failure);
  }

  @Test
  void keepsBeginningAndEndOfALongMessage() {
    String message = "the place: " + "\u00e9\"\n".repeat(5000) + ": the cure";

    var failure =
        (RunResult.Failure)
            readBack(new RunResult.Failure("run", "Reason", message, RunResult.Cure.FIX_SPEC));

    assertThat(failure.message()).startsWith("the place: ").endsWith(": the cure").contains("...");
    assertThat(failure.reason()).isEqualTo("Reason");
  }

  @Test
  void keepsTheFirstFailedChecksAndTheirCount() {
    List<String> failures =
        IntStream.range(0, 100).mapToObj(i -> "check " + i + " " + "x".repeat(500)).toList();

    var snapshot =
        (RunResult.Snapshot)
            readBack(
                new RunResult.Snapshot(
                    "run",
                    new DatasetStatus.Version(
                        1, DIGEST, null, 2L, 1L, 1L, null, true, Instant.EPOCH),
                    new DatasetStatus.Checks(
                        "0/100", 0, 100, 0, 0, failures, 1, Instant.EPOCH, 1, List.of()),
                    null));

    assertThat(snapshot.checks().failed()).isEqualTo(100);
    assertThat(snapshot.checks().failures()).hasSizeGreaterThan(5);
    assertThat(snapshot.checks().failures().get(0)).startsWith("check 0 x");
  }

  @Test
  void keepsTheNewestOfManySweptVersionsWhenNothingWasChecked() {
    List<Integer> many = IntStream.rangeClosed(1, 2000).boxed().toList();

    var snapshot =
        (RunResult.Snapshot)
            readBack(
                new RunResult.Snapshot(
                    "run",
                    new DatasetStatus.Version(
                        2001, DIGEST, null, 2L, 1L, 1L, null, null, Instant.EPOCH),
                    null,
                    new RetentionState(many, many, null, null, 7L, Instant.EPOCH)));

    assertThat(snapshot.checks()).isNull();
    assertThat(snapshot.retention().bytes()).isEqualTo(7);
    assertThat(snapshot.retention().marked()).hasSizeGreaterThan(100).endsWith(2000);
  }

  @Test
  void keepsTheNewestVersionsAndFirstDropsMetricsOfTheOldest() {
    List<ModelVersion> versions =
        IntStream.iterate(20, n -> n - 1).limit(20).mapToObj(AnswersTest::version).toList();

    var inventory =
        (RunResult.Inventory) readBack(new RunResult.Inventory("run", 20, versions, List.of()));

    assertThat(inventory.count()).isEqualTo(20);
    assertThat(inventory.versions().get(0).number()).isEqualTo(20);
    assertThat(inventory.versions()).hasSizeGreaterThan(3).allMatch(v -> v.metrics() == null);

    var few =
        (RunResult.Inventory)
            readBack(new RunResult.Inventory("run", 7, versions.subList(0, 4), List.of()));
    assertThat(few.versions()).hasSize(4);
    assertThat(few.versions().get(0).metrics()).isNotNull();
    assertThat(few.versions()).allMatch(v -> v.evaluation() == null);

    var one =
        (RunResult.Inventory)
            readBack(new RunResult.Inventory("run", 7, versions.subList(0, 1), List.of()));
    assertThat(one.versions().get(0).evaluation()).isEqualTo(summary());
  }

  @Test
  void aTrainedVersionLosesPartsOfItsSummaryAndNeverItsMetrics() {
    ModelVersion version = version(3);
    var training =
        new TrainingJobStatus.Result(
            "logLoss=0.451", "logLoss=0.551", version.metrics(), List.of(), 9, 7, version);

    var train = (RunResult.Train) readBack(new RunResult.Train("run", training));

    EvaluationSummary left = train.training().version().evaluation();
    assertThat(train.training().metrics()).isEqualTo(version.metrics());
    assertThat(train.training().version().metrics()).isEqualTo(version.metrics());
    assertThat(left.report()).isEqualTo(summary().report());
    assertThat(left.slices().worst()).isNotEmpty();
    assertThat(left.slices().declared().size()).isLessThan(5);
  }

  /** As large as one may be: of several labels, with long names. */
  private static EvaluationSummary summary() {
    EvaluationSummary.Slice slice =
        new EvaluationSummary.Slice("x".repeat(40), 100_000, 0.1234, 0.1134, 0.1334);
    List<Double> ten = Collections.nCopies(10, 0.1234);
    List<Double> twelve = Collections.nCopies(12, 0.1234);
    return new EvaluationSummary(
        "s3://bucket/team/team-a/objects/sha256/" + DIGEST,
        100_000,
        null,
        Collections.nCopies(
            5, new EvaluationSummary.Label("x".repeat(40), 10_000, 20_000, 30_000, 0.1234, 0.1234)),
        null,
        null,
        new EvaluationSummary.Calibration(0.0123, ten, ten, Collections.nCopies(10, 10_000)),
        new EvaluationSummary.Loss(Collections.nCopies(12, 100), twelve, twelve),
        new EvaluationSummary.Slices(
            MetricName.LOG_LOSS,
            0.12,
            120,
            Collections.nCopies(5, slice),
            Collections.nCopies(3, slice)),
        Collections.nCopies(6, new EvaluationSummary.Importance("x".repeat(40), 0.1234)));
  }

  private static RunResult readBack(RunResult result) {
    return Contract.readResult(Answers.write(result), "run").orElseThrow();
  }

  private static ModelVersion version(int number) {
    return new ModelVersion(
        number,
        DIGEST,
        "flights/3",
        DIGEST,
        DIGEST,
        DIGEST,
        "logLoss=0.451",
        "logLoss=0.551",
        LabelLosses.metricsOfSeveral().stream()
            .map(name -> new MetricValue(name, 0.123456789, 0.2, 0.15, 0.11, 0.13))
            .toList(),
        summary(),
        "run-" + number,
        Instant.EPOCH);
  }
}
