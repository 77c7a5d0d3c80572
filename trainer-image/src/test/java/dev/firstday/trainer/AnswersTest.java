package dev.firstday.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.DatasetStatus;
import dev.firstday.api.MetricValue;
import dev.firstday.api.ModelVersion;
import dev.firstday.api.TrainingJobSpec.MetricName;
import dev.firstday.contract.Contract;
import dev.firstday.contract.RunResult;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
                    new DatasetStatus.RetentionState(many, many, null, null, 7L, Instant.EPOCH)));

    assertThat(snapshot.checks()).isNull();
    assertThat(snapshot.retention().bytes()).isEqualTo(7);
    assertThat(snapshot.retention().marked()).hasSizeGreaterThan(100).endsWith(2000);
  }

  @Test
  void keepsTheNewestVersionsAndFirstDropsMetricsOfTheOldest() {
    List<ModelVersion> versions =
        IntStream.iterate(20, n -> n - 1).limit(20).mapToObj(AnswersTest::version).toList();

    var inventory = (RunResult.Inventory) readBack(new RunResult.Inventory("run", 20, versions));

    assertThat(inventory.count()).isEqualTo(20);
    assertThat(inventory.versions().get(0).number()).isEqualTo(20);
    assertThat(inventory.versions()).hasSizeGreaterThan(3).allMatch(v -> v.metrics() == null);

    var few =
        (RunResult.Inventory) readBack(new RunResult.Inventory("run", 7, versions.subList(0, 4)));
    assertThat(few.versions()).hasSize(4);
    assertThat(few.versions().get(0).metrics()).isNotNull();
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
        Stream.of(MetricName.values())
            .map(name -> new MetricValue(name, 0.123456789, 0.2, 0.15, 0.11, 0.13))
            .toList(),
        "run-" + number,
        Instant.EPOCH);
  }
}
