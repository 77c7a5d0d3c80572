package dev.firstday.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** Many resources that have nothing to do, and an operator that is started anew. */
@EnabledIfEnvironmentVariable(
    named = "KUBECONFIG",
    matches = ".+",
    disabledReason = "needs a cluster: set KUBECONFIG")
class ScaleTest {
  /** The benchmark asks for more of both, and for an operator that looks after all namespaces. */
  private static final int RESOURCES_A_KIND = Integer.getInteger("scale.resources", 20);

  private static final int NAMESPACES = Integer.getInteger("scale.namespaces", 2);
  private static final boolean EVERYWHERE = Boolean.getBoolean("scale.everywhere");

  /** As in the image, but for the size of the heap. */
  private static final List<String> JVM =
      List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+ExitOnOutOfMemoryError");

  private static final int NEW = 5;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir Path folder;

  @Test
  void aRestartIsQuickWritesNothingAndKeepsNobodyNewWaiting()
      throws IOException, InterruptedException {
    try (TestCluster cluster = new TestCluster();
        Crowd crowd = Crowd.of(cluster, RESOURCES_A_KIND, NAMESPACES, EVERYWHERE)) {
      long began = System.nanoTime();
      crowd.settle(folder.resolve("first"));
      System.out.printf("settled in %d ms%n", millisSince(began));
      reconcileAll(cluster, crowd);
      actOnNewOnes(cluster, crowd);
    }
  }

  private void reconcileAll(TestCluster cluster, Crowd crowd)
      throws IOException, InterruptedException {
    long before = crowd.changes();
    try (Witness witness = new Witness(cluster.client(), Set.copyOf(crowd.namespaces()))) {
      long started = System.nanoTime();
      try (OperatorProcess restarted =
          crowd.start("127.0.97.5", folder.resolve("restarted"), JVM)) {
        Duration took = Duration.ofNanos(Passes.awaitEnd(restarted, crowd.size()) - started);
        System.out.printf(
            "restart: %d resources reconciled in %d ms, %d changes asked for, %d bytes of heap live%n",
            crowd.size(), took.toMillis(), crowd.changes() - before, restarted.liveHeapBytes());
        restarted.stop();
      }
      assertThat(witness.writes()).isEmpty();
    }
  }

  /** As soon as the operator has begun, so that all others are to be looked at before. */
  private void actOnNewOnes(TestCluster cluster, Crowd crowd)
      throws IOException, InterruptedException {
    try (Witness witness = new Witness(cluster.client(), Set.copyOf(crowd.namespaces()));
        OperatorProcess restarted = crowd.start("127.0.97.6", folder.resolve("again"), JVM)) {
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(10))
          .until(() -> OperatorProcess.isLed(cluster));
      List<Long> waits = new ArrayList<>();
      List<Long> done = new ArrayList<>();
      for (int i = 0; i < NEW; i++) {
        done.add(Passes.count(restarted));
        String name = "new-" + i;
        long created = System.nanoTime();
        cluster.client().resource(Samples.dataset(crowd.namespace(i), name)).create();
        await()
            .atMost(PATIENCE)
            .pollInterval(Duration.ofMillis(10))
            .until(() -> witness.jobMadeFor(name) != null);
        waits.add(Duration.ofNanos(witness.jobMadeFor(name) - created).toMillis());
      }
      System.out.printf(
          "meanwhile: new resources acted on after %s ms, made when %s of %d passes were done%n",
          waits, done, crowd.size());
      Passes.awaitEnd(restarted, crowd.size());
      // a ReadinessTest scores whatever comes into its namespace
      assertThat(witness.writes())
          .allSatisfy(write -> assertThat(write).containsAnyOf(" new-", " ReadinessTest "));
      restarted.stop();
    }
  }

  private static long millisSince(long began) {
    return Duration.ofNanos(System.nanoTime() - began).toMillis();
  }
}
