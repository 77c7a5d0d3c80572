package dev.firstday.trainer.check;

import dev.firstday.api.DatasetCheck;
import dev.firstday.api.DatasetCheck.Metric;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.DoubleFunction;
import java.util.function.DoublePredicate;
import java.util.stream.Stream;

/**
 * What a check's value must be.
 *
 * @param words to follow "must be"
 * @param lower the least value that holds; null when there is none, or it is not alone
 * @param upper the greatest value that holds; likewise
 */
record Bound(String words, Double lower, Double upper, DoublePredicate holds) {

  /** What chance does once in some hundred runs is no anomaly. */
  private static final double USUAL_DEVIATIONS = 3;

  /**
   * The one operator that a check has; an anomaly may have none.
   *
   * @throws dev.firstday.sdk.RunFailure InvalidCheck
   */
  static Bound of(String name, DatasetCheck check) {
    List<Bound> bounds =
        Stream.of(
                bound(check.mustBe(), Bound::exactly),
                bound(check.mustNotBe(), Bound::otherThan),
                bound(check.mustBeGreaterThan(), Bound::greaterThan),
                bound(check.mustBeGreaterOrEqualTo(), Bound::atLeast),
                bound(check.mustBeLessThan(), Bound::lessThan),
                bound(check.mustBeLessOrEqualTo(), Bound::atMost),
                range(name, "mustBeBetween", check.mustBeBetween(), Bound::between),
                range(name, "mustNotBeBetween", check.mustNotBeBetween(), Bound::outside))
            .filter(Objects::nonNull)
            .toList();
    if (bounds.size() > 1) {
      throw CheckFailures.invalidCheck(
          name, "it has %d mustBe... operators: leave one".formatted(bounds.size()));
    }
    if (!bounds.isEmpty()) {
      return bounds.get(0);
    }
    if (check.metric() == Metric.ANOMALY) {
      return atMost(USUAL_DEVIATIONS);
    }
    throw CheckFailures.invalidCheck(
        name, "it has no mustBe... operator: say what the value must be");
  }

  /**
   * Whether a value passes.
   *
   * @param allowance the greatest value that chance alone explains: a bound that asks for less asks
   *     for luck; null: chance has no part
   */
  boolean holds(double value, Double allowance) {
    return holds.test(value)
        || movesTo(allowance) && value <= allowance && (lower == null || value >= lower);
  }

  /** Whether chance moves the upper bound there. */
  boolean movesTo(Double allowance) {
    return allowance != null && upper != null && allowance > upper;
  }

  private static Bound exactly(double bound) {
    return new Bound(number(bound), bound, bound, value -> value == bound);
  }

  private static Bound otherThan(double bound) {
    return new Bound("other than " + number(bound), null, null, value -> value != bound);
  }

  private static Bound greaterThan(double bound) {
    return new Bound("> " + number(bound), bound, null, value -> value > bound);
  }

  private static Bound atLeast(double bound) {
    return new Bound(">= " + number(bound), bound, null, value -> value >= bound);
  }

  private static Bound lessThan(double bound) {
    return new Bound("< " + number(bound), null, bound, value -> value < bound);
  }

  private static Bound atMost(double bound) {
    return new Bound("<= " + number(bound), null, bound, value -> value <= bound);
  }

  private static Bound between(double low, double high) {
    return new Bound(
        "between " + number(low) + " and " + number(high),
        low,
        high,
        value -> value >= low && value <= high);
  }

  private static Bound outside(double low, double high) {
    return new Bound(
        "below " + number(low) + " or above " + number(high),
        null,
        null,
        value -> value < low || value > high);
  }

  private static Bound bound(Double value, DoubleFunction<Bound> operator) {
    return value == null ? null : operator.apply(value);
  }

  private static Bound range(
      String name, String field, List<Double> values, BiFunction<Double, Double, Bound> operator) {
    if (values == null) {
      return null;
    }
    if (values.size() != 2 || values.contains(null) || values.get(0) > values.get(1)) {
      throw CheckFailures.invalidCheck(name, field + ": it has two numbers, the lesser one first");
    }
    return operator.apply(values.get(0), values.get(1));
  }

  /** As people write it: 300000, not 300000.0 or 3.0E5. */
  static String number(double value) {
    return Double.isFinite(value)
        ? new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString()
        : Double.toString(value);
  }
}
