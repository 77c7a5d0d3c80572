package dev.firstday.trainer.snapshot;

import dev.firstday.api.DatasetSpec;
import dev.firstday.api.DatasetStatus;
import dev.firstday.sdk.data.DatasetManifest.CheckOutcome;
import java.util.List;
import java.util.Locale;

/** The outcomes of checks in the words of a status. */
final class CheckReport {
  private CheckReport() {}

  static DatasetStatus.Checks of(List<CheckOutcome> outcomes) {
    List<CheckOutcome> failed = outcomes.stream().filter(o -> !o.passed()).toList();
    int passed = outcomes.size() - failed.size();
    return new DatasetStatus.Checks(
        passed + "/" + outcomes.size(),
        passed,
        failed.size(),
        failed.stream().map(CheckReport::line).toList());
  }

  private static String line(CheckOutcome outcome) {
    String value =
        outcome.unit() == DatasetSpec.Unit.PERCENT
            ? String.format(Locale.ROOT, "%.3f %%", outcome.value())
            : Bound.number(outcome.value()) + " rows";
    String line = outcome.name() + ": " + value + ", must be " + outcome.bound();
    return outcome.severity() == DatasetSpec.Severity.WARNING ? line + " (warning)" : line;
  }
}
