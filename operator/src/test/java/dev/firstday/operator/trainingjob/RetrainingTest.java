package dev.firstday.operator.trainingjob;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.Condition;
import dev.firstday.api.Dataset;
import dev.firstday.api.DatasetSpec;
import dev.firstday.api.DatasetStatus;
import dev.firstday.api.TrainingJob;
import dev.firstday.api.TrainingJobStatus;
import dev.firstday.contract.Contract;
import dev.firstday.contract.RunResult;
import dev.firstday.contract.RunResult.Cure;
import dev.firstday.operator.Samples;
import dev.firstday.operator.TestConfigs;
import dev.firstday.operator.kube.Standing;
import dev.firstday.operator.worker.FakeCluster;
import dev.firstday.operator.worker.Workload;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Newer data, and what a training job does with them. */
class RetrainingTest {
  private final FakeCluster cluster = new FakeCluster();
  private final TrainingJob training = Samples.training("ns", "tj", "flights", "late");
  private Dataset dataset;
  private Instant now = Workload.NOW;
  private Optional<Instant> wakeUp = Optional.empty();

  @BeforeEach
  void trainedOnVersionOne() {
    training.getMetadata().setUid("uid-1");
    training.getMetadata().setGeneration(1L);
    latest(1);
  }

  @Test
  void withoutARuleNewerDataTrainNothing() {
    pass();
    answer(Samples.trained(status().run(), 1));
    latest(2);
    pass();
    assertThat(status().chain().dataset()).isEqualTo("flights/1");
    assertThat(status().phase()).isEqualTo("Succeeded");
  }

  @Test
  void newerDataAreLearntFromAtOnce() {
    retrain(Map.of("onNewData", true));
    pass();
    answer(Samples.trained(status().run(), 1));
    latest(2);
    pass();
    assertThat(status().chain().dataset()).isEqualTo("flights/2");
    assertThat(status().chain().model()).isNull();
    assertThat(status().run().finishedAt()).isNull();
    answer(Samples.trained(status().run(), 2));
    assertThat(status().chain().model()).isEqualTo("late/2");
    List<String> writes = cluster.writes();
    pass();
    assertThat(cluster.writes()).isEqualTo(writes);
  }

  @Test
  void aRunUnderWayIsFinishedFirstAndTheNewestAreNext() {
    retrain(Map.of("onNewData", true));
    pass();
    latest(2);
    pass();
    latest(3);
    pass();
    assertThat(status().chain().dataset()).isEqualTo("flights/1");
    answer(Samples.trained(status().run(), 1));
    pass();
    assertThat(status().chain().dataset()).isEqualTo("flights/3");
  }

  @Test
  void aRunThatItsDataLetFailIsGivenUpForNewerOnes() {
    retrain(Map.of("onNewData", true));
    pass();
    answer(new RunResult.Failure(status().run().uid(), "LabelMissing", "row 7", Cure.FIX_DATA));
    latest(2);
    pass();
    assertThat(status().chain().dataset()).isEqualTo("flights/2");
    assertThat(status().run().attempt()).isEqualTo(1);
  }

  /** It goes on from its checkpoint: newer data are next, and there are always newer data. */
  @Test
  void aRunWhosePodWasLostIsNotGivenUp() {
    retrain(Map.of("onNewData", true));
    pass();
    answer(new RunResult.Failure(status().run().uid(), "S3Unreachable", "away", Cure.WAIT));
    latest(2);
    pass();
    assertThat(status().chain().dataset()).isEqualTo("flights/1");
  }

  @Test
  void newerDataThatDoNotFitAreToldOfAJobThatGoesOnAsItWas() {
    training.setSpec(
        Samples.with(
            training.getSpec(),
            Map.of("features", List.of(Map.of("column", "x", "encoding", "numeric")))));
    retrain(Map.of("onNewData", true));
    pass();
    answer(Samples.trained(status().run(), 1));
    latest(2);
    dataset.setSpec(
        Contract.read(
            Contract.write(dataset.getSpec()).replace("\"name\":\"x\"", "\"name\":\"z\""),
            DatasetSpec.class));
    pass();
    assertThat(status().phase()).isEqualTo("Succeeded");
    assertThat(status().conditions().get(0).status()).isEqualTo("True");
    assertThat(status().conditions().get(2).status()).isEqualTo("True");
    assertThat(status().conditions().get(2).message()).contains("x");
  }

