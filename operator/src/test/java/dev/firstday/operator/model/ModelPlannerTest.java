package dev.firstday.operator.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.Condition;
import dev.firstday.api.Model;
import dev.firstday.api.ModelSpec;
import dev.firstday.api.ModelStatus;
import dev.firstday.api.ModelVersion;
import dev.firstday.api.RunState;
import dev.firstday.api.TrainingJob;
import dev.firstday.api.TrainingJobStatus;
import dev.firstday.contract.RunResult;
import dev.firstday.contract.RunResult.Cure;
import dev.firstday.operator.Samples;
import dev.firstday.operator.TestConfigs;
import dev.firstday.operator.kube.EventDraft;
import dev.firstday.operator.worker.FakeCluster;
import dev.firstday.operator.worker.Workload;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelPlannerTest {
  private final FakeCluster cluster = new FakeCluster();
  private final Model model = Samples.model("ns", "late");
  private final List<TrainingJob> trainings = new ArrayList<>();
  private final List<EventDraft> told = new ArrayList<>();
  private Instant now = Workload.NOW;

  ModelPlannerTest() {
    model.getMetadata().setUid("uid-1");
    model.getMetadata().setGeneration(1L);
  }

  @Test
  void aModelWithoutVersionsIsEmptyAndThatIsAllRight() {
    pass();
    assertThat(status().phase()).isEqualTo("Pending");
    answer(new RunResult.Inventory(run().uid(), 0, List.of()));
    assertThat(status().phase()).isEqualTo("Empty");
    assertThat(ready().status()).isEqualTo("True");
    assertThat(ready().message()).contains("TrainingJob", "model: late");
    assertThat(status().versionCount()).isZero();
  }

  @Test
  void whatS3HoldsIsListed() {
    pass();
    answer(
        new RunResult.Inventory(
            run().uid(),
            12,
            List.of(Samples.modelVersion("b", 12), Samples.modelVersion("a", 11))));
    assertThat(status().phase()).isEqualTo("Ready");
    assertThat(status().newest().number()).isEqualTo(12);
    assertThat(status().versionCount()).isEqualTo(12);
    assertThat(numbers()).containsExactly(12, 11);
  }

  @Test
  void whatTrainingJobsRecordIsAddedAndStaysWhenTheyGo() {
    pass();
    answer(new RunResult.Inventory(run().uid(), 1, List.of(Samples.modelVersion("a", 1))));
    trainings.add(recorded("late", 2));
    trainings.add(recorded("another", 9));
    pass();
    assertThat(numbers()).containsExactly(2, 1);
    assertThat(status().versionCount()).isEqualTo(2);
    assertThat(told).extracting(EventDraft::reason).contains("VersionAdded");
    trainings.clear();
    pass();
    assertThat(numbers()).containsExactly(2, 1);
  }

  @Test
  void aFailedInventoryKeepsNoVersionFromBeingListed() {
    pass();
    answer(new RunResult.Failure(run().uid(), "BucketMissing", "no bucket b", Cure.FIX_DATA));
    assertThat(status().phase()).isEqualTo("Failed");
    assertThat(stalled().status()).isEqualTo("True");
    trainings.add(recorded("late", 1));
    pass();
    assertThat(status().phase()).isEqualTo("Ready");
    assertThat(ready().status()).isEqualTo("True");
    assertThat(status().newest().number()).isEqualTo(1);
    now = run().retryAt();
    pass();
    answer(new RunResult.Inventory(run().uid(), 1, List.of(Samples.modelVersion("a", 1))));
    assertThat(stalled().status()).isEqualTo("False");
  }

  @Test
  void onlySoManyAreListed() {
    model.setSpec(new ModelSpec(3, null));
    pass();
    answer(new RunResult.Inventory(run().uid(), 2, List.of(Samples.modelVersion("a", 2))));
    for (int number = 3; number <= 7; number++) {
      trainings.add(recorded("late", number));
    }
    pass();
    assertThat(numbers()).containsExactly(7, 6, 5);
    assertThat(status().versionCount()).isEqualTo(7);
  }

  @Test
  void whatIsSettledStaysSettled() {
    pass();
    answer(new RunResult.Inventory(run().uid(), 1, List.of(Samples.modelVersion("a", 1))));
    trainings.add(recorded("late", 2));
    pass();
    ModelStatus before = status();
    List<String> writes = cluster.writes();
    now = now.plus(Duration.ofDays(2));
    cluster.deleteJob(run().job());
    pass();
    assertThat(status()).isEqualTo(before);
    assertThat(cluster.writes()).isEqualTo(writes);
  }

  private void pass() {
    ModelPlan plan =
        ModelPlanner.plan(
            model, new ModelObservation(cluster.observe(), trainings, now), TestConfigs.WORKER);
    cluster.act(plan.step(), plan.start());
    told.addAll(plan.events());
    model.setStatus(plan.status());
  }

  private void answer(RunResult result) {
    cluster.pod(run().job(), Workload.answered(result));
    pass();
  }

  private static TrainingJob recorded(String model, int number) {
    TrainingJob training = Samples.training("ns", "tj-" + number, "flights", model);
    RunResult.Train answer =
        (RunResult.Train)
            Samples.trained(
                new RunState("run" + number, 1, 0, null, null, null, null, null, null, null),
                number);
    training.setStatus(
        new TrainingJobStatus(
            1L,
            "Succeeded",
            List.of(),
            new TrainingJobStatus.Chain("flights/1", 1, null, model + "/" + number),
            null,
            answer.training(),
            null));
    return training;
  }

  private List<Integer> numbers() {
    return status().versions().stream().map(ModelVersion::number).toList();
  }

  private ModelStatus status() {
    return model.getStatus();
  }

  private RunState run() {
    return status().run();
  }

  private Condition ready() {
    return status().conditions().get(0);
  }

  private Condition stalled() {
    return status().conditions().get(2);
  }
}
