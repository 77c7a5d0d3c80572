package dev.firstday.operator.trainingjob;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.Condition;
import dev.firstday.api.Dataset;
import dev.firstday.api.DatasetStatus;
import dev.firstday.api.DatasetStatus.RefreshState;
import dev.firstday.api.DatasetStatus.RefreshTrigger;
import dev.firstday.api.RetentionState;
import dev.firstday.api.RunState;
import dev.firstday.api.TrainingJobSpec;
import dev.firstday.contract.RunResult;
import dev.firstday.operator.Samples;
import dev.firstday.operator.kube.Standing;
import dev.firstday.operator.worker.Workload;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which version a training job begins with, for every state of its data set. */
class InputsTest {
  private static final Standing READY = Standing.ready("ChecksPassed", "good");
  private static final Standing RUNNING = Standing.reconciling("Running", "pod runs");
  private static final RunState RUN =
      new RunState("uid", 1, 0, "job", Workload.NOW, null, null, null, null, null);

  @ParameterizedTest
  @EnumSource(value = RefreshTrigger.class, names = "SPEC", mode = EnumSource.Mode.EXCLUDE)
  void aTurnIsNotWaitedFor(RefreshTrigger trigger) {
    Dataset dataset = dataset(3, trigger, null);
    dataset.setStatus(status(dataset, meanwhile(READY), RUN));
    assertThat(number(dataset, null)).isEqualTo(3);
  }

  @Test
  void aNewSpecIsWaitedFor() {
    Dataset dataset = dataset(3, RefreshTrigger.SPEC, null);
    dataset.setStatus(status(dataset, RUNNING.conditions(null, 1L, Workload.NOW), RUN));
    assertThat(reason(dataset, null)).isEqualTo("DatasetBuilding");
    dataset = dataset(3, RefreshTrigger.SCHEDULE, null);
    dataset.getMetadata().setGeneration(2L);
    assertThat(reason(dataset, null)).as("not seen yet").isEqualTo("DatasetBuilding");
  }

  @Test
  void aVersionOfItsOwnIsWaitedForByNobody() {
    Dataset dataset = dataset(3, RefreshTrigger.SPEC, null);
    dataset.setStatus(status(dataset, RUNNING.conditions(null, 1L, Workload.NOW), RUN));
    assertThat(number(dataset, 2)).isEqualTo(2);
    assertThat(reason(dataset, 9)).as("it may be the next").isEqualTo("DatasetBuilding");
  }

  @Test
  void theFirstVersionIsWaitedForWhateverBuildsIt() {
    Dataset dataset = Samples.dataset("ns", "flights");
    dataset.getMetadata().setGeneration(1L);
    dataset.setStatus(
        new DatasetStatus(
            1L,
            "Refreshing",
            RUNNING.conditions(null, 1L, Workload.NOW),
            null,
            null,
            List.of(),
            null,
            new RefreshState(RefreshTrigger.SCHEDULE, Workload.NOW, null, 1L),
            null,
            null,
            RUN));
    assertThat(reason(dataset, null)).isEqualTo("DatasetBuilding");
  }

  @Test
  void theLastGoodVersionIsTakenWhileTheDatasetIsNotReady() {
    Dataset dataset = dataset(3, RefreshTrigger.SCHEDULE, null);
    for (String reason : List.of("ChecksFailed", "InvalidRefresh", "FileMissing")) {
      dataset.setStatus(
          status(dataset, Standing.stalled(reason, "why").conditions(null, 1L, Workload.NOW), RUN));
      assertThat(number(dataset, null)).as(reason).isEqualTo(3);
    }
  }

