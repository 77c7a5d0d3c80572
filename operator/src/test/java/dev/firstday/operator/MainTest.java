package dev.firstday.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.firstday.contract.OperatorEnvironment;
import dev.firstday.contract.PodEnvironment;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** The program as a pod runs it. */
@EnabledIfEnvironmentVariable(
    named = "KUBECONFIG",
    matches = ".+",
    disabledReason = "needs a cluster: set KUBECONFIG")
class MainTest {
  private static final String LEASE = "firstday";
  private static final int TERMINATED = 128 + 15;

  @TempDir Path folder;

  @Test
  void aLeaderThatIsToldToEndEnds() throws IOException, InterruptedException {
    try (TestCluster cluster = new TestCluster()) {
      Process leader = start(cluster.namespace());
      try {
        await()
            .atMost(Duration.ofMinutes(2))
            .until(
                () -> {
                  Lease lease =
                      cluster
                          .client()
                          .resources(Lease.class)
                          .inNamespace(cluster.namespace())
                          .withName(LEASE)
                          .get();
                  return lease != null && lease.getSpec().getHolderIdentity() != null;
                });
        leader.destroy();
        assertThat(leader.waitFor(2, TimeUnit.MINUTES)).as("ends by itself").isTrue();
        assertThat(leader.exitValue()).isEqualTo(TERMINATED);
      } finally {
        leader.destroyForcibly();
      }
    }
  }

  private Process start(String namespace) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                PodEnvironment.S3_BUCKET, "bucket",
                PodEnvironment.BIND_ADDRESS, "127.0.97.1",
                PodEnvironment.NAMESPACE, namespace,
                OperatorEnvironment.TRAINER_IMAGE, "firstday.invalid/trainer:none",
                OperatorEnvironment.SERVER_IMAGE, "firstday.invalid/server:none",
                OperatorEnvironment.WATCH_NAMESPACES, namespace,
                OperatorEnvironment.LEADER_LEASE, LEASE));
    return builder.start();
  }
}
