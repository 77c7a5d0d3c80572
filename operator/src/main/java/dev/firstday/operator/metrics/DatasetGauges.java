package dev.firstday.operator.metrics;

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

/**
 * What a data set's status says. A version is a value, never a label: each would be a new series.
 */
final class DatasetGauges {
  private DatasetGauges() {}

  static void tell(Subject subject, DatasetStatus status) {
    if (status.latest() != null) {
      latest(subject, status.latest());
    }
    if (status.checks() != null) {
      checks(subject, status.checks());
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

  private static void checks(Subject subject, Checks checks) {
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
        .forEach(outcome -> outcome(subject, outcome));
  }

  private static void state(Subject subject, String state, Integer count) {
    subject.tell(
        "firstday_dataset_checks",
        "How many checks of the last run came to what.",
        count,
        new Label("state", state));
  }

  private static void outcome(Subject subject, Outcome outcome) {
    Severity severity = outcome.severity() == null ? Severity.ERROR : outcome.severity();
    Label check = new Label("check", outcome.name());
    Label weight = new Label("severity", severity.name().toLowerCase(Locale.ROOT));
    subject.tell(
        "firstday_dataset_check_value",
        "What the check measured, in its unit.",
        outcome.value(),
        check,
        weight);
    bound(subject, outcome.lower(), check, weight, "lower");
    bound(subject, outcome.upper(), check, weight, "upper");
    if (outcome.verdict() == Verdict.PASSED || outcome.verdict() == Verdict.FAILED) {
      subject.tell(
          "firstday_dataset_check_passed",
          "1 when the check passed, 0 when it failed.",
          outcome.verdict() == Verdict.PASSED ? 1 : 0,
          check,
          weight);
    }
  }

  private static void bound(
      Subject subject, Double value, Label check, Label severity, String bound) {
    subject.tell(
        "firstday_dataset_check_bound",
        "The least and the greatest value that pass.",
        value,
        check,
        severity,
        new Label("bound", bound));
  }
}
