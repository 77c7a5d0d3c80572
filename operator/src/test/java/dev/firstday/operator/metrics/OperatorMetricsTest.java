package dev.firstday.operator.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.firstday.api.Dataset;
import dev.firstday.api.RunState;
import dev.firstday.operator.Samples;
import dev.firstday.operator.kube.Standing;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class OperatorMetricsTest {
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  @Test
  void aStatusIsToldInNumbers() {
    Dataset dataset = Samples.dataset("ns", "flights");
    dataset.setStatus(
        Samples.datasetStatus(
            1L,
            "Snapshotting",
            Standing.reconciling("Running", "pod runs").conditions(null, 1L, NOW),
            Samples.version(3, false),
            null,
            List.of(),
            null,
            new RunState("uid", 2, 1, "job", NOW, null, null, null, null, null)));
    assertThat(ResourceGauges.of(List.of(dataset)))
        .extracting(Gauge::name, Gauge::values, Gauge::value)
        .contains(
            tuple(
                "firstday_resource_condition",
                List.of("Dataset", "ns", "flights", "Reconciling", "True"),
                1.0),
            tuple("firstday_dataset_latest_version", List.of("ns", "flights"), 3.0),
            tuple("firstday_dataset_rows", List.of("ns", "flights", "train"), 80.0),
            tuple("firstday_run_attempts", List.of("ns", "flights", "Dataset"), 2.0),
            tuple(
                "firstday_run_started_timestamp_seconds",
                List.of("ns", "flights", "Dataset"),
                (double) NOW.getEpochSecond()));
  }

  @Test
  void aResourceThatWasNotSeenYetSaysNothing() {
    assertThat(ResourceGauges.of(List.of(Samples.dataset("ns", "new")))).isEmpty();
  }
}
