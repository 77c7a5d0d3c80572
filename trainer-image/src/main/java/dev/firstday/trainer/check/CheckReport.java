package dev.firstday.trainer.check;

import dev.firstday.api.DatasetCheck;
import dev.firstday.api.DatasetStatus;
import dev.firstday.api.DatasetStatus.Verdict;
import dev.firstday.sdk.data.CheckOutcome;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** The outcomes of checks in the words of a status. */
public final class CheckReport {
  private CheckReport() {}

  /**
   * @param version the version looked at
   * @param result number of the record with all details
   */
  public static DatasetStatus.Checks of(
      List<CheckOutcome> outcomes, Integer version, Integer result, Instant checkedAt) {
    int passed = count(outcomes, Verdict.PASSED);
    int skipped = count(outcomes, Verdict.SKIPPED);
    int refusing = (int) outcomes.stream().filter(CheckOutcome::refuses).count();
    return new DatasetStatus.Checks(
        passed + "/" + (outcomes.size() - skipped),
        passed,
        refusing,
        outcomes.size() - passed - skipped - refusing,
        skipped,
        outcomes.stream()
            .filter(outcome -> outcome.verdict() == Verdict.FAILED)
            .map(CheckReport::line)
            .toList(),
        version,
        checkedAt,
        result,
        outcomes.stream().map(CheckReport::outcome).toList());
  }

  private static int count(List<CheckOutcome> outcomes, Verdict verdict) {
    return (int) outcomes.stream().filter(outcome -> outcome.verdict() == verdict).count();
  }

  private static DatasetStatus.Outcome outcome(CheckOutcome outcome) {
    return new DatasetStatus.Outcome(
        outcome.name(),
        outcome.value(),
        outcome.unit(),
        outcome.bound(),
        outcome.lower(),
        outcome.upper(),
        outcome.verdict(),
        outcome.severity());
  }

  private static String line(CheckOutcome outcome) {
    String value =
        outcome.unit() == DatasetCheck.Unit.PERCENT
            ? String.format(Locale.ROOT, "%.3f %%", outcome.value())
            : Bound.number(outcome.value()) + " rows";
    String line = outcome.name() + ": " + value + ", must be " + outcome.bound();
    return outcome.severity() == DatasetCheck.Severity.WARNING ? line + " (warning)" : line;
  }
}
