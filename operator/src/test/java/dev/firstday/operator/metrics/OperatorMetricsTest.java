package dev.firstday.operator.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.firstday.api.Dataset;
import dev.firstday.api.DatasetCheck.Severity;
import dev.firstday.api.DatasetStatus;
import dev.firstday.api.DatasetStatus.RefreshTrigger;
import dev.firstday.api.DatasetStatus.Verdict;
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
  void checksAreToldByNameAndNeverByVersion() {
    Dataset dataset = Samples.dataset("ns", "flights");
    dataset.setStatus(
        new DatasetStatus(
            1L,
            "Ready",
            null,
            Samples.version(3, false),
            null,
            List.of(),
            new DatasetStatus.Checks(
                "1/2",
                1,
                1,
                0,
                1,
                List.of(),
                3,
                NOW,
                7,
                List.of(
                    outcome("enough", 100.0, 80.0, null, Verdict.PASSED, Severity.ERROR),
                    outcome("drift", 0.3, null, 0.2, Verdict.FAILED, Severity.WARNING),
                    outcome("drift", 0.4, null, 0.2, Verdict.FAILED, Severity.WARNING),
                    outcome("anomaly", null, null, null, Verdict.SKIPPED, null))),
            new DatasetStatus.RefreshState(RefreshTrigger.SCHEDULE, NOW, NOW.plusSeconds(3600), 1L),
            null,
            null,
            null));
    List<Gauge> gauges = ResourceGauges.of(List.of(dataset));
    assertThat(gauges)
        .filteredOn(gauge -> gauge.name().contains("check") || gauge.name().contains("next"))
        .extracting(Gauge::name, Gauge::values, Gauge::value)
        .containsExactly(
            tuple("firstday_dataset_checks", List.of("ns", "flights", "passed"), 1.0),
            tuple("firstday_dataset_checks", List.of("ns", "flights", "failed"), 1.0),
            tuple("firstday_dataset_checks", List.of("ns", "flights", "warning"), 0.0),
            tuple("firstday_dataset_checks", List.of("ns", "flights", "skipped"), 1.0),
            tuple(
                "firstday_dataset_checked_timestamp_seconds",
                List.of("ns", "flights"),
                (double) NOW.getEpochSecond()),
            tuple(
                "firstday_dataset_check_value",
                List.of("ns", "flights", "enough", "unknown", "error"),
                100.0),
            tuple(
                "firstday_dataset_check_bound",
                List.of("ns", "flights", "enough", "unknown", "error", "lower"),
                80.0),
            tuple(
                "firstday_dataset_check_passed",
                List.of("ns", "flights", "enough", "unknown", "error"),
                1.0),
            tuple(
                "firstday_dataset_check_value",
                List.of("ns", "flights", "drift", "drift", "warning"),
                0.3),
            tuple(
                "firstday_dataset_check_bound",
                List.of("ns", "flights", "drift", "drift", "warning", "upper"),
                0.2),
            tuple(
                "firstday_dataset_check_passed",
                List.of("ns", "flights", "drift", "drift", "warning"),
                0.0),
            tuple(
                "firstday_dataset_next_refresh_timestamp_seconds",
                List.of("ns", "flights"),
                (double) NOW.plusSeconds(3600).getEpochSecond()));
    assertThat(gauges).allMatch(gauge -> !gauge.labels().contains("version"));
    assertThat(gauges).allMatch(gauge -> gauge.labels().size() == gauge.values().size());
  }

  private static DatasetStatus.Outcome outcome(
      String name, Double value, Double lower, Double upper, Verdict verdict, Severity severity) {
    return new DatasetStatus.Outcome(
        name, value, null, null, lower, upper, null, verdict, severity, null);
  }

  @Test
  void aResourceThatWasNotSeenYetSaysNothing() {
    assertThat(ResourceGauges.of(List.of(Samples.dataset("ns", "new")))).isEmpty();
  }
}
