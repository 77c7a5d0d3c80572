package dev.firstday.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.Dataset;
import dev.firstday.api.DatasetSpec;
import dev.firstday.api.DatasetStatus;
import dev.firstday.api.Errand;
import dev.firstday.api.Firstday;
import dev.firstday.api.Model;
import dev.firstday.api.ModelStatus;
import dev.firstday.api.ReadinessTest;
import dev.firstday.api.ResourceStatus;
import dev.firstday.api.RunState;
import dev.firstday.api.TrainingJob;
import dev.firstday.api.TrainingJobStatus;
import dev.firstday.api.WorkerResources;
import dev.firstday.contract.RunResult;
import dev.firstday.operator.TestCluster.RunningOperator;
import dev.firstday.operator.kube.Labels;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The three kinds that workers serve, on a real API server with its own Job controller. */
@EnabledIfEnvironmentVariable(
    named = "KUBECONFIG",
    matches = ".+",
    disabledReason = "needs a cluster: set KUBECONFIG")
class ReconcilersTest {
  private static TestCluster cluster;
  private static RunningOperator operator;

  @BeforeAll
  static void start() {
    cluster = new TestCluster();
    operator = cluster.startOperator();
  }

  @AfterAll
  static void stop() {
    operator.close();
    cluster.close();
  }

  @Test
  void fromDatasetToModelVersion() {
    String namespace = cluster.namespace();
    cluster.client().resource(Samples.training(namespace, "tj", "flights", "late")).create();
    cluster.await(TrainingJob.class, "tj", tj -> says(tj, "ModelMissing"));
    cluster.client().resource(Samples.model(namespace, "late")).create();
    cluster.await(TrainingJob.class, "tj", tj -> says(tj, "DatasetMissing"));
    cluster.client().resource(Samples.dataset(namespace, "flights")).create();
    cluster.await(TrainingJob.class, "tj", tj -> says(tj, "DatasetBuilding"));

    RunState inventory = run(cluster.await(Model.class, "late", m -> run(m) != null));
    cluster.answer(
        inventory.job(),
        new RunResult.Inventory(
            inventory.uid(), 1, List.of(Samples.modelVersion("of old", 1)), List.of()));
    pass(1);
    Model known = cluster.await(Model.class, "late", m -> says(m, "VersionsRecorded"));
    assertThat(known.getStatus().newest().number()).isEqualTo(1);

    RunState snapshot = run(cluster.await(Dataset.class, "flights", d -> says(d, "Unschedulable")));
    cluster.answer(snapshot.job(), Samples.snapshot(snapshot, 3));
    Dataset ready = cluster.await(Dataset.class, "flights", d -> says(d, "ChecksPassed"));
    assertThat(ready.getStatus().latest().number()).isEqualTo(3);
    Model stale = cluster.await(Model.class, "late", m -> isOn(m, Errand.Kind.EVALUATION));
    assertThat(stale.getStatus().errand().data().reference()).isEqualTo("flights/3");

    RunState training =
        run(cluster.await(TrainingJob.class, "tj", tj -> says(tj, "Unschedulable")));
    cluster.answer(training.job(), Samples.trained(training, 2));
    TrainingJob trained = cluster.await(TrainingJob.class, "tj", tj -> says(tj, "VersionRecorded"));
    assertThat(trained.getStatus().chain().dataset()).isEqualTo("flights/3");
    assertThat(trained.getStatus().chain().model()).isEqualTo("late/2");
    pass(2);
    Model fed = cluster.await(Model.class, "late", m -> m.getStatus().health().size() == 2);
    assertThat(fed.getStatus().newest().number()).isEqualTo(2);
    assertThat(fed.getStatus().versionCount()).isEqualTo(2);
    assertThat(eventsOf("tj")).extracting(Event::getReason).contains("VersionRecorded");
    Dataset pinned = cluster.await(Dataset.class, "flights", d -> d.getStatus().pinned() != null);
    assertThat(pinned.getStatus().pinned()).contains(3);
    cluster.client().resources(TrainingJob.class).inNamespace(namespace).withName("tj").delete();
    cluster.await(
        Dataset.class,
        "flights",
        d -> d.getStatus().pinned() == null || !d.getStatus().pinned().contains(3));
  }

