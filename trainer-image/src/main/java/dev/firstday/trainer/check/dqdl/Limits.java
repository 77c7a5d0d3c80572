package dev.firstday.trainer.check.dqdl;

import dev.firstday.trainer.check.dqdl.Limit.Operator;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import software.amazon.glue.dqdl.model.condition.number.AtomicNumberOperand;
import software.amazon.glue.dqdl.model.condition.number.BinaryExpressionOperand;
import software.amazon.glue.dqdl.model.condition.number.NullNumericOperand;
import software.amazon.glue.dqdl.model.condition.number.NumberBasedCondition;
import software.amazon.glue.dqdl.model.condition.number.NumericOperand;

/** Reads conditions on numbers. */
final class Limits {
  private Limits() {}

  /** All of them must hold: a range, whose ends do not belong to it, is two. */
  static List<Limit> of(Rule rule, NumberBasedCondition condition) {
    List<BigDecimal> numbers =
        condition.getOperands().stream().map(operand -> number(rule, operand)).toList();
    return switch (condition.getOperator()) {
      case GREATER_THAN -> one(Operator.GREATER, numbers);
      case GREATER_THAN_EQUAL_TO -> one(Operator.GREATER_OR_EQUAL, numbers);
      case LESS_THAN -> one(Operator.LESS, numbers);
      case LESS_THAN_EQUAL_TO -> one(Operator.LESS_OR_EQUAL, numbers);
      case EQUALS -> one(Operator.BE, numbers);
      case NOT_EQUALS -> one(Operator.NOT_BE, numbers);
      case BETWEEN ->
          List.of(
              Limit.of(Operator.GREATER, numbers.get(0)), Limit.of(Operator.LESS, numbers.get(1)));
      case NOT_BETWEEN -> List.of(new Limit(Operator.NOT_BETWEEN, numbers));
      case NOT_IN -> numbers.stream().map(number -> Limit.of(Operator.NOT_BE, number)).toList();
      case IN -> {
        if (numbers.size() != 1) {
          throw rule.failure("one of several numbers cannot be said", "a range, or one number");
        }
        yield one(Operator.BE, numbers);
      }
    };
  }

  private static List<Limit> one(Operator operator, List<BigDecimal> numbers) {
    return List.of(new Limit(operator, numbers));
  }

  static BigDecimal number(Rule rule, NumericOperand operand) {
    if (operand instanceof AtomicNumberOperand) {
      return new BigDecimal(operand.getOperand());
    }
    if (operand instanceof BinaryExpressionOperand expression) {
      BigDecimal left = number(rule, expression.getOperand1());
      BigDecimal right = number(rule, expression.getOperand2());
      return switch (expression.getOperator()) {
        case "+" -> left.add(right);
        case "-" -> left.subtract(right);
        case "*" -> left.multiply(right);
        case "/" -> quotient(rule, left, right);
        default -> throw rule.failure("there is no " + expression.getOperator(), "a number");
      };
    }
    if (operand instanceof NullNumericOperand) {
      throw rule.failure("NULL is no number", "IsComplete, or Completeness = 0");
    }
    throw rule.failure(
        operand.getOperand() + " is no number, and rules on earlier runs cannot be said",
        "a check of metric change (against the previous version) or anomaly (against up to 1000 runs)");
  }

  private static BigDecimal quotient(Rule rule, BigDecimal left, BigDecimal right) {
    if (right.signum() == 0) {
      throw rule.failure("it divides by 0", "a number");
    }
    return left.divide(right, MathContext.DECIMAL64);
  }
}
