package dev.firstday.trainer.check.dqdl;

import dev.firstday.api.DatasetCheck.Arguments;
import dev.firstday.api.DatasetCheck.Metric;
import dev.firstday.trainer.check.dqdl.RowTest.Test;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import software.amazon.glue.dqdl.model.condition.number.AtomicNumberOperand;
import software.amazon.glue.dqdl.model.condition.number.NumberBasedCondition;
import software.amazon.glue.dqdl.model.condition.string.KeywordStringOperand;
import software.amazon.glue.dqdl.model.condition.string.QuotedStringOperand;
import software.amazon.glue.dqdl.model.condition.string.StringBasedCondition;
import software.amazon.glue.dqdl.model.condition.string.StringBasedConditionOperator;

/**
 * Rules that hold row by row. Where invalidValues says the same it is taken, since it shows the
 * rows; the rest is counted by SQL.
 */
final class Values {
  private static final String LENGTH = "ColumnLength";

  private Values() {}

  static List<Draft> of(Rule rule) {
    Test test = RowTest.of(rule);
    List<Limit> thresholds = rule.thresholds();
    if (!thresholds.isEmpty()) {
      String share =
          "SELECT count(*) FILTER (WHERE %s) / nullif(count(*), 0) FROM {object}"
              .formatted(test.sql());
      return thresholds.stream().map(limit -> Draft.sql(share, limit)).toList();
    }
    Arguments valid = valid(rule);
    if (valid == null) {
      return List.of(
          Draft.sql(
              "SELECT count(*) FROM {object} WHERE NOT (%s)".formatted(test.sql()), Limit.NONE));
    }
    List<Draft> drafts = new ArrayList<>();
    drafts.add(Draft.of(Metric.INVALID_VALUES, rule.first(), Limit.NONE).with(valid));
    if (!test.ofMissing()) {
      drafts.add(Translation.complete(rule.first()));
    }
    return drafts;
  }

  /** What invalidValues needs to know to say the same of the values there are; null: nothing. */
  private static Arguments valid(Rule rule) {
    if (rule.condition() instanceof StringBasedCondition texts) {
      return valid(texts);
    }
    if (rule.condition() instanceof NumberBasedCondition numbers
        && numbers.getOperands().stream().allMatch(AtomicNumberOperand.class::isInstance)) {
      List<Limit> limits = numbers.getOperands().size() > 2 ? List.of() : limits(rule, numbers);
      return rule.type().equals(LENGTH) ? length(limits) : number(limits);
    }
    return null;
  }

  private static List<Limit> limits(Rule rule, NumberBasedCondition numbers) {
    return switch (numbers.getOperator()) {
      case IN, NOT_IN -> List.of();
      default -> Limits.of(rule, numbers);
    };
  }

  private static Arguments valid(StringBasedCondition texts) {
    StringBasedConditionOperator operator = texts.getOperator();
    if (operator == StringBasedConditionOperator.MATCHES) {
      return Draft.valid(null, texts.getOperands().get(0).getOperand(), null, null, null, null);
    }
    boolean listed =
        operator == StringBasedConditionOperator.EQUALS
            || operator == StringBasedConditionOperator.IN;
    boolean sayable =
        texts.getOperands().stream()
            .allMatch(
                operand ->
                    operand instanceof QuotedStringOperand
                        || operand instanceof KeywordStringOperand && RowTest.isNull(operand));
    List<String> values =
        texts.getOperands().stream()
            .filter(QuotedStringOperand.class::isInstance)
            .map(operand -> operand.getOperand())
            .toList();
    return listed && sayable && !values.isEmpty()
        ? Draft.valid(values, null, null, null, null, null)
        : null;
  }

  private static Arguments number(List<Limit> limits) {
    if (limits.size() != 1) {
      return null;
    }
    double bound = limits.get(0).numbers().get(0).doubleValue();
    return switch (limits.get(0).operator()) {
      case GREATER_OR_EQUAL -> Draft.valid(null, null, bound, null, null, null);
      case LESS_OR_EQUAL -> Draft.valid(null, null, null, bound, null, null);
      case BE, NOT_BE, GREATER, LESS, NOT_BETWEEN -> null;
    };
  }

  /** Lengths are whole, so a bound that does not pass is the next one that does. */
  private static Arguments length(List<Limit> limits) {
    int least = 0;
    int most = Integer.MAX_VALUE;
    for (Limit limit : limits) {
      BigDecimal bound = limit.numbers().get(0);
      if (bound.signum() < 0 || bound.stripTrailingZeros().scale() > 0 || bound.precision() > 9) {
        return null;
      }
      int number = bound.intValue();
      switch (limit.operator()) {
        case BE -> {
          least = number;
          most = number;
        }
        case GREATER -> least = number + 1;
        case GREATER_OR_EQUAL -> least = number;
        case LESS -> most = number - 1;
        case LESS_OR_EQUAL -> most = number;
        case NOT_BE, NOT_BETWEEN -> {
          return null;
        }
      }
    }
    if (limits.isEmpty() || most < 0) {
      return null;
    }
    return Draft.valid(
        null, null, null, null, least == 0 ? null : least, most == Integer.MAX_VALUE ? null : most);
  }
}
