package dev.firstday.trainer.check.dqdl;

import dev.firstday.contract.RunResult.Cure;
import dev.firstday.sdk.RunFailure;
import java.util.List;
import software.amazon.glue.dqdl.model.DQRule;
import software.amazon.glue.dqdl.model.condition.Condition;
import software.amazon.glue.dqdl.model.condition.number.NumberBasedCondition;

/**
 * A rule and its place.
 *
 * @param number counts from 1
 */
record Rule(DQRule parsed, int number) {
  String text() {
    return parsed.toString();
  }

  String type() {
    return parsed.getRuleType();
  }

  /** Columns, or whatever the rule names, in order. */
  List<String> parameters() {
    return List.copyOf(parsed.getParameters().values());
  }

  String first() {
    return parameters().get(0);
  }

  Condition condition() {
    return parsed.getCondition();
  }

  /** What the rule's number must be. */
  List<Limit> limits() {
    if (!(condition() instanceof NumberBasedCondition numbers)) {
      throw failure("it does not say what the number must be", "as RowCount > 1000");
    }
    return Limits.of(this, numbers);
  }

  /** What the share of rows for which it is true must be; empty: all of them. */
  List<Limit> thresholds() {
    return parsed.getThresholdCondition() instanceof NumberBasedCondition numbers
        ? Limits.of(this, numbers)
        : List.of();
  }

  /**
   * @param instead what to write
   */
  RunFailure failure(String why, String instead) {
    return new RunFailure(
        "InvalidCheck",
        "spec.dqdl: rule %d, '%s': %s; instead: %s".formatted(number, text(), why, instead),
        Cure.FIX_SPEC);
  }
}
