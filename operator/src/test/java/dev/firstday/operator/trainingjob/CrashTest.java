package dev.firstday.operator.trainingjob;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.Dataset;
import dev.firstday.api.DatasetStatus;
import dev.firstday.api.TrainingJob;
import dev.firstday.operator.Samples;
import dev.firstday.operator.TestConfigs;
import dev.firstday.operator.kube.Standing;
import dev.firstday.operator.worker.FakeCluster;
import dev.firstday.operator.worker.Workload;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A run whose first pod is lost and whose second succeeds, with the operator cut off in one of its
 * passes: it ends as the run that nothing disturbed, and no Job is made that that one did not make.
 */
class CrashTest {
  private static final int PASSES = 12;

  /** What a pass still does before it is cut off. */
  enum Cut {
    BEFORE_ANYTHING,
    AFTER_DELETIONS,
    BEFORE_STATUS,
    NEVER
  }

  static Stream<Arguments> cuts() {
    return Stream.iterate(0, pass -> pass < PASSES, pass -> pass + 1)
        .flatMap(
            pass ->
                Stream.of(Cut.BEFORE_ANYTHING, Cut.AFTER_DELETIONS, Cut.BEFORE_STATUS)
                    .map(cut -> Arguments.of(pass, cut)));
  }

  @ParameterizedTest
  @MethodSource("cuts")
  void itEndsAsIfNothingHadHappened(int pass, Cut cut) {
    World calm = run(-1, Cut.NEVER);
    World disturbed = run(pass, cut);
    assertThat(disturbed.training.getStatus().phase()).isEqualTo("Succeeded");
    assertThat(disturbed.training.getStatus().result())
        .isEqualTo(calm.training.getStatus().result());
    assertThat(disturbed.training.getStatus().run().attempt()).isEqualTo(2);
    assertThat(disturbed.training.getStatus().run().losses()).isEqualTo(1);
    assertThat(disturbed.cluster.jobsMade()).isEqualTo(calm.cluster.jobsMade());
  }

  @Test
  void theCalmRunTakesTwoJobs() {
    assertThat(run(-1, Cut.NEVER).cluster.jobsMade()).hasSize(2);
  }

  private static World run(int cutPass, Cut cut) {
    World world = new World();
    for (int pass = 0; pass < PASSES; pass++) {
      world.pass(pass == cutPass ? cut : Cut.NEVER);
      world.work();
      world.now = world.now.plusSeconds(30);
    }
    return world;
  }

  private static final class World {
    private final FakeCluster cluster = new FakeCluster();
    private final TrainingJob training = Samples.training("ns", "tj", "flights", "late");
    private final List<Dataset> datasets = List.of(Samples.dataset("ns", "flights"));
    private Instant now = Workload.NOW;

    World() {
      training.getMetadata().setUid("uid-1");
      training.getMetadata().setGeneration(1L);
      Dataset dataset = datasets.get(0);
      dataset.getMetadata().setGeneration(1L);
      DatasetStatus.Version version = Samples.version(1, false);
      dataset.setStatus(
          Samples.datasetStatus(
              1L,
              "Ready",
              Standing.ready("ChecksPassed", "good").conditions(null, 1L, now),
              version,
              null,
              List.of(version),
              null,
              null));
    }

    void pass(Cut cut) {
      TrainingJobPlan plan =
          TrainingJobPlanner.plan(
              training,
              new TrainingJobObservation(
                  cluster.observe(),
                  datasets,
                  List.of(Samples.model("ns", "late")),
                  new TrainingJobObservation.Others(List.of("flights"), List.of("late")),
                  Optional.empty(),
                  now),
              TestConfigs.WORKER);
      if (cut != Cut.BEFORE_ANYTHING) {
        cluster.act(plan.step(), cut == Cut.AFTER_DELETIONS ? List.of() : plan.start());
      }
      if (cut == Cut.NEVER) {
        training.setStatus(plan.status());
      }
    }

    /** The first Job's pod is lost, the second's worker answers. */
    void work() {
      cluster
          .jobsThere()
          .forEach(
              job ->
                  cluster.pod(
                      job,
                      job.endsWith("-1")
                          ? Workload.failed("Evicted", "full")
                          : Workload.answered(Samples.trained(cluster.runOf(job), 1))));
    }
  }
}
