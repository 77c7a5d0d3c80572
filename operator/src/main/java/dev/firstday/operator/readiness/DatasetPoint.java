package dev.firstday.operator.readiness;

import dev.firstday.api.Dataset;
import dev.firstday.api.DatasetSpec;
import dev.firstday.api.DatasetStatus;
import dev.firstday.operator.kube.Standing;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Point 6: data sets are versioned and tested, continuously tested and sanity-checked. */
final class DatasetPoint {
  private DatasetPoint() {}

  static List<Finding> findings(Tally<Dataset> datasets) {
    return List.of(
        datasets.of(
            "a version that its checks passed",
            dataset -> latest(dataset) != null,
            dataset -> recorded(latest(dataset)),
            "see why Dataset %s has none: firstday why dataset %<s"),
        datasets.of(
            "tests (spec.tests)",
            DatasetPoint::isTested,
            "give Dataset %s spec.tests: rows in, and the rows that its transform makes of them"),
        datasets.of(
            "sanity checks (spec.checks, spec.dqdl)",
            DatasetPoint::isChecked,
            dataset -> checks(dataset.getStatus()),
            "give Dataset %s spec.checks: what must be true of its rows"),
        datasets.of(
            "checked again on a schedule (spec.refresh.schedule)",
            dataset -> isRefreshed(dataset) && dataset.getSpec().refresh().schedule() != null,
            dataset -> dataset.getSpec().refresh().schedule(),
            "give Dataset %s spec.refresh.schedule, as \"0 4 * * *\""),
        datasets.of(
            "the last look found nothing wrong",
            dataset ->
                dataset.getStatus() != null
                    && dataset.getStatus().holds(Standing.READY)
                    && !dataset.getStatus().holds(Standing.STALLED),
            "see what is wrong with Dataset %s: firstday why dataset %<s"));
  }

  static boolean isTested(Dataset dataset) {
    return isGiven(dataset.getSpec().tests());
  }

  static boolean isChecked(Dataset dataset) {
    DatasetSpec spec = dataset.getSpec();
    return isGiven(spec.checks()) || spec.dqdl() != null;
  }

  static boolean isRefreshed(Dataset dataset) {
    return dataset.getSpec().refresh() != null;
  }

  private static boolean isGiven(List<?> list) {
    return list != null && !list.isEmpty();
  }

  private static DatasetStatus.Version latest(Dataset dataset) {
    return dataset.getStatus() == null ? null : dataset.getStatus().latest();
  }

  private static String recorded(DatasetStatus.Version version) {
    return "version %d%s"
        .formatted(
            version.number(),
            version.recordedAt() == null
                ? ""
                : " of " + version.recordedAt().truncatedTo(ChronoUnit.SECONDS));
  }

  private static String checks(DatasetStatus status) {
    return status == null || status.checks() == null || status.checks().summary() == null
        ? ""
        : status.checks().summary() + " passed";
  }
}
