package dev.firstday.operator.readiness;

import dev.firstday.api.Dataset;
import dev.firstday.api.RunState;
import java.time.Duration;
import java.util.List;

/**
 * Points 1 to 5: what people ask of data, and how data come in. Firstday has no kind for queries
 * that people read, nor for events, so that none of these can pass as yet; what it has is the
 * transform of a Dataset.
 */
final class AnalyticsPoints {
  private static final Duration BUDGET = Duration.ofMinutes(10);

  private AnalyticsPoints() {}

  static List<Finding> versionedAndTested(Tally<Dataset> datasets) {
    return List.of(
        datasets.of(
            "transforms with tests (spec.tests)",
            DatasetPoint::isTested,
            "give Dataset %s spec.tests: rows in, and the rows that its transform makes of them"),
        datasets.of(
            "transforms whose result is checked (spec.checks, spec.dqdl)",
            DatasetPoint::isChecked,
            "give Dataset %s spec.checks: what must be true of its rows"),
        datasets.of(
            "transforms that run by themselves (spec.refresh)",
            DatasetPoint::isRefreshed,
            "give Dataset %s spec.refresh, so that it is run and checked again"),
        Finding.missing(
            "queries that people read: this release of Firstday runs none",
            "what people read can be the transform of a Dataset until there is a kind for it"));
  }

  static List<Finding> fast(Tally<Dataset> datasets) {
    return List.of(
        datasets.of(
            "a last run of less than 10 minutes",
            dataset -> took(dataset) != null && took(dataset).compareTo(BUDGET) < 0,
            dataset -> took(dataset).toSeconds() + " s",
            "see what keeps Dataset %s: its transform may read less, or its pod get more cpu (spec.resources)"),
        Finding.missing(
            "queries that people read: this release of Firstday times none",
            "time them where they run, and keep each below 10 minutes"));
  }

  static List<Finding> normalisedData() {
    return List.of(
        Finding.missing(
            "queries on normalised data: this release of Firstday looks for none",
            "see which queries of your warehouse join many tables, and give their readers one wide table"));
  }

  static List<Finding> workByHand() {
    return List.of(
        Finding.missing(
            "results that people work through by hand: this release of Firstday records none",
            "ask who works through which report, and learn first what costs most hours"));
  }

  static List<Finding> ingestion(Tally<Dataset> datasets) {
    return List.of(
        datasets.of(
            "new files are found, whoever wrote them (spec.refresh)",
            DatasetPoint::isRefreshed,
            "give Dataset %s spec.refresh, so that whoever writes its files need not know of it"),
        Finding.missing(
            "events: this release of Firstday takes none in",
            "have a broker's sink (Kafka Connect's S3 sink, for one) write the files that a Dataset reads"));
  }

  /** How long the last run that ended took; null: none has. */
  private static Duration took(Dataset dataset) {
    RunState run = dataset.getStatus() == null ? null : dataset.getStatus().run();
    return run == null || run.startedAt() == null || run.finishedAt() == null
        ? null
        : Duration.between(run.startedAt(), run.finishedAt());
  }
}
