package dev.firstday.trainer.check.dqdl;

import dev.firstday.trainer.sql.Sql;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.List;
import software.amazon.glue.dqdl.model.DQRule;
import software.amazon.glue.dqdl.model.condition.date.DateBasedCondition;
import software.amazon.glue.dqdl.model.condition.date.DateExpression;
import software.amazon.glue.dqdl.model.condition.date.NullDateExpression;
import software.amazon.glue.dqdl.model.condition.duration.Duration;
import software.amazon.glue.dqdl.model.condition.duration.DurationBasedCondition;
import software.amazon.glue.dqdl.model.condition.number.NullNumericOperand;
import software.amazon.glue.dqdl.model.condition.number.NumberBasedCondition;
import software.amazon.glue.dqdl.model.condition.number.NumericOperand;
import software.amazon.glue.dqdl.model.condition.number.OperandEvaluator;
import software.amazon.glue.dqdl.model.condition.string.Keyword;
import software.amazon.glue.dqdl.model.condition.string.KeywordStringOperand;
import software.amazon.glue.dqdl.model.condition.string.QuotedStringOperand;
import software.amazon.glue.dqdl.model.condition.string.StringBasedCondition;
import software.amazon.glue.dqdl.model.condition.string.StringOperand;

/** A condition on one row as SQL. */
final class RowTest {
  private static final String NULL = "NULL";

  private RowTest() {}

  /**
   * @param sql true or false for every row, never NULL
   * @param ofMissing whether a row without a value passes
   */
  record Test(String sql, boolean ofMissing) {}

  /** What the operators of all kinds of conditions come down to. */
  private enum Comparison {
    IN,
    NOT_IN,
    GREATER,
    GREATER_OR_EQUAL,
    LESS,
    LESS_OR_EQUAL,
    BETWEEN,
    NOT_BETWEEN,
    MATCHES,
    NOT_MATCHES
  }

  static Test of(Rule rule) {
    String column = Sql.name(rule.first());
    if (rule.condition() instanceof NumberBasedCondition numbers) {
      boolean length = rule.type().equals("ColumnLength");
      // the language takes a missing text for an empty one where it asks for its length
      String value = length ? "length(coalesce(CAST(" + column + " AS VARCHAR), ''))" : column;
      Test test =
          test(
              value,
              comparison(rule, numbers.getOperator().name()),
              numbers.getOperands().stream().map(operand -> number(rule, operand)).toList());
      return length ? new Test(test.sql(), passesEmpty(rule, numbers)) : test;
    }
    if (rule.condition() instanceof StringBasedCondition texts) {
      return test(
          "CAST(" + column + " AS VARCHAR)",
          comparison(rule, texts.getOperator().name()),
          texts.getOperands().stream().map(operand -> text(rule, operand)).toList());
    }
    String seconds = "epoch(CAST(" + column + " AS TIMESTAMP))";
    if (rule.condition() instanceof DateBasedCondition dates) {
      return test(
          seconds,
          comparison(rule, dates.getOperator().name()),
          dates.getOperands().stream().map(operand -> time(rule, operand)).toList());
    }
    if (rule.condition() instanceof DurationBasedCondition durations) {
      return test(
          "(epoch(now()) - " + seconds + ")",
          comparison(rule, durations.getOperator().name()),
          durations.getOperands().stream().map(RowTest::seconds).map(String::valueOf).toList());
    }
    throw rule.failure("it does not say what the values must be", "as ColumnValues \"x\" > 0");
  }

  static boolean isNull(StringOperand operand) {
    return operand.getOperand().equals(Keyword.NULL.name());
  }

  private static boolean passesEmpty(Rule rule, NumberBasedCondition numbers) {
    return numbers.evaluate(
        0.0,
        rule.parsed(),
        new OperandEvaluator() {
          @Override
          public Double evaluate(DQRule parsed, NumericOperand operand) {
            return Limits.number(rule, operand).doubleValue();
          }
        });
  }

