package dev.firstday.operator.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.Condition;
import dev.firstday.api.Dataset;
import dev.firstday.api.DatasetStatus;
import dev.firstday.api.Errand;
import dev.firstday.api.Errand.Kind;
import dev.firstday.api.Firstday;
import dev.firstday.api.Model;
import dev.firstday.api.ModelDeployment;
import dev.firstday.api.ModelDeploymentStatus;
import dev.firstday.api.ModelDeploymentStatus.Target;
import dev.firstday.api.ModelSpec;
import dev.firstday.api.ModelStatus;
import dev.firstday.api.ModelVersion;
import dev.firstday.api.RunState;
import dev.firstday.api.TrainingJob;
import dev.firstday.api.TrainingJobStatus;
import dev.firstday.api.VersionHealth;
import dev.firstday.contract.Contract;
import dev.firstday.contract.RunResult;
import dev.firstday.contract.RunResult.Cure;
import dev.firstday.contract.RunResult.Evaluation.Score;
import dev.firstday.contract.RunResult.Inspection.Finding;
import dev.firstday.operator.Samples;
import dev.firstday.operator.TestConfigs;
import dev.firstday.operator.kube.EventDraft;
import dev.firstday.operator.worker.FakeCluster;
import dev.firstday.operator.worker.Workload;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ModelPlannerTest {
  private final FakeCluster cluster = new FakeCluster();
  private final Model model = Samples.model("ns", "late");
  private final List<TrainingJob> trainings = new ArrayList<>();
  private final List<Dataset> datasets = new ArrayList<>();
  private final List<ModelDeployment> deployments = new ArrayList<>();
  private final List<EventDraft> told = new ArrayList<>();
  private Optional<Instant> wakeUp = Optional.empty();
  private Instant now = Workload.NOW;

  ModelPlannerTest() {
    model.getMetadata().setUid("uid-1");
    model.getMetadata().setGeneration(1L);
  }

  @Test
  void aModelWithoutVersionsIsEmptyAndThatIsAllRight() {
    pass();
    assertThat(status().phase()).isEqualTo("Pending");
    answer(new RunResult.Inventory(run().uid(), 0, List.of(), List.of()));
    assertThat(status().phase()).isEqualTo("Empty");
    assertThat(ready().status()).isEqualTo("True");
    assertThat(ready().message()).contains("TrainingJob", "model: late");
    assertThat(status().versionCount()).isZero();
  }

  /** An index over models asks this of every model, before any pass. */
  @Test
  void aModelThatNobodyLookedAtLearntFromNothing() {
    assertThat(FreshData.datasetsOf(model)).isEmpty();
    pass();
    answer(inventory(2, 1));
    assertThat(FreshData.datasetsOf(model)).containsExactly("flights");
  }

  @Test
  void whatS3HoldsIsListed() {
    pass();
    answer(
        new RunResult.Inventory(
            run().uid(),
            12,
            List.of(Samples.modelVersion("b", 12), Samples.modelVersion("a", 11)),
            List.of()));
    assertThat(status().phase()).isEqualTo("Testing");
    assertThat(status().newest()).isNull();
    assertThat(status().versionCount()).isEqualTo(12);
    assertThat(numbers()).containsExactly(12, 11);
    assertThat(wakeUp).as("the inspection waits").contains(now);
    pass();
    assertThat(status().errand().kind()).isEqualTo(Kind.INSPECTION);
    passAll();
    assertThat(status().phase()).isEqualTo("Ready");
    assertThat(status().newest().number()).isEqualTo(12);
  }

  @Test
  void whatTrainingJobsRecordIsAddedAndStaysWhenTheyGo() {
    pass();
    answer(
        new RunResult.Inventory(run().uid(), 1, List.of(Samples.modelVersion("a", 1)), List.of()));
    pass();
    passAll();
    trainings.add(recorded("late", 2));
    trainings.add(recorded("another", 9));
    pass();
    passAll();
    assertThat(numbers()).containsExactly(2, 1);
    assertThat(status().versionCount()).isEqualTo(2);
    assertThat(told).extracting(EventDraft::reason).contains("VersionAdded");
    trainings.clear();
    pass();
    assertThat(numbers()).containsExactly(2, 1);
  }

  /** An inventory of many versions leaves out what it has no room for. */
  @Test
  void whatIsKnownOfAVersionIsNotLostToAnInventoryThatSaysLess() {
    trainings.add(recorded("late", 2));
    pass();
    ModelVersion known = status().versions().get(0);
    assertThat(known.metrics()).isNotNull();
    ModelVersion less =
        new ModelVersion(
            2,
            known.digest(),
            known.dataset(),
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            "run",
            Instant.EPOCH);

    answer(new RunResult.Inventory(run().uid(), 2, List.of(less), List.of()));

    assertThat(status().versions().get(0)).isEqualTo(known);
  }

  @Test
  void aFailedInventoryKeepsNoVersionFromBeingListed() {
    pass();
    answer(new RunResult.Failure(run().uid(), "BucketMissing", "no bucket b", Cure.FIX_DATA));
    assertThat(status().phase()).isEqualTo("Failed");
    assertThat(stalled().status()).isEqualTo("True");
    trainings.add(recorded("late", 1));
    pass();
    assertThat(numbers()).containsExactly(1);
    assertThat(status().phase()).isEqualTo("Testing");
    now = run().retryAt();
    pass();
    answer(
        new RunResult.Inventory(run().uid(), 1, List.of(Samples.modelVersion("a", 1)), List.of()));
    assertThat(stalled().status()).isEqualTo("False");
  }

  @Test
  void onlySoManyAreListed() {
    model.setSpec(new ModelSpec(3, null, null, null, null, null));
    pass();
    answer(
        new RunResult.Inventory(run().uid(), 2, List.of(Samples.modelVersion("a", 2)), List.of()));
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
    answer(
        new RunResult.Inventory(run().uid(), 1, List.of(Samples.modelVersion("a", 1)), List.of()));
    trainings.add(recorded("late", 2));
    pass();
    passAll();
    ModelStatus before = status();
    List<String> writes = cluster.writes();
    now = now.plus(Duration.ofHours(23));
    cluster.deleteJob(run().job());
    pass();
    assertThat(status()).isEqualTo(before);
    assertThat(cluster.writes()).isEqualTo(writes);
  }

  @Test
  void aVersionWithAFaultIsNotTheNewest() {
    pass();
    answer(inventory(2, 1));
    pass();
    answer(inspection(finding(2, "DigestMismatch", "model.zip is damaged"), finding(1)));
    assertThat(status().newest().number()).isEqualTo(1);
    assertThat(status().phase()).isEqualTo("Degraded");
    assertThat(ready().status()).isEqualTo("True");
    assertThat(degraded().status()).isEqualTo("True");
    assertThat(degraded().reason()).isEqualTo("DigestMismatch");
    assertThat(degraded().message()).isEqualTo("version 2: model.zip is damaged");
    assertThat(told).extracting(EventDraft::reason).contains("DigestMismatch");
  }

  @Test
  void aModelWhoseVersionsAllHaveAFaultHasFailed() {
    pass();
    answer(inventory(1));
    pass();
    answer(inspection(finding(1, "GoldenMismatch", "golden row 0: another answer")));
    assertThat(status().phase()).isEqualTo("Failed");
    assertThat(stalled().status()).isEqualTo("True");
    assertThat(ready().message()).contains("version 1: golden row 0");
  }

  @Test
  void aVersionThatTheAnswerDoesNotNameIsNotTakenForGood() {
    pass();
    answer(inventory(2, 1));
    pass();
    answer(inspection(finding(1)));
    assertThat(status().health().get(0).fault()).isEqualTo("NotInspected");
    assertThat(status().newest().number()).isEqualTo(1);
  }

  @Test
  void theNewestTheServedAndTheFaultyAreLookedAtAgainEachDay() {
    pass();
    answer(inventory(4, 3, 2, 1));
    pass();
    answer(inspection(finding(4), finding(3, "ObjectNotFound", "gone"), finding(2), finding(1)));
    serve(1);
    pass();
    assertThat(wakeUp).contains(now.plus(Duration.ofHours(24)));
    now = now.plus(Duration.ofHours(24));
    pass();
    assertThat(inspected()).containsExactly(4, 3, 1);
    answer(inspection(finding(4), finding(3), finding(1, "DigestMismatch", "changed")));
    assertThat(degraded().message()).isEqualTo("version 1: changed");
    assertThat(status().newest().number()).isEqualTo(4);
    assertThat(wakeUp).contains(now.plus(Duration.ofHours(24)));
  }

  @Test
  void nothingIsLookedAtAgainWhereTheSpecSaysSo() {
    model.setSpec(
        new ModelSpec(null, null, new ModelSpec.Verification(0, null, null), null, null, null));
    pass();
    answer(inventory(1));
    pass();
    passAll();
    assertThat(wakeUp).isEmpty();
  }

  @Test
  void allAreLookedAtWhenSomebodyAsksInAsManyRunsAsItTakes() {
    model.setSpec(new ModelSpec(15, null, null, null, null, null));
    pass();
    answer(inventory());
    IntStream.rangeClosed(1, 12).forEach(number -> trainings.add(recorded("late", number)));
    pass();
    passAll();
    pass();
    passAll();
    assertThat(status().phase()).isEqualTo("Ready");

    model.getMetadata().setAnnotations(Map.of(Firstday.VERIFY_ANNOTATION, "today"));
    pass();
    assertThat(inspected()).hasSize(10);
    passAll();
    assertThat(status().verified()).isNull();
    pass();
    assertThat(inspected()).containsExactly(2, 1);
    passAll();
    assertThat(status().verified()).isEqualTo("today");
    assertThat(status().health()).allMatch(entry -> entry.cause().equals("Asked today"));
    List<String> writes = cluster.writes();
    pass();
    assertThat(cluster.writes()).isEqualTo(writes);
  }

  @Test
  void whatFailedForGoodIsNotedOfTheVersionAndNotTriedAgainWithoutACause() {
    pass();
    answer(inventory(1));
    pass();
    failForGood();
    assertThat(status().phase()).isEqualTo("Failed");
    assertThat(stalled().status()).isEqualTo("True");
    assertThat(status().health().get(0).fault()).isEqualTo("OOMKilled");
    List<String> writes = cluster.writes();
    pass();
    assertThat(cluster.writes()).isEqualTo(writes);
    trainings.add(recorded("late", 2));
    pass();
    assertThat(inspected()).containsExactly(2);
    passAll();
    assertThat(status().phase()).isEqualTo("Degraded");
    now = now.plus(Duration.ofDays(1));
    pass();
    assertThat(inspected()).as("it may be well again").containsExactly(2, 1);
  }

  @Test
  void whatFailedForSeveralVersionsIsTriedForEachAlone() {
    pass();
    answer(inventory(3, 2, 1));
    pass();
    failForGood();
    assertThat(status().health()).isEmpty();
    assertThat(wakeUp).contains(now);
    pass();
    assertThat(inspected()).containsExactly(3);
    passAll();
    for (int passes = 0; passes < 20 && status().health().size() < 3; passes++) {
      pass();
      if (run().finishedAt() == null) {
        if (inspected().contains(2)) {
          failForGood();
        } else {
          passAll();
        }
      }
    }
    assertThat(status().health())
        .extracting(VersionHealth::fault)
        .containsExactly(null, "OOMKilled", null);
    settled();
  }

  /** Two errands that both failed for good would otherwise take turns for ever. */
  @Test
  void anErrandThatFailedDoesNotComeBackWhenAnotherIsDone() {
    pass();
    answer(inventory(1));
    pass();
    passAll();
    trainings.add(recorded("late", 2));
    pass();
    failForGood();
    latest(4);
    pass();
    assertThat(status().errand().kind()).isEqualTo(Kind.EVALUATION);
    failForGood();
    assertThat(status().health().get(1).evaluation().fault()).isEqualTo("OOMKilled");
    settled();
    model.getMetadata().setAnnotations(Map.of(Firstday.VERIFY_ANNOTATION, "today"));
    pass();
    failForGood();
    pass();
    assertThat(inspected()).containsExactly(2);
    failForGood();
    pass();
    assertThat(inspected()).containsExactly(1);
    passAll();
    assertThat(status().verified()).isEqualTo("today");
    settled();
  }

  @Test
  void anEvaluationThatWaitsForItsDataIsGivenUpForNewerOnes() {
    pass();
    answer(inventory(1));
    pass();
    passAll();
    latest(4);
    pass();
    answer(new RunResult.Failure(run().uid(), "DatasetSwept", "no rows", Cure.FIX_DATA));
    assertThat(run().retryAt()).isNotNull();
    latest(5);
    pass();
    assertThat(status().errand().data().reference()).isEqualTo("flights/5");
  }

  @Test
  void aVersionThatIsServedStaysListedAndIsScored() {
    model.setSpec(new ModelSpec(2, null, null, null, null, null));
    pass();
    answer(inventory(1));
    pass();
    passAll();
    serve(1);
    for (int number = 2; number <= 5; number++) {
      trainings.add(recorded("late", number));
    }
    pass();
    passAll();
    assertThat(numbers()).containsExactly(5, 4, 1);
    latest(4);
    pass();
    assertThat(status().errand().kind()).isEqualTo(Kind.EVALUATION);
    assertThat(inspected()).containsExactly(5, 1);
  }

  /** Training on newer data is the cure, and the old version is served no more. */
  @Test
  void aComplaintGoesWithTheUseOfItsVersion() {
    pass();
    answer(inventory(1));
    pass();
    passAll();
    serve(1);
    latest(4);
    pass();
    answer(scores(score(1, "BelowConstant")));
    assertThat(status().phase()).isEqualTo("Degraded");
    trainings.add(recorded("late", 2));
    pass();
    passAll();
    assertThat(status().phase()).as("it still serves").isEqualTo("Degraded");
    deployments.clear();
    serve(2);
    pass();
    assertThat(status().health().get(1).evaluation()).isNull();
    assertThat(degraded().status()).isEqualTo("False");
  }

  @Test
  void wordsOfAPodThatAreNoReasonAreNotTakenForOne() {
    pass();
    answer(inventory(1));
    pass();
    answer(inspection(finding(1, "no reason at all\n", "x".repeat(900))));
    assertThat(status().health().get(0).fault()).isEqualTo("NotInspected");
    assertThat(status().health().get(0).message()).hasSize(503);
  }

  /** A pod that needs more memory than it may have. */
  private void failForGood() {
    answer(new RunResult.Failure(run().uid(), "OOMKilled", "raise the limit", Cure.FIX_SPEC));
  }

  /** However often it is looked at. */
  private void settled() {
    List<String> writes = cluster.writes();
    for (int passes = 0; passes < 5; passes++) {
      pass();
    }
    assertThat(cluster.writes()).isEqualTo(writes);
  }

  @Test
  void aSpecThatChangesIsListedForAtOnce() {
    pass();
    answer(inventory(1));
    pass();
    model.setSpec(new ModelSpec(5, null, null, null, null, null));
    pass();
    assertThat(status().errand().kind()).isEqualTo(Kind.INVENTORY);
    answer(inventory(1));
    pass();
    passAll();
    assertThat(status().phase()).isEqualTo("Ready");
  }

  @Test
  void newerDataAreWhatTheNewestAndTheServedAreScoredOn() {
    pass();
    answer(inventory(3, 2, 1));
    pass();
    passAll();
    serve(1);
    latest(1);
    pass();
    assertThat(status().errand().kind()).as("learnt from them").isEqualTo(Kind.INSPECTION);

    latest(4);
    pass();
    assertThat(status().errand().kind()).isEqualTo(Kind.EVALUATION);
    assertThat(status().errand().data().reference()).isEqualTo("flights/4");
    assertThat(inspected()).containsExactly(3, 1);
    assertThat(ready().status()).isEqualTo("True");
    answer(scores(score(3, null), score(1, "BelowConstant")));
    assertThat(status().phase()).isEqualTo("Degraded");
    assertThat(degraded().reason()).isEqualTo("BelowConstant");
    assertThat(degraded().message()).isEqualTo("version 1: logLoss=0.6");
    assertThat(status().newest().number()).as("it is told, and stops nothing").isEqualTo(3);
    assertThat(status().health().get(0).evaluation().dataset()).isEqualTo("flights/4");

    List<String> writes = cluster.writes();
    pass();
    assertThat(cluster.writes()).as("once for each version of the data").isEqualTo(writes);
    latest(5);
    pass();
    answer(scores(score(3, null), score(1, null)));
    assertThat(status().phase()).isEqualTo("Ready");
    assertThat(told).extracting(EventDraft::reason).containsOnlyOnce("BelowConstant");
  }

  @Test
  void aVersionThatWaitsForItsInspectionGoesBeforeAnEvaluation() {
    pass();
    answer(inventory(1));
    pass();
    passAll();
    latest(4);
    pass();
    String evaluation = run().job();
    trainings.add(recorded("late", 2));
    pass();
    assertThat(status().errand().kind()).isEqualTo(Kind.INSPECTION);
    assertThat(cluster.jobsThere()).doesNotContain(evaluation);
    passAll();
    pass();
    assertThat(status().errand().kind()).isEqualTo(Kind.EVALUATION);
    assertThat(inspected()).containsExactly(2);
  }

  private void latest(int number) {
    Dataset dataset = Samples.dataset("ns", "flights");
    dataset.setStatus(
        Contract.read(
            Contract.write(
                Map.of(
                    "latest",
                    Map.of("number", number, "digest", Contract.digest("data" + number)))),
            DatasetStatus.class));
    datasets.clear();
    datasets.add(dataset);
  }

  private RunResult scores(Score... scores) {
    return new RunResult.Evaluation(run().uid(), List.of(scores));
  }

  private static Score score(int number, String fault) {
    return new Score(
        number,
        Samples.modelVersion("a", number).digest(),
        List.of(),
        fault,
        fault == null ? null : "logLoss=0.6");
  }

  private RunResult inventory(int... numbers) {
    return new RunResult.Inventory(
        run().uid(),
        numbers.length,
        Arrays.stream(numbers).mapToObj(n -> Samples.modelVersion("run" + n, n)).toList(),
        List.of());
  }

  private RunResult inspection(Finding... findings) {
    return new RunResult.Inspection(run().uid(), List.of(findings));
  }

  private static Finding finding(int number) {
    return finding(number, null, null);
  }

  private static Finding finding(int number, String fault, String message) {
    return new Finding(number, Samples.modelVersion("a", number).digest(), fault, message, null);
  }

  /** The inspection that is under way finds nothing wrong. */
  private void passAll() {
    answer(Samples.sound(run().uid(), status().errand().versions()));
  }

  private void serve(int number) {
    ModelDeployment deployment = Samples.deployment("ns", "served");
    deployment.setStatus(
        Contract.read(
            Contract.write(
                Map.of(
                    "stable",
                    new Target(number, Samples.modelVersion("a", number).digest(), 100, 1, 1))),
            ModelDeploymentStatus.class));
    deployments.add(deployment);
  }

  private List<Integer> inspected() {
    return status().errand().versions().stream().map(Errand.Subject::number).toList();
  }

  private Condition degraded() {
    return status().conditions().get(4);
  }

  private void pass() {
    ModelPlan plan =
        ModelPlanner.plan(
            model,
            new ModelObservation(cluster.observe(), trainings, deployments, datasets, true, now),
            TestConfigs.WORKER);
    wakeUp = plan.wakeUp();
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
            null,
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
