package dev.firstday.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.firstday.api.Dataset;
import dev.firstday.api.Model;
import dev.firstday.api.ModelDeployment;
import dev.firstday.api.ReadinessTest;
import dev.firstday.api.ResourceStatus;
import dev.firstday.api.RunState;
import dev.firstday.api.TrainingJob;
import dev.firstday.contract.Run;
import dev.firstday.contract.RunResult;
import dev.firstday.operator.TestCluster.RunningOperator;
import io.fabric8.kubernetes.client.CustomResource;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

@EnabledIfEnvironmentVariable(
    named = "KUBECONFIG",
    matches = ".+",
    disabledReason = "needs a cluster: set KUBECONFIG")
class RestartTest {
  /** The benchmark asks for more. */
  private static final int RESOURCES_A_KIND = Integer.getInteger("restart.resources", 17);

  /** Three Jobs a resource of each kind, of which a cluster makes some ten a second. */
  private static final Duration PATIENCE =
      Duration.ofMinutes(5).plusMillis(600L * RESOURCES_A_KIND);

  @Test
  void aRestartWritesNothing() {
    try (TestCluster cluster = new TestCluster()) {
      String namespace = cluster.namespace();
      FakeKubelet kubelet = new FakeKubelet(cluster.client(), namespace);
      try (RunningOperator first = cluster.startOperator()) {
        assertThat(first.operator().isReady()).isTrue();
        IntStream.range(0, RESOURCES_A_KIND).forEach(i -> create(cluster, i));
        await()
            .atMost(PATIENCE)
            .until(
                () -> {
                  kubelet.answerAll(RestartTest::work);
                  return settled(cluster) == 4 * RESOURCES_A_KIND;
                });
        // and some that wait for a node
        cluster.client().resource(Samples.dataset(namespace, "waiting")).create();
        cluster.client().resource(Samples.readiness(namespace, "score")).create();
        cluster.await(PATIENCE, Dataset.class, "waiting", RestartTest::isUnschedulable);
        cluster.await(PATIENCE, ReadinessTest.class, "score", RestartTest::hasSeenAll);
        assertThat(cluster.writes().seen()).isNotEmpty();
      }
      cluster.writes().forget();
      try (RunningOperator second = cluster.startOperator()) {
        await()
            .atMost(PATIENCE)
            .until(
                () ->
                    passes(second, "dataset") > RESOURCES_A_KIND
                        && passes(second, "trainingjob") >= RESOURCES_A_KIND
                        && passes(second, "model") >= RESOURCES_A_KIND
                        && passes(second, "deployment") >= RESOURCES_A_KIND
                        && passes(second, "readinesstest") >= 1);
        System.out.println("writes after restart: " + cluster.writes().seen().size());
        assertThat(cluster.writes().seen()).isEmpty();
      }
    }
  }

  private static void create(TestCluster cluster, int i) {
    cluster.client().resource(Samples.model(cluster.namespace(), "model-" + i)).create();
    cluster.client().resource(Samples.dataset(cluster.namespace(), "dataset-" + i)).create();
    cluster
        .client()
        .resource(
            Samples.training(cluster.namespace(), "training-" + i, "dataset-" + i, "model-" + i))
        .create();
    cluster.client().resource(Samples.deployment(cluster.namespace(), "deployment-" + i)).create();
  }

  private static RunResult work(Run run) {
    RunState state = new RunState(run.uid(), 1, 0, null, null, null, null, null, null, null);
    if (run instanceof Run.Snapshot) {
      return Samples.snapshot(state, 1);
    }
    if (run instanceof Run.Inspect inspect) {
      return Samples.sound(run.uid(), inspect.versions());
    }
    return run instanceof Run.Train
        ? Samples.trained(state, 1)
        : new RunResult.Inventory(run.uid(), 0, List.of(), List.of());
  }

  private static long settled(TestCluster cluster) {
    return settled(cluster, Dataset.class)
        + settled(cluster, TrainingJob.class)
        + settled(cluster, Model.class)
        + settled(cluster, ModelDeployment.class);
  }

  private static <R extends CustomResource<?, ? extends ResourceStatus>> long settled(
      TestCluster cluster, Class<R> kind) {
    return cluster
        .client()
        .resources(kind)
        .inNamespace(cluster.namespace())
        .list()
        .getItems()
        .stream()
        .filter(RestartTest::isSettled)
        .count();
  }

  private static boolean isSettled(CustomResource<?, ? extends ResourceStatus> resource) {
    // the deployments wait for a model that is not there
    List<String> phases =
        resource instanceof ModelDeployment ? List.of("Pending") : List.of("Ready", "Succeeded");
    return resource.getStatus() != null
        && resource.getStatus().phase() != null
        && phases.contains(resource.getStatus().phase());
  }

  private static boolean isUnschedulable(Dataset dataset) {
    return dataset.getStatus() != null
        && dataset.getStatus().conditions() != null
        && dataset.getStatus().conditions().get(0).reason().equals("Unschedulable");
  }

  /** Until it has, it is still about to write. */
  private static boolean hasSeenAll(ReadinessTest test) {
    return test.getStatus() != null
        && test.getStatus().points() != null
        && test.getStatus().points().get(5).evidence().stream()
            .anyMatch(
                evidence ->
                    evidence.contains(
                        "%d of %d Datasets".formatted(RESOURCES_A_KIND, RESOURCES_A_KIND + 1)))
        && test.getStatus().points().get(7).evidence().stream()
            .anyMatch(
                evidence ->
                    evidence.contains(
                        "%d of %d Models".formatted(RESOURCES_A_KIND, RESOURCES_A_KIND)));
  }

  private static double passes(RunningOperator operator, String controller) {
    return operator
        .operator()
        .metrics()
        .lines()
        .filter(
            line ->
                line.startsWith(
                    "firstday_reconciliations_total{controller=\"%s\"".formatted(controller)))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }
}