  @Test
  void whatAScheduleFindsIsLearntFromAndWhatComesLaterWaitsForTheNext() {
    retrain(Map.of("schedule", "0 3 * * *"));
    pass();
    answer(Samples.trained(status().run(), 1));
    Instant three = Instant.parse("2026-01-02T03:00:00Z");
    assertThat(now).isBefore(three);
    assertThat(wakeUp).contains(three);

    now = three;
    pass();
    assertThat(status().chain().dataset()).as("nothing new").isEqualTo("flights/1");

    now = three.plusSeconds(3600);
    latest(2);
    pass();
    assertThat(status().chain().dataset()).isEqualTo("flights/1");
    assertThat(wakeUp).contains(three.plus(Duration.ofDays(1)));

    now = three.plus(Duration.ofDays(1));
    pass();
    assertThat(status().chain().dataset()).isEqualTo("flights/2");
  }

  @Test
  void aScheduleThatIsNoneIsToldAndTheRestGoesOn() {
    retrain(Map.of("schedule", "0 3 30 2 *"));
    pass();
    answer(Samples.trained(status().run(), 1));
    assertThat(status().phase()).isEqualTo("Succeeded");
    Condition stalled = status().conditions().get(2);
    assertThat(stalled.status()).isEqualTo("True");
    assertThat(stalled.reason()).isEqualTo("InvalidRetrain");
    assertThat(stalled.message()).startsWith("spec.retrain.schedule: \"0 3 30 2 *\" never comes");
  }

  @Test
  void anEditOfTheRuleIsNoOtherRun() {
    pass();
    String uid = status().run().uid();
    retrain(Map.of("onNewData", true));
    pass();
    assertThat(status().run().uid()).isEqualTo(uid);
  }

  @Test
  void aSuspendedJobLearnsFromNothing() {
    retrain(Map.of("onNewData", true));
    pass();
    answer(Samples.trained(status().run(), 1));
    training.setSpec(Samples.with(training.getSpec(), Map.of("suspend", true)));
    latest(2);
    pass();
    assertThat(status().chain().dataset()).isEqualTo("flights/1");
    assertThat(status().phase()).isEqualTo("Suspended");
  }

  private void retrain(Map<String, Object> rule) {
    training.setSpec(Samples.with(training.getSpec(), Map.of("retrain", rule)));
  }

  private void latest(int number) {
    DatasetStatus.Version sample = Samples.version(number, false);
    DatasetStatus.Version version =
        Contract.read(
            Contract.write(sample)
                .replaceAll("\"recordedAt\":\"[^\"]*\"", "\"recordedAt\":\"" + now + "\""),
            DatasetStatus.Version.class);
    dataset = Samples.dataset("ns", "flights");
    dataset.getMetadata().setGeneration(1L);
    dataset.setStatus(
        Samples.datasetStatus(
            1L,
            "Ready",
            Standing.ready("a", "b").conditions(null, 1L, Workload.NOW),
            version,
            null,
            List.of(version),
            null,
            null));
  }

  private void pass() {
    TrainingJobPlan plan =
        TrainingJobPlanner.plan(
            training,
            new TrainingJobObservation(
                cluster.observe(),
                List.of(dataset),
                List.of(Samples.model("ns", "late")),
                new TrainingJobObservation.Others(List.of("flights"), List.of("late")),
                Optional.empty(),
                now),
            TestConfigs.WORKER);
    cluster.act(plan.step(), plan.start());
    training.setStatus(plan.status());
    wakeUp = plan.wakeUp();
  }

  private void answer(RunResult result) {
    cluster.pod(status().run().job(), Workload.answered(result));
    pass();
  }

  private TrainingJobStatus status() {
    return training.getStatus();
  }
}
