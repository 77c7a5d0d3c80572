package dev.firstday.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
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
  private static final int TERMINATED = 128 + 15;

  @TempDir Path folder;

  @Test
  void aLeaderThatIsToldToEndEnds() throws IOException, InterruptedException {
    try (TestCluster cluster = new TestCluster();
        OperatorProcess leader =
            OperatorProcess.start(cluster.namespace(), "127.0.97.1", folder.resolve("log"))) {
      await().atMost(Duration.ofMinutes(2)).until(() -> OperatorProcess.isLed(cluster));
      leader.process().destroy();
      assertThat(leader.process().waitFor(2, TimeUnit.MINUTES)).as("ends by itself").isTrue();
      assertThat(leader.process().exitValue()).isEqualTo(TERMINATED);
    }
  }
}
