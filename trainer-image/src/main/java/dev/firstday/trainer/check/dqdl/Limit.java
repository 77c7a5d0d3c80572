package dev.firstday.trainer.check.dqdl;

import java.math.BigDecimal;
import java.util.List;

/** What a value must be: one operator, with one number or two. */
record Limit(Operator operator, List<BigDecimal> numbers) {
  static final Limit NONE = new Limit(Operator.BE, List.of(BigDecimal.ZERO));

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  enum Operator {
    BE,
    NOT_BE,
    GREATER,
    GREATER_OR_EQUAL,
    LESS,
    LESS_OR_EQUAL,
    NOT_BETWEEN
  }

  static Limit of(Operator operator, BigDecimal... numbers) {
    return new Limit(operator, List.of(numbers));
  }

  /** Of a ratio, said of the percentage of all the others. */
  Limit ofOthersInPercent() {
    Operator turned =
        switch (operator) {
          case GREATER -> Operator.LESS;
          case GREATER_OR_EQUAL -> Operator.LESS_OR_EQUAL;
          case LESS -> Operator.GREATER;
          case LESS_OR_EQUAL -> Operator.GREATER_OR_EQUAL;
          case BE, NOT_BE, NOT_BETWEEN -> operator;
        };
    return new Limit(
        turned,
        numbers.stream()
            .map(number -> BigDecimal.ONE.subtract(number).multiply(HUNDRED))
            .sorted()
            .toList());
  }

  /** The number of the operator, or null when it is another's. */
  Double numberOf(Operator wanted) {
    return operator == wanted ? (Double) numbers.get(0).doubleValue() : null;
  }

  /** Both numbers, drawn in by the least that a double can be: the language has them pass. */
  List<Double> outside() {
    return operator == Operator.NOT_BETWEEN
        ? List.of(
            Math.nextUp(numbers.get(0).doubleValue()), Math.nextDown(numbers.get(1).doubleValue()))
        : null;
  }
}
