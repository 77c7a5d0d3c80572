package dev.firstday.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.firstday.api.Dataset;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/**
 * The leader goes: killed in the middle of its work, so that it cannot give its Lease back, or told
 * to.
 */
@EnabledIfEnvironmentVariable(
    named = "KUBECONFIG",
    matches = ".+",
    disabledReason = "needs a cluster: set KUBECONFIG")
class FailOverTest {
  private static final int DATASETS = 20;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** Beyond the lease, on a machine that is busy; the goal of the benchmark is less. */
  private static final Duration SLACK = Duration.ofSeconds(30);

  @TempDir Path folder;

  @Test
  void theOtherGoesOnWhereTheFirstWasCutOff() throws IOException, InterruptedException {
    try (TestCluster cluster = new TestCluster();
        OperatorProcess leader =
            OperatorProcess.start(cluster.namespace(), "127.0.97.2", folder.resolve("leader"))) {
      await().atMost(PATIENCE).until(() -> OperatorProcess.isLed(cluster));
      await().atMost(PATIENCE).until(leader::isReady);
      try (OperatorProcess other =
              OperatorProcess.start(cluster.namespace(), "127.0.97.3", folder.resolve("other"));
          Made jobs = Made.of(cluster)) {
        await().atMost(PATIENCE).until(other::isReady);
        IntStream.range(0, DATASETS).forEach(i -> create(cluster, "dataset-" + i));
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(jobs::hasSome);
        leader.process().destroyForcibly().waitFor();
        long killed = System.nanoTime();
        int before = jobs.owners().size();
        create(cluster, "new");
        await()
            .atMost(PATIENCE)
            .pollInterval(Duration.ofMillis(50))
            .until(() -> isActedOn(cluster, "new"));
        Duration took = Duration.ofNanos(System.nanoTime() - killed);
        await()
            .atMost(PATIENCE)
            .until(
                () ->
                    IntStream.range(0, DATASETS).allMatch(i -> isActedOn(cluster, "dataset-" + i)));
        int lease = OperatorProcess.lease(cluster).getSpec().getLeaseDurationSeconds();
        System.out.printf(
            "fail-over: %d ms, of a lease of %d s; %d jobs before, %d in all for %d resources%n",
            took.toMillis(), lease, before, jobs.owners().size(), DATASETS + 1);
        assertThat(jobs.owners()).hasSize(DATASETS + 1).doesNotHaveDuplicates();
        assertThat(took).isLessThan(Duration.ofSeconds(lease).plus(SLACK));
      }
    }
  }

  @Test
  void aLeaderThatIsToldToEndGivesItsLeaseBack() throws IOException, InterruptedException {
    try (TestCluster cluster = new TestCluster();
        OperatorProcess leader =
            OperatorProcess.start(cluster.namespace(), "127.0.97.4", folder.resolve("leader"))) {
      await().atMost(PATIENCE).until(() -> OperatorProcess.isLed(cluster));
      leader.stop();
      assertThat(OperatorProcess.isLed(cluster)).isFalse();
    }
  }

  private static void create(TestCluster cluster, String name) {
    cluster.client().resource(Samples.dataset(cluster.namespace(), name)).create();
  }

  private static boolean isActedOn(TestCluster cluster, String name) {
    Dataset dataset =
        cluster
            .client()
            .resources(Dataset.class)
            .inNamespace(cluster.namespace())
            .withName(name)
            .get();
    return dataset.getStatus() != null && dataset.getStatus().run() != null;
  }

  /** Every Job that anybody makes, though it be deleted at once: the name of its owner. */
  private record Made(List<String> owners, Watch watch) implements AutoCloseable {
    static Made of(TestCluster cluster) {
      List<String> owners = new CopyOnWriteArrayList<>();
      Watcher<Job> watcher =
          new Watcher<>() {
            @Override
            public void eventReceived(Action action, Job job) {
              if (action == Action.ADDED) {
                owners.add(job.getMetadata().getOwnerReferences().get(0).getName());
              }
            }

            @Override
            public void onClose(WatcherException cause) {
              owners.add("the watch broke: " + cause);
            }
          };
      var jobs = cluster.client().batch().v1().jobs().inNamespace(cluster.namespace());
      ListOptions since =
          new ListOptionsBuilder()
              .withResourceVersion(jobs.list().getMetadata().getResourceVersion())
              .build();
      return new Made(owners, jobs.watch(since, watcher));
    }

    boolean hasSome() {
      return !owners.isEmpty();
    }

    @Override
    public void close() {
      watch.close();
    }
  }
}