  @Test
  void aDamagedVersionIsWaitedForWithItsReason() {
    Dataset dataset = dataset(3, RefreshTrigger.SCHEDULE, null);
    RunState damaged =
        new RunState(
            "uid",
            1,
            0,
            "job",
            Workload.NOW,
            Workload.NOW,
            null,
            RunResult.VERSION_DAMAGED,
            "object ab12 is gone",
            "FIX_DATA");
    dataset.setStatus(
        status(
            dataset,
            Standing.stalled("VersionDamaged", "object ab12 is gone")
                .conditions(null, 1L, Workload.NOW),
            damaged));
    assertThat(reason(dataset, null)).isEqualTo("DatasetVersionDamaged");
    assertThat(missing(dataset, null).message()).contains("version 3", "object ab12 is gone");
    assertThat(missing(dataset, null).state()).isEqualTo(Standing.State.RECONCILING);
    assertThat(reason(dataset, 3)).isEqualTo("DatasetVersionDamaged");
    assertThat(number(dataset, 2)).as("another one is whole").isEqualTo(2);
  }

  @Test
  void aVersionWhoseRowsAreGoneStalls() {
    Dataset dataset =
        dataset(
            3,
            RefreshTrigger.SCHEDULE,
            new RetentionState(List.of(2), List.of(1), null, null, 10L, null));
    assertThat(reason(dataset, 1)).isEqualTo("DatasetVersionSwept");
    assertThat(missing(dataset, 1).state()).isEqualTo(Standing.State.STALLED);
    assertThat(missing(dataset, 1).message())
        .contains("version 1", "spec.retention", "name another");
    assertThat(number(dataset, 2)).as("marked, and still there").isEqualTo(2);
    assertThat(number(dataset, null)).isEqualTo(3);
  }

  private static int number(Dataset dataset, Integer wanted) {
    assertThat(inputs(dataset, wanted)).isInstanceOf(Inputs.Resolved.class);
    return ((Inputs.Resolved) inputs(dataset, wanted)).dataset().number();
  }

  private static String reason(Dataset dataset, Integer wanted) {
    return missing(dataset, wanted).reason();
  }

  private static Standing missing(Dataset dataset, Integer wanted) {
    assertThat(inputs(dataset, wanted)).isInstanceOf(Inputs.Missing.class);
    return ((Inputs.Missing) inputs(dataset, wanted)).standing();
  }

  private static Inputs inputs(Dataset dataset, Integer wanted) {
    TrainingJobSpec spec = Samples.training("ns", "tj", "flights", "late").getSpec();
    return Inputs.of(
        Samples.with(
            spec, Map.of("dataset", new TrainingJobSpec.DatasetReference("flights", wanted))),
        new TrainingJobObservation(
            Workload.nothing(),
            List.of(dataset),
            List.of(Samples.model("ns", "late")),
            new TrainingJobObservation.Others(List.of("flights"), List.of("late")),
            Optional.empty(),
            Workload.NOW));
  }

  /** Ready, with versions 1 to that one. */
  private static Dataset dataset(int latest, RefreshTrigger trigger, RetentionState retention) {
    Dataset dataset = Samples.dataset("ns", "flights");
    dataset.getMetadata().setGeneration(1L);
    dataset.setStatus(
        new DatasetStatus(
            1L,
            "Ready",
            READY.conditions(null, 1L, Workload.NOW),
            Samples.version(latest, false),
            null,
            List.of(
                Samples.version(3, false), Samples.version(2, false), Samples.version(1, false)),
            null,
            new RefreshState(trigger, Workload.NOW, null, 1L),
            null,
            retention,
            RUN));
    return dataset;
  }

  private static List<Condition> meanwhile(Standing verdict) {
    return RUNNING.conditionsBeside(verdict, null, 1L, Workload.NOW);
  }

  private static DatasetStatus status(Dataset dataset, List<Condition> conditions, RunState run) {
    DatasetStatus status = dataset.getStatus();
    return new DatasetStatus(
        status.observedGeneration(),
        status.phase(),
        conditions,
        status.latest(),
        status.refused(),
        status.versions(),
        status.checks(),
        status.refresh(),
        status.pinned(),
        status.retention(),
        run);
  }
}
