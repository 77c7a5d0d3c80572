package dev.firstday.operator.metrics;

import dev.firstday.api.Dataset;
import dev.firstday.api.DatasetCheck.Severity;
import dev.firstday.api.DatasetStatus;
import dev.firstday.api.DatasetStatus.Checks;
import dev.firstday.api.DatasetStatus.Outcome;
import dev.firstday.api.DatasetStatus.Verdict;
import dev.firstday.operator.metrics.Subject.Label;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a data set's status says. A version is a value, never a label: each would be a new series.
 */
final class DatasetGauges {
  private DatasetGauges() {}

  static void tell(Subject subject, Dataset dataset) {
    DatasetStatus status = dataset.getStatus();
    if (status.latest() != null) {
      latest(subject, status.latest());
    }
    if (status.checks() != null) {
      checks(subject, status.checks(), new CheckMetrics(dataset.getSpec()));
    }
    if (status.refresh() != null) {
      subject.tell(
          "firstday_dataset_next_refresh_timestamp_seconds",
          "When the next turn of the refresh is.",
          status.refresh().nextAt());
    }
  }

  private static void latest(Subject subject, DatasetStatus.Version latest) {
    subject.tell(
        "firstday_dataset_latest_version",
        "Number of the latest version that passed its checks.",
        latest.number());
    rows(subject, "train", latest.trainRows());
    rows(subject, "validation", latest.validationRows());
    rows(subject, "test", latest.testRows());
    subject.tell(
        "firstday_dataset_recorded_timestamp_seconds",
        "When the latest version was recorded.",
        latest.recordedAt());
  }

  private static void rows(Subject subject, String split, Long rows) {
    subject.tell(
        "firstday_dataset_rows",
        "Rows of the latest version by split.",
        rows,
        new Label("split", split));
  }

  private static void checks(Subject subject, Checks checks, CheckMetrics metrics) {
    state(subject, "passed", checks.passed());
    state(subject, "failed", checks.failed());
    state(subject, "warning", checks.warnings());
    state(subject, "skipped", checks.skipped());
    subject.tell(
        "firstday_dataset_checked_timestamp_seconds", "When checks last ran.", checks.checkedAt());
    // a series that is there twice spoils the whole scrape
    Set<String> told = new HashSet<>();
    List<Outcome> outcomes = checks.outcomes() == null ? List.of() : checks.outcomes();
    outcomes.stream()
        .filter(outcome -> outcome.name() != null && told.add(outcome.name()))
        .forEach(outcome -> outcome(subject, outcome, metrics.of(outcome.name())));
  }

  private static void state(Subject subject, String state, Integer count) {
    subject.tell(
        "firstday_dataset_checks",
        "How many checks of the last run came to what.",
        count,
        new Label("state", state));
  }

  private static void outcome(Subject subject, Outcome outcome, String metric) {
    Severity severity = outcome.severity() == null ? Severity.ERROR : outcome.severity();
    List<Label> labels =
        List.of(
            new Label("check", outcome.name()),
            new Label("metric", metric),
            new Label("severity", severity.name().toLowerCase(Locale.ROOT)));
    subject.tell(
        "firstday_dataset_check_value",
        "What the check measured, in its unit.",
        outcome.value(),
        labels.toArray(Label[]::new));
    bound(subject, outcome.lower(), labels, "lower");
    bound(subject, outcome.upper(), labels, "upper");
    if (outcome.verdict() == Verdict.PASSED || outcome.verdict() == Verdict.FAILED) {
      subject.tell(
          "firstday_dataset_check_passed",
          "1 when the check passed, 0 when it failed.",
          outcome.verdict() == Verdict.PASSED ? 1 : 0,
          labels.toArray(Label[]::new));
    }
  }

  private static void bound(Subject subject, Double value, List<Label> labels, String bound) {
    subject.tell(
        "firstday_dataset_check_bound",
        "The least and the greatest value that pass.",
        value,
        Stream.concat(labels.stream(), Stream.of(new Label("bound", bound))).toArray(Label[]::new));
  }
}
