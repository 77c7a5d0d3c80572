package dev.firstday.operator.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.firstday.api.Condition;
import dev.firstday.api.Dataset;
import dev.firstday.api.DatasetSpec;
import dev.firstday.api.DatasetStatus;
import dev.firstday.api.DatasetTest;
import dev.firstday.api.Firstday;
import dev.firstday.api.RunState;
import dev.firstday.contract.Contract;
import dev.firstday.contract.Run;
import dev.firstday.contract.RunResult;
import dev.firstday.contract.RunResult.Cure;
import dev.firstday.operator.Samples;
import dev.firstday.operator.TestConfigs;
import dev.firstday.operator.kube.EventDraft;
import dev.firstday.operator.worker.FakeCluster;
import dev.firstday.operator.worker.WorkerState;
import dev.firstday.operator.worker.Workload;
import io.fabric8.kubernetes.api.model.EnvVar;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DatasetPlannerTest {
  private final FakeCluster cluster = new FakeCluster();
  private final Dataset dataset = Samples.dataset("ns", "flights");
  private final List<EventDraft> told = new ArrayList<>();
  private Pins pins = Pins.NONE;
  private Instant now = Workload.NOW;

  DatasetPlannerTest() {
    dataset.getMetadata().setUid("uid-1");
    dataset.getMetadata().setGeneration(1L);
  }

  /** Another uid for the same spec would have every data set built again at an upgrade. */
  @Test
  void anUpgradeFindsTheRunsOfTheReleaseBefore() {
    pass();
    assertThat(run().uid())
        .isEqualTo("e54005cb2c695de987b93b5a86097b989bb2b4dd6c0cf4d624b9b9b6cd1d68a1");
  }

  @Test
  void aNewDatasetIsPendingAndAllFourConditionsAreThere() {
    pass();
    assertThat(status().phase()).isEqualTo("Pending");
    assertThat(status().observedGeneration()).isEqualTo(1);
    assertThat(status().conditions())
        .extracting(Condition::type, Condition::status)
        .containsExactly(
            tuple("Ready", "False"),
            tuple("Reconciling", "True"),
            tuple("Stalled", "False"),
            tuple("Suspended", "False"));
    assertThat(status().conditions()).allMatch(c -> c.observedGeneration() == 1);
  }

  @Test
  void whatIsSettledStaysSettled() {
    pass();
    pass();
    DatasetStatus waiting = status();
    now = now.plus(Duration.ofHours(1));
    pass();
    assertThat(status()).isEqualTo(waiting);
    answer(Samples.snapshot(run(), 1));
    DatasetStatus done = status();
    List<String> writes = cluster.writes();
    now = now.plus(Duration.ofHours(1));
    pass();
    assertThat(status()).isEqualTo(done);
    assertThat(cluster.writes()).isEqualTo(writes).hasSize(1);
  }

  @Test
  void aGoodVersionIsTheLatest() {
    pass();
    cluster.pod(job(), Workload.running());
    pass();
    assertThat(status().phase()).isEqualTo("Snapshotting");
    answer(Samples.snapshot(run(), 3));
    assertThat(status().phase()).isEqualTo("Ready");
    assertThat(ready().status()).isEqualTo("True");
    assertThat(ready().message()).contains("version 3", "80 rows", "20");
    assertThat(status().latest().number()).isEqualTo(3);
    assertThat(status().checks().summary()).isEqualTo("1/1");
    assertThat(told).extracting(EventDraft::reason).containsExactly("ChecksPassed");
  }

  @Test
  void aRefusedVersionNeverBecomesTheLatest() {
    pass();
    answer(Samples.snapshot(run(), 1));
    edit(spec -> withTransform(spec, "SELECT x, y FROM rows LIMIT 1"));
    pass();
    assertThat(ready().status()).isEqualTo("False");
    assertThat(status().latest().number()).isEqualTo(1);
    answer(Samples.refusal(run(), 2));

    assertThat(status().phase()).isEqualTo("Refused");
    assertThat(stalled().status()).isEqualTo("True");
    assertThat(stalled().reason()).isEqualTo("ChecksFailed");
    assertThat(stalled().message())
        .contains("version 2", "rowCount is 100", "version 1 stays in use");
    assertThat(status().latest().number()).isEqualTo(1);
    assertThat(status().refused().number()).isEqualTo(2);
    assertThat(status().versions()).extracting(DatasetStatus.Version::number).containsExactly(2, 1);

    edit(spec -> withTransform(spec, "SELECT x, y FROM rows LIMIT 9"));
    pass();
    answer(Samples.snapshot(run(), 3));
    assertThat(status().refused()).isNull();
    assertThat(status().latest().number()).isEqualTo(3);
  }

  @Test
  void aRefreshIsANewRunAndTheSameContentIsListedOnce() {
    pass();
    answer(Samples.snapshot(run(), 1));
    String uid = run().uid();
    dataset.getMetadata().setAnnotations(Map.of(Firstday.REFRESH_ANNOTATION, "today"));
    pass();
    assertThat(run().uid()).isNotEqualTo(uid);
    assertThat(run().attempt()).isEqualTo(1);
    answer(Samples.snapshot(run(), 1));
    assertThat(status().versions()).hasSize(1);
  }

  @Test
  void badDataStallsAndIsTriedAgain() {
    pass();
    answer(new RunResult.Failure(run().uid(), "FileMissing", "no rows.csv", Cure.FIX_DATA));
    assertThat(status().phase()).isEqualTo("Failed");
    assertThat(stalled().status()).isEqualTo("True");
    assertThat(stalled().reason()).isEqualTo("FileMissing");
    assertThat(stalled().message()).contains("no rows.csv", "attempt 2 begins");
    assertThat(told).extracting(EventDraft::reason).containsExactly("FileMissing");

    now = run().retryAt();
    pass();
    assertThat(stalled().status()).isEqualTo("True");
    answer(Samples.snapshot(run(), 1));
    assertThat(status().phase()).isEqualTo("Ready");
    assertThat(run().failure()).isNull();
  }

  @Test
  void aBadSpecWaitsForAnotherSpec() {
    pass();
    answer(new RunResult.Failure(run().uid(), "SqlInvalid", "no column z", Cure.FIX_SPEC));
    assertThat(stalled().status()).isEqualTo("True");
    RunState failed = run();
    now = now.plus(Duration.ofDays(9));
    pass();
    assertThat(run()).isEqualTo(failed);
    edit(spec -> withTransform(spec, "SELECT x, y FROM rows WHERE x > 0"));
    pass();
    assertThat(run().attempt()).isEqualTo(1);
    assertThat(stalled().status()).isEqualTo("False");
  }

  @Test
  void anOutageIsReconcilingThenStalledAndOverWhenItIsOver() {
    pass();
    for (int loss = 1; loss <= 4; loss++) {
      answer(new RunResult.Failure(run().uid(), "StorageUnavailable", "S3 is away", Cure.WAIT));
      assertThat(stalled().status()).isEqualTo(loss < 3 ? "False" : "True");
      now = run().retryAt();
      pass();
    }
    answer(Samples.snapshot(run(), 1));
    assertThat(status().phase()).isEqualTo("Ready");
  }

  @Test
  void suspendKeepsTheVersionAndBuildsNone() {
    pass();
    answer(Samples.snapshot(run(), 1));
    edit(spec -> withSuspend(spec, true));
    pass();
    assertThat(status().phase()).isEqualTo("Suspended");
    assertThat(ready().status()).isEqualTo("True");
    edit(spec -> withTransform(spec, "SELECT x, y FROM rows LIMIT 7"));
    List<String> writes = cluster.writes();
    pass();
    assertThat(ready().status()).isEqualTo("False");
    assertThat(status().latest().number()).isEqualTo(1);
    assertThat(cluster.writes()).isEqualTo(writes);
    edit(spec -> withSuspend(spec, false));
    pass();
    assertThat(run().job()).isNotNull();
    assertThat(status().phase()).isEqualTo("Pending");
  }

  @Test
  void suspendAloneAsksForNoNewVersion() {
    pass();
    answer(Samples.snapshot(run(), 1));
    RunState done = run();
    edit(spec -> withSuspend(spec, true));
    pass();
    edit(spec -> withSuspend(spec, false));
    pass();
    assertThat(run()).isEqualTo(done);
    assertThat(status().phase()).isEqualTo("Ready");
  }

  @Test
  void aDeletedJobOfAFinishedRunStaysDeleted() {
    pass();
    answer(Samples.snapshot(run(), 1));
    cluster.deleteJob(job());
    List<String> writes = cluster.writes();
    pass();
    assertThat(cluster.writes()).isEqualTo(writes);
    assertThat(status().phase()).isEqualTo("Ready");
  }

  @Test
  void whatTheApiServerRefusesIsSaid() {
    DatasetObservation seen = new DatasetObservation(cluster.observe(), pins, now);
    DatasetPlan rejected =
        DatasetPlanner.rejected(
            dataset,
            DatasetPlanner.plan(dataset, seen, TestConfigs.WORKER),
            new WorkerState.Lost("JobForbidden", "exceeded quota: pods", Cure.FIX_DATA),
            seen,
            TestConfigs.WORKER);
    assertThat(rejected.status().phase()).isEqualTo("Failed");
    assertThat(rejected.status().run().failure()).isEqualTo("JobForbidden");
    assertThat(rejected.wakeUp()).isPresent();
  }

  @Test
  void everythingThatDecidesTheOutcomeIsInTheRun() {
    DatasetPlan plan =
        DatasetPlanner.plan(
            dataset, new DatasetObservation(cluster.observe(), pins, now), TestConfigs.WORKER);
    String json =
        plan
            .start()
            .get(0)
            .getSpec()
            .getTemplate()
            .getSpec()
            .getContainers()
            .get(0)
            .getEnv()
            .stream()
            .filter(variable -> variable.getName().equals(Run.VARIABLE))
            .map(EnvVar::getValue)
            .findFirst()
            .orElseThrow();
    assertThat(Contract.read(json, Run.class))
        .isEqualTo(
            new Run.Snapshot(
                plan.status().run().uid(),
                "ns",
                "flights",
                dataset.getSpec(),
                DatasetStatus.RefreshTrigger.SPEC,
                null,
                null,
                List.of(),
                null));
  }

  @Test
  void aSpecThatFitsIntoNoPodIsSaidAndNothingIsMade() {
    edit(
        spec ->
            new DatasetSpec(
                spec.source(),
                spec.transform(),
                spec.columns(),
                spec.split(),
                spec.checks(),
                spec.dqdl(),
                spec.schemaEvolution(),
                spec.leakageChecks(),
                spec.failingRows(),
                IntStream.range(0, 10)
                    .mapToObj(i -> new DatasetTest("t" + i, List.of(), csv("1\n".repeat(8000))))
                    .toList(),
                spec.refresh(),
                spec.retention(),
                spec.resources(),
                spec.suspend()));
    pass();
    assertThat(status().phase()).isEqualTo("Failed");
    assertThat(stalled().status()).isEqualTo("True");
    assertThat(stalled().reason()).isEqualTo("SpecTooLarge");
    assertThat(stalled().message()).contains("spec.tests");
    assertThat(cluster.writes()).isEmpty();
    DatasetStatus said = status();
    pass();
    assertThat(status()).isEqualTo(said);
    edit(spec -> Samples.dataset("ns", "flights").getSpec());
    pass();
    assertThat(cluster.writes()).hasSize(1);
  }

  private static DatasetTest.Rows csv(String csv) {
    return new DatasetTest.Rows(null, csv);
  }

  /** Another version of the operator must not begin anew what is done: this uid is for ever. */
  @Test
  void theUidOfARunStaysTheSame() {
    assertThat(DatasetPlanner.order(dataset, Turn.ofSpec(now)).uid())
        .isEqualTo("e54005cb2c695de987b93b5a86097b989bb2b4dd6c0cf4d624b9b9b6cd1d68a1");
  }

  private void pass() {
    DatasetObservation seen = new DatasetObservation(cluster.observe(), pins, now);
    DatasetPlan plan = DatasetPlanner.plan(dataset, seen, TestConfigs.WORKER);
    cluster.act(plan.step(), plan.start());
    told.addAll(plan.events());
    dataset.setStatus(plan.status());
  }

  private void answer(RunResult result) {
    cluster.pod(job(), Workload.answered(result));
    pass();
  }

  private void edit(UnaryOperator<DatasetSpec> change) {
    dataset.setSpec(change.apply(dataset.getSpec()));
    dataset.getMetadata().setGeneration(dataset.getMetadata().getGeneration() + 1);
  }

  private static DatasetSpec withTransform(DatasetSpec spec, String transform) {
    return Samples.with(spec, transform, spec.refresh(), spec.retention(), spec.suspend());
  }

  private static DatasetSpec withSuspend(DatasetSpec spec, boolean suspend) {
    return Samples.with(spec, spec.transform(), spec.refresh(), spec.retention(), suspend);
  }

  private DatasetStatus status() {
    return dataset.getStatus();
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
