package dev.firstday.operator.trainingjob;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.Condition;
import dev.firstday.api.Dataset;
import dev.firstday.api.DatasetStatus;
import dev.firstday.api.Firstday;
import dev.firstday.api.Model;
import dev.firstday.api.RunState;
import dev.firstday.api.TrainingJob;
import dev.firstday.api.TrainingJobSpec;
import dev.firstday.api.TrainingJobStatus;
import dev.firstday.contract.RunResult;
import dev.firstday.operator.Samples;
import dev.firstday.operator.TestConfigs;
import dev.firstday.operator.kube.Standing;
import dev.firstday.operator.worker.FakeCluster;
import dev.firstday.operator.worker.Workload;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrainingJobPlannerTest {
  private final FakeCluster cluster = new FakeCluster();
  private final TrainingJob training = Samples.training("ns", "tj", "flights", "late");
  private final List<Model> models = new ArrayList<>(List.of(Samples.model("ns", "late")));
  private final List<Dataset> datasets =
      new ArrayList<>(List.of(dataset(Samples.version(1, false), 1, Standing.ready("a", "b"))));
  private Instant now = Workload.NOW;

  TrainingJobPlannerTest() {
    training.getMetadata().setUid("uid-1");
    training.getMetadata().setGeneration(1L);
  }

  @Test
  void whatIsMissingIsNamedWithItsCure() {
    datasets.clear();
    models.clear();
    pass();
    assertThat(ready().message()).contains("Model late does not exist", "create it");
    models.add(Samples.model("ns", "late"));
    pass();
    assertThat(ready().message()).contains("Dataset flights does not exist", "create it");
    assertThat(status().phase()).isEqualTo("Pending");
    assertThat(status().conditions().get(1).status()).isEqualTo("True");
    assertThat(cluster.writes()).isEmpty();
  }

  @Test
  void aVersionThatIsBeingBuiltIsWaitedFor() {
    replaceDataset(
        dataset(Samples.version(1, false), 2, Standing.reconciling("Running", "pod runs")));
    pass();
    assertThat(ready().reason()).isEqualTo("DatasetBuilding");
    replaceDataset(dataset(null, 2, Standing.stalled("FileMissing", "no rows.csv")));
    pass();
    assertThat(ready().reason()).isEqualTo("DatasetNotReady");
    assertThat(ready().message()).contains("no rows.csv");
  }

  @Test
  void theLastGoodVersionIsUsedWhileALaterOneIsRefused() {
    replaceDataset(
        dataset(Samples.version(1, false), 2, Standing.stalled("ChecksFailed", "rowCount")));
    pass();
    assertThat(status().chain().dataset()).isEqualTo("flights/1");
    assertThat(cluster.writes()).hasSize(1);
  }

  @Test
  void aVersionAskedForByNumberMustBeThereAndGood() {
    setSpec(withVersion(training.getSpec(), 2));
    Dataset dataset = dataset(Samples.version(1, false), 1, Standing.ready("a", "b"));
    dataset.setStatus(
        withVersions(
            dataset.getStatus(), List.of(Samples.version(2, true), Samples.version(1, false))));
    replaceDataset(dataset);
    pass();
    assertThat(stalled().status()).isEqualTo("True");
    assertThat(stalled().reason()).isEqualTo("DatasetVersionRefused");
    setSpec(withVersion(training.getSpec(), 7));
    pass();
    assertThat(stalled().reason()).isEqualTo("DatasetVersionMissing");
    assertThat(stalled().message()).contains("version 7", "[2, 1]");
    setSpec(withVersion(training.getSpec(), 1));
    pass();
    assertThat(status().chain().datasetVersion()).isEqualTo(1);
  }

  /**
   * Another uid for the same spec would have every training job of a cluster run again when the
   * operator is upgraded.
   */
  @Test
  void anUpgradeFindsTheRunsOfTheReleaseBefore() {
    pass();
    assertThat(run().uid())
        .isEqualTo("84f2e1c286b0e406acaab13d5370d20acdd917ac7962f51cc3a72ce10a30d38e");
  }

  @Test
  void aVersionIsRecorded() {
    pass();
    assertThat(status().phase()).isEqualTo("Pending");
    cluster.pod(job(), Workload.running());
    pass();
    assertThat(status().phase()).isEqualTo("Training");
    answer(Samples.trained(run(), 4));
    assertThat(status().phase()).isEqualTo("Succeeded");
    assertThat(ready().status()).isEqualTo("True");
    assertThat(ready().message()).contains("late/4", "logLoss=0.451", "logLoss=0.520");
    assertThat(status().chain().model()).isEqualTo("late/4");
  }

  @Test
  void aGateThatFailsIsNamedAndNothingIsRecorded() {
    pass();
    answer(Samples.gateFailed(run()));
    assertThat(status().phase()).isEqualTo("Refused");
    assertThat(stalled().status()).isEqualTo("True");
    assertThat(stalled().reason()).isEqualTo("GateFailed");
    assertThat(stalled().message()).contains("logLoss is 0.451, must beat 0.520 by 0.1");
    assertThat(status().chain().model()).isNull();
  }

  @Test
  void aLaterDatasetVersionDoesNotDisturbARun() {
    pass();
    String uid = run().uid();
    replaceDataset(dataset(Samples.version(2, false), 1, Standing.ready("a", "b")));
    pass();
    assertThat(run().uid()).isEqualTo(uid);
    assertThat(status().chain().dataset()).isEqualTo("flights/1");
    datasets.clear();
    answer(Samples.trained(run(), 1));
    assertThat(status().phase()).isEqualTo("Succeeded");
    replaceDataset(dataset(Samples.version(3, false), 1, Standing.ready("a", "b")));
    pass();
    assertThat(status().chain().dataset()).isEqualTo("flights/1");

    training.getMetadata().setAnnotations(Map.of(Firstday.RETRAIN_ANNOTATION, "1"));
    pass();
    assertThat(status().chain().dataset()).isEqualTo("flights/3");
    assertThat(status().result()).isNull();
    assertThat(run().attempt()).isEqualTo(1);
  }

  @Test
  void retriesAreCountedAndRunOut() {
    pass();
    for (int attempt = 1; attempt <= 3; attempt++) {
      cluster.pod(job(), Workload.running());
      pass();
      assertThat(status().phase()).isEqualTo("Training");
      cluster.pod(job(), Workload.failed("Evicted", "The node was low on resource: memory."));
      pass();
      assertThat(status().phase()).isEqualTo("Failed");
      assertThat(stalled().status()).isEqualTo(attempt == 3 ? "True" : "False");
      now = now.plus(Duration.ofMinutes(10));
      pass();
    }
    assertThat(run().attempt()).isEqualTo(3);
    assertThat(stalled().message()).contains("low on resource", "spec.retries");
  }

  @Test
  void aDeadlineIsNotTriedTwice() {
    pass();
    cluster.pod(job(), Workload.failed("DeadlineExceeded", "Pod was active too long"));
    pass();
    assertThat(stalled().status()).isEqualTo("True");
    assertThat(stalled().message()).contains("3600 s", "spec.deadlineSeconds");
    assertThat(run().retryAt()).isNull();
  }

  @Test
  void theSchedulerIsHeard() {
    pass();
    cluster.pod(job(), Workload.unschedulable("0/1 nodes: 1 Insufficient nvidia.com/gpu"));
    pass();
    assertThat(status().phase()).isEqualTo("Pending");
    assertThat(status().conditions().get(1).message()).contains("Insufficient nvidia.com/gpu");
    assertThat(stalled().status()).isEqualTo("False");
  }

  @Test
  void suspendEndsTheJobAndResumeGoesOnWithTheSameRun() {
    pass();
    RunState first = run();
    setSpec(withSuspend(training.getSpec(), true));
    pass();
    assertThat(status().phase()).isEqualTo("Suspended");
    assertThat(cluster.writes()).contains("delete " + first.job());
    setSpec(withSuspend(training.getSpec(), false));
    pass();
    assertThat(run().uid()).isEqualTo(first.uid());
    assertThat(run().attempt()).isEqualTo(2);
    assertThat(run().losses()).isZero();
  }

  @Test
  void bornSuspendedIsSuspended() {
    setSpec(withSuspend(training.getSpec(), true));
    pass();
    assertThat(status().phase()).isEqualTo("Suspended");
    assertThat(status().conditions().get(3).status()).isEqualTo("True");
    assertThat(cluster.writes()).isEmpty();
  }

  /** It would be waited for without end, and whoever waits for it in turn, Argo CD for one. */
  @Test
  void bornSuspendedIsSuspendedWhateverIsMissing() {
    models.clear();
    setSpec(withSuspend(training.getSpec(), true));
    pass();
    assertThat(status().phase()).isEqualTo("Suspended");
    assertThat(status().conditions().get(1).status()).isEqualTo("False");
    assertThat(status().conditions().get(3).status()).isEqualTo("True");
  }

  @Test
  void anEditedSpecEndsTheRunEvenWhileItsDatasetIsMissing() {
    pass();
    String job = job();
    datasets.clear();
    setSpec(withVersion(training.getSpec(), 2));
    pass();
    assertThat(cluster.writes()).contains("delete " + job);
    assertThat(ready().reason()).isEqualTo("DatasetMissing");
  }

  @Test
  void aNameThatIsMisspeltIsGuessed() {
    datasets.clear();
    setSpec(
        Samples.with(
            training.getSpec(),
            Map.of("dataset", new TrainingJobSpec.DatasetReference("flight", null))));
    pass();
    assertThat(ready().message())
        .isEqualTo(
            "Dataset flight does not exist in this namespace (did you mean flights?); create it");

    models.clear();
    setSpec(Samples.with(training.getSpec(), Map.of("model", "lat")));
    pass();
    assertThat(ready().message()).startsWith("Model lat does not exist").contains("mean late?");
  }

  @Test
  void aFinishedRunIsNotRepeatedWhenItsJobIsGone() {
    pass();
    answer(Samples.gateFailed(run()));
    cluster.deleteJob(job());
    List<String> writes = cluster.writes();
    TrainingJobStatus before = status();
    now = now.plus(Duration.ofDays(2));
    pass();
    assertThat(cluster.writes()).isEqualTo(writes);
    assertThat(status()).isEqualTo(before);
  }

  /** Another version of the operator must not begin anew what is done: this uid is for ever. */
  @Test
  void theUidOfARunStaysTheSame() {
    assertThat(plan().status().run().uid())
        .isEqualTo("84f2e1c286b0e406acaab13d5370d20acdd917ac7962f51cc3a72ce10a30d38e");
  }

  private TrainingJobPlan plan() {
    return TrainingJobPlanner.plan(
        training,
        new TrainingJobObservation(
            cluster.observe(),
            datasets,
            models,
            new TrainingJobObservation.Others(List.of("flights"), List.of("late")),
            Optional.empty(),
            now),
        TestConfigs.WORKER);
  }

  private void pass() {
    TrainingJobPlan plan = plan();
    cluster.act(plan.step(), plan.start());
    training.setStatus(plan.status());
  }

  private void answer(RunResult result) {
    cluster.pod(job(), Workload.answered(result));
    pass();
  }

  private void setSpec(TrainingJobSpec spec) {
    training.setSpec(spec);
    training.getMetadata().setGeneration(training.getMetadata().getGeneration() + 1);
  }

  private void replaceDataset(Dataset dataset) {
    datasets.clear();
    datasets.add(dataset);
  }

  private static Dataset dataset(DatasetStatus.Version latest, long generation, Standing standing) {
    Dataset dataset = Samples.dataset("ns", "flights");
    dataset.getMetadata().setGeneration(generation);
    dataset.setStatus(
        Samples.datasetStatus(
            generation,
            "Any",
            standing.conditions(null, generation, Workload.NOW),
            latest,
            null,
            latest == null ? List.of() : List.of(latest),
            null,
            null));
    return dataset;
  }

  private static DatasetStatus withVersions(
      DatasetStatus status, List<DatasetStatus.Version> versions) {
    return Samples.datasetStatus(
        status.observedGeneration(),
        status.phase(),
        status.conditions(),
        status.latest(),
        status.refused(),
        versions,
        status.checks(),
        status.run());
  }

  private static TrainingJobSpec withVersion(TrainingJobSpec spec, int version) {
    return Samples.with(
        spec, Map.of("dataset", Map.of("name", spec.dataset().name(), "version", version)));
  }

  private static TrainingJobSpec withSuspend(TrainingJobSpec spec, boolean suspend) {
    return Samples.with(spec, Map.of("suspend", suspend));
  }

  private TrainingJobStatus status() {
    return training.getStatus();
  }

  private RunState run() {
    return status().run();
  }

  private String job() {
    return run().job();
  }

  private Condition ready() {
    return status().conditions().get(0);
  }

  private Condition stalled() {
    return status().conditions().get(2);
  }
}
