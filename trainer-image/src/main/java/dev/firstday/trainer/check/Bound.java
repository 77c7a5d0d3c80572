package dev.firstday.trainer.check;

import dev.firstday.api.DatasetCheck;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.DoublePredicate;

/**
 * What a check's value must be.
 *
 * @param words to follow "must be"
 * @param lower the least value that holds; null when there is none, or it is not alone
 * @param upper the greatest value that holds; likewise
 */
record Bound(String words, Double lower, Double upper, DoublePredicate holds) {

  /** The one operator that a check has. */
  static Bound of(DatasetCheck check) {
    if (check.mustBe() != null) {
      double bound = check.mustBe();
      return new Bound(number(bound), bound, bound, value -> value == bound);
    }
    if (check.mustNotBe() != null) {
      double bound = check.mustNotBe();
      return new Bound("other than " + number(bound), null, null, value -> value != bound);
    }
    if (check.mustBeGreaterThan() != null) {
      double bound = check.mustBeGreaterThan();
      return new Bound("> " + number(bound), bound, null, value -> value > bound);
    }
    if (check.mustBeGreaterOrEqualTo() != null) {
      double bound = check.mustBeGreaterOrEqualTo();
      return new Bound(">= " + number(bound), bound, null, value -> value >= bound);
    }
    if (check.mustBeLessThan() != null) {
      double bound = check.mustBeLessThan();
      return new Bound("< " + number(bound), null, bound, value -> value < bound);
    }
    if (check.mustBeLessOrEqualTo() != null) {
      double bound = check.mustBeLessOrEqualTo();
      return new Bound("<= " + number(bound), null, bound, value -> value <= bound);
    }
    if (check.mustBeBetween() != null) {
      List<Double> bounds = check.mustBeBetween();
      return new Bound(
          "between " + number(bounds.get(0)) + " and " + number(bounds.get(1)),
          bounds.get(0),
          bounds.get(1),
          value -> value >= bounds.get(0) && value <= bounds.get(1));
    }
    if (check.mustNotBeBetween() != null) {
      List<Double> bounds = check.mustNotBeBetween();
      return new Bound(
          "below " + number(bounds.get(0)) + " or above " + number(bounds.get(1)),
          null,
          null,
          value -> value < bounds.get(0) || value > bounds.get(1));
    }
    throw CheckFailures.invalidCheck(
        CheckPlan.name(check), "it has no mustBe... operator: say what the value must be");
  }

  /** As people write it: 300000, not 300000.0 or 3.0E5. */
  static String number(double value) {
    return Double.isFinite(value)
        ? new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString()
        : Double.toString(value);
  }
}