  @Test
  void aScoreTakesInWhatWasThereBeforeItAndWhatCameAfter() {
    String namespace = cluster.namespace();
    cluster.client().resource(Samples.dataset(namespace, "scored-before")).create();
    cluster.await(Dataset.class, "scored-before", d -> says(d, "Unschedulable"));
    cluster.client().resource(Samples.readiness(namespace, "score")).create();
    cluster.await(ReadinessTest.class, "score", test -> cites(test, 6, "scored-before"));
    cluster.client().resource(Samples.dataset(namespace, "scored-after")).create();
    ReadinessTest both =
        cluster.await(ReadinessTest.class, "score", test -> cites(test, 6, "scored-after"));
    assertThat(cites(both, 6, "scored-before")).isTrue();
    cluster
        .client()
        .resources(Dataset.class)
        .inNamespace(namespace)
        .withName("scored-after")
        .delete();
    cluster.await(ReadinessTest.class, "score", test -> !cites(test, 6, "scored-after"));
  }

  private static boolean cites(ReadinessTest test, int point, String name) {
    return test.getStatus() != null
        && test.getStatus().points() != null
        && test.getStatus().points().get(point - 1).evidence().get(0).contains(name);
  }

  @Test
  void theCheckOfAnInstallationPassesWhereTheOperatorLooks() {
    assertThat(InstallationCheck.isSeenTo(cluster.client(), cluster.namespace())).isTrue();
  }

  @Test
  void aTurnOfTheScheduleBeginsByItselfAndKeepsTheVersionReady() {
    Dataset dataset = Samples.dataset(cluster.namespace(), "nightly");
    dataset.setSpec(
        Samples.withRefresh(
            dataset.getSpec(), new DatasetSpec.Refresh("* * * * *", "Europe/Vienna", null)));
    cluster.client().resource(dataset).create();
    RunState first = run(cluster.await(Dataset.class, "nightly", d -> says(d, "Unschedulable")));
    cluster.answer(first.job(), Samples.snapshot(first, 1));
    cluster.await(Dataset.class, "nightly", d -> says(d, "ChecksPassed"));
    Dataset refreshing =
        cluster.await(Dataset.class, "nightly", d -> !run(d).uid().equals(first.uid()));
    assertThat(refreshing.getStatus().phase()).isEqualTo("Refreshing");
    assertThat(refreshing.getStatus().refresh().trigger())
        .isEqualTo(DatasetStatus.RefreshTrigger.SCHEDULE);
    assertThat(says(refreshing, "ChecksPassed")).isTrue();
    cluster.answer(run(refreshing).job(), Samples.snapshot(run(refreshing), 2));
    Dataset done =
        cluster.await(Dataset.class, "nightly", d -> d.getStatus().latest().number() == 2);
    assertThat(done.getStatus().refresh().lastAt()).isBeforeOrEqualTo(run(refreshing).startedAt());
  }

  @Test
  void aJobThatIsDeletedIsAnAttemptLost() {
    cluster.client().resource(Samples.dataset(cluster.namespace(), "unlucky")).create();
    RunState first = run(cluster.await(Dataset.class, "unlucky", d -> says(d, "Unschedulable")));
    cluster
        .client()
        .batch()
        .v1()
        .jobs()
        .inNamespace(cluster.namespace())
        .withName(first.job())
        .delete();
    cluster.await(Dataset.class, "unlucky", d -> says(d, "JobDeleted"));
    Dataset again =
        cluster.await(
            Dataset.class, "unlucky", d -> run(d).attempt() == 2 && run(d).finishedAt() == null);
    assertThat(run(again).losses()).isEqualTo(1);
    cluster.answer(run(again).job(), Samples.snapshot(run(again), 1));
    cluster.await(Dataset.class, "unlucky", d -> says(d, "ChecksPassed"));
  }

  @Test
  void aPodThatFailsIsAnAttemptLostAndAFinishedRunIsNotRepeated() {
    cluster.client().resource(Samples.dataset(cluster.namespace(), "shaky")).create();
    RunState first = run(cluster.await(Dataset.class, "shaky", d -> says(d, "Unschedulable")));
    cluster.endPod(first.job(), 137, "");
    Dataset again =
        cluster.await(
            Dataset.class, "shaky", d -> run(d).attempt() == 2 && run(d).finishedAt() == null);
    cluster.answer(run(again).job(), Samples.refusal(run(again), 1));
    Dataset refused = cluster.await(Dataset.class, "shaky", d -> says(d, "ChecksFailed"));
    assertThat(refused.getStatus().latest()).isNull();
    assertThat(refused.getStatus().refused().number()).isEqualTo(1);

    cluster
        .client()
        .resources(Job.class)
        .inNamespace(cluster.namespace())
        .withName(run(again).job())
        .delete();
    refresh("shaky");
    Dataset refreshed =
        cluster.await(Dataset.class, "shaky", d -> !run(d).uid().equals(run(refused).uid()));
    assertThat(run(refreshed).attempt()).isEqualTo(1);
    assertThat(refreshed.getStatus().refused().number()).isEqualTo(1);
  }

