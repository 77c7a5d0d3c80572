package dev.firstday.trainer.check;

import dev.firstday.api.DatasetCheck;
import dev.firstday.api.DatasetStatus;
import dev.firstday.api.DatasetStatus.Verdict;
import dev.firstday.sdk.data.CheckOutcome;
import java.math.BigDecimal;
import java.math.MathContext;
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
        outcome.threshold(),
        outcome.verdict(),
        outcome.severity(),
        outcome.verdict() == Verdict.SKIPPED ? outcome.note() : null);
  }

  private static String line(CheckOutcome outcome) {
    StringBuilder line = new StringBuilder(outcome.name()).append(": ");
    line.append(outcome.value() == null ? nothing(outcome) : value(outcome));
    line.append(", must be ").append(outcome.bound());
    if (outcome.threshold() != null) {
      line.append(", and ").append(number(outcome.threshold())).append(" by chance");
    }
    return outcome.severity() == DatasetCheck.Severity.WARNING ? line + " (warning)" : line + "";
  }

  private static String nothing(CheckOutcome outcome) {
    return outcome.note() == null ? "no value" : outcome.note();
  }

  private static String value(CheckOutcome outcome) {
    double value = outcome.value();
    if (outcome.unit() == null) {
      return number(value);
    }
    return switch (outcome.unit()) {
      case PERCENT -> String.format(Locale.ROOT, "%.3f %%", value);
      case ROWS -> Bound.number(value) + (value == 1 ? " row" : " rows");
      case SECONDS, MINUTES, HOURS, DAYS -> {
        String unit = CheckShape.word(outcome.unit());
        yield number(value) + " " + (value == 1 ? unit.substring(0, unit.length() - 1) : unit);
      }
    };
  }

  /** Six digits tell enough, and whole numbers all. */
  private static String number(double value) {
    return value == Math.rint(value)
        ? Bound.number(value)
        : new BigDecimal(value).round(new MathContext(6)).stripTrailingZeros().toPlainString();
  }
}
