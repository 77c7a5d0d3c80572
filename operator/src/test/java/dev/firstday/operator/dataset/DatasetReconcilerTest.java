package dev.firstday.operator.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.Dataset;
import dev.firstday.api.DatasetStatus;
import dev.firstday.contract.RunResult;
import dev.firstday.operator.Samples;
import dev.firstday.operator.TestCluster;
import dev.firstday.operator.TestCluster.RunningOperator;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

@EnabledIfEnvironmentVariable(
    named = "KUBECONFIG",
    matches = ".+",
    disabledReason = "needs a cluster: set KUBECONFIG")
class DatasetReconcilerTest {
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
  void anAnswerBecomesTheLatestVersion() {
    cluster.client().resource(Samples.dataset(cluster.namespace(), "good")).create();
    Dataset pending =
        cluster.await(
            Dataset.class,
            "good",
            d -> d.getStatus().run() != null && reason(d).equals("Unschedulable"));
    cluster.answer(
        pending.getStatus().run().job(),
        new RunResult.Snapshot(
            pending.getStatus().run().uid(),
            new DatasetStatus.Version(
                1, "ab".repeat(32), 100L, 80L, 20L, false, Instant.parse("2026-01-01T00:00:00Z")),
            new DatasetStatus.Checks("1/1", 1, 0, List.of())));

    Dataset ready =
        cluster.await(Dataset.class, "good", d -> "Ready".equals(d.getStatus().phase()));
    assertThat(ready.getStatus().latest().number()).isEqualTo(1);
    assertThat(
            cluster
                .client()
                .resources(Job.class)
                .inNamespace(cluster.namespace())
                .list()
                .getItems())
        .extracting(job -> job.getMetadata().getName())
        .contains(ready.getStatus().run().job());
  }

  private static String reason(Dataset dataset) {
    return dataset.getStatus().conditions().get(0).reason();
  }
}