  /** As when a leader has lost its lease and does not know it yet. */
  @Test
  void twoOperatorsHaveOneRunBetweenThem() {
    try (RunningOperator other = cluster.startOperator()) {
      assertThat(other.operator().isReady()).isTrue();
      cluster.client().resource(Samples.dataset(cluster.namespace(), "shared")).create();
      RunState first = run(cluster.await(Dataset.class, "shared", d -> says(d, "Unschedulable")));
      assertThat(jobsOf("shared")).containsExactly(first.job());
      cluster.answer(first.job(), Samples.snapshot(first, 1));
      cluster.await(Dataset.class, "shared", d -> says(d, "ChecksPassed"));
      refresh("shared");
      RunState second =
          run(
              cluster.await(
                  Dataset.class,
                  "shared",
                  d -> !run(d).uid().equals(first.uid()) && says(d, "Unschedulable")));
      cluster.answer(second.job(), Samples.snapshot(second, 2));
      Dataset done =
          cluster.await(Dataset.class, "shared", d -> d.getStatus().latest().number() == 2);

      assertThat(jobsOf("shared")).isSubsetOf(first.job(), second.job());
      assertThat(run(done).attempt()).isEqualTo(1);
      assertThat(run(done).losses()).isZero();
    }
  }

  @Test
  void whatTheApiServerRefusesIsSaid() {
    Dataset dataset = Samples.dataset(cluster.namespace(), "greedy");
    dataset.setSpec(
        Samples.withResources(
            dataset.getSpec(),
            new WorkerResources(Map.of("memory", "2Gi"), Map.of("memory", "1Gi"))));
    cluster.client().resource(dataset).create();
    Dataset stalled = cluster.await(Dataset.class, "greedy", d -> says(d, "JobInvalid"));
    assertThat(stalled.getStatus().conditions())
        .filteredOn(condition -> condition.type().equals("Stalled"))
        .allMatch(condition -> condition.message().contains("memory"));
    assertThat(run(stalled).retryAt()).isNull();
  }

  /** Others' objects, which may be many and large, are none of its business, nor of its memory. */
  @Test
  void onlyWhatCarriesOurLabelsIsWatched() {
    Set<Watched.Collection> foreign =
        cluster.watched().seen().stream()
            .filter(collection -> !collection.resource().endsWith("." + Firstday.GROUP))
            .collect(Collectors.toSet());
    assertThat(foreign)
        .extracting(Watched.Collection::resource)
        .contains("pods.", "configmaps.", "services.", "jobs.batch", "deployments.apps");
    assertThat(foreign)
        .allSatisfy(
            collection ->
                assertThat(collection.selector())
                    .as(collection.resource())
                    .containsAnyOf(Labels.SELECTOR, Labels.RUN + "="));
  }

  private static void refresh(String dataset) {
    cluster.patch(
        Dataset.class,
        dataset,
        Map.of("metadata", Map.of("annotations", Map.of(Firstday.REFRESH_ANNOTATION, "1"))));
  }

  private static List<String> jobsOf(String dataset) {
    return cluster
        .client()
        .batch()
        .v1()
        .jobs()
        .inNamespace(cluster.namespace())
        .withLabel("firstday.dev/name", dataset)
        .list()
        .getItems()
        .stream()
        .map(job -> job.getMetadata().getName())
        .toList();
  }

  private static boolean says(CustomResource<?, ? extends ResourceStatus> resource, String reason) {
    return resource.getStatus() != null
        && resource.getStatus().conditions() != null
        && resource.getStatus().conditions().get(0).reason().equals(reason);
  }

  private static boolean isOn(Model model, Errand.Kind errand) {
    return model.getStatus().errand().kind() == errand
        && run(model).finishedAt() == null
        && run(model).job() != null;
  }

  /** The inspection that is under way finds nothing wrong with the version. */
  private static void pass(int number) {
    Model inspected =
        cluster.await(
            Model.class,
            "late",
            m ->
                isOn(m, Errand.Kind.INSPECTION)
                    && m.getStatus().errand().versions().get(0).number() == number);
    cluster.answer(
        run(inspected).job(),
        Samples.sound(run(inspected).uid(), inspected.getStatus().errand().versions()));
  }

  private static RunState run(CustomResource<?, ? extends ResourceStatus> resource) {
    ResourceStatus status = resource.getStatus();
    if (status instanceof DatasetStatus dataset) {
      return dataset.run();
    }
    if (status instanceof TrainingJobStatus training) {
      return training.run();
    }
    return status instanceof ModelStatus model ? model.run() : null;
  }

  private static List<Event> eventsOf(String name) {
    return cluster
        .client()
        .v1()
        .events()
        .inNamespace(cluster.namespace())
        .list()
        .getItems()
        .stream()
        .filter(event -> event.getInvolvedObject().getName().equals(name))
        .toList();
  }
}