  private static Comparison comparison(Rule rule, String operator) {
    return switch (operator) {
      case "EQUALS", "IN" -> Comparison.IN;
      case "NOT_EQUALS", "NOT_IN" -> Comparison.NOT_IN;
      case "GREATER_THAN" -> Comparison.GREATER;
      case "GREATER_THAN_EQUAL_TO" -> Comparison.GREATER_OR_EQUAL;
      case "LESS_THAN" -> Comparison.LESS;
      case "LESS_THAN_EQUAL_TO" -> Comparison.LESS_OR_EQUAL;
      case "BETWEEN" -> Comparison.BETWEEN;
      case "NOT_BETWEEN" -> Comparison.NOT_BETWEEN;
      case "MATCHES" -> Comparison.MATCHES;
      case "NOT_MATCHES" -> Comparison.NOT_MATCHES;
      default -> throw rule.failure("there is no operator " + operator, "a check of metric sql");
    };
  }

  /** A missing value passes where it is listed, and where it is not among what is forbidden. */
  private static Test test(String value, Comparison comparison, List<String> operands) {
    boolean listsMissing = operands.contains(NULL);
    String first = operands.get(0);
    String last = operands.get(operands.size() - 1);
    return switch (comparison) {
      case IN -> new Test(among(value, operands), listsMissing);
      case NOT_IN -> new Test("NOT " + among(value, operands), !listsMissing);
      case GREATER -> failing("%s > %s".formatted(value, first));
      case GREATER_OR_EQUAL -> failing("%s >= %s".formatted(value, first));
      case LESS -> failing("%s < %s".formatted(value, first));
      case LESS_OR_EQUAL -> failing("%s <= %s".formatted(value, first));
      case BETWEEN -> failing("%s > %s AND %s < %s".formatted(value, first, value, last));
      case NOT_BETWEEN -> failing("%s <= %s OR %s >= %s".formatted(value, first, value, last));
      case MATCHES -> failing("regexp_full_match(%s, %s)".formatted(value, first));
      case NOT_MATCHES -> failing("NOT regexp_full_match(%s, %s)".formatted(value, first));
    };
  }

  private static Test failing(String condition) {
    return new Test("coalesce(" + condition + ", false)", false);
  }

  private static String among(String value, List<String> operands) {
    List<String> equal =
        operands.stream()
            .map(
                operand ->
                    switch (operand) {
                      case NULL -> value + " IS NULL";
                      case "EMPTY" -> value + " = ''";
                      case "WHITESPACES_ONLY" -> "regexp_full_match(" + value + ", '\\s+')";
                      default -> value + " = " + operand;
                    })
            .toList();
    return "coalesce(" + String.join(" OR ", equal) + ", false)";
  }

  private static String number(Rule rule, NumericOperand operand) {
    return operand instanceof NullNumericOperand
        ? NULL
        : Limits.number(rule, operand).toPlainString();
  }

  /** Quoted, unless it is a keyword. */
  private static String text(Rule rule, StringOperand operand) {
    if (operand instanceof QuotedStringOperand) {
      return Sql.text(operand.getOperand());
    }
    if (operand instanceof KeywordStringOperand) {
      return operand.getOperand();
    }
    throw rule.failure(operand.getOperand() + " is no value", "the values themselves");
  }

  private static String time(Rule rule, DateExpression expression) {
    if (expression instanceof DateExpression.CurrentDateExpression relative) {
      boolean earlier = relative.getOperator() == DateExpression.DateExpressionOperator.MINUS;
      return "epoch(now()) " + (earlier ? "- " : "+ ") + seconds(relative.getDuration());
    }
    if (expression instanceof DateExpression.CurrentDate) {
      return "epoch(now())";
    }
    if (expression instanceof DateExpression.StaticDate
        || expression instanceof DateExpression.StaticDateTime) {
      return Long.toString(expression.getEvaluatedExpression().toEpochSecond(ZoneOffset.UTC));
    }
    if (expression instanceof NullDateExpression) {
      return NULL;
    }
    throw rule.failure(expression.getFormattedExpression() + " is no time", "as \"2024-01-31\"");
  }

  private static BigDecimal seconds(Duration duration) {
    long unit =
        switch (duration.getUnit()) {
          case MINUTES -> 60;
          case HOURS -> 3600;
          case DAYS -> 86400;
        };
    return BigDecimal.valueOf(duration.getAmount() * unit);
  }
}
