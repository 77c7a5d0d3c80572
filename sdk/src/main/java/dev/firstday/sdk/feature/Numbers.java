package dev.firstday.sdk.feature;

/** Numbers out of values. */
final class Numbers {
  private Numbers() {}

  /** The value as a number: a Boolean is 0 or 1. */
  static double finite(String column, Object value) {
    if (value instanceof Boolean flag) {
      return flag ? 1 : 0;
    }
    if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
      return number.doubleValue();
    }
    throw InvalidValueException.of(column, value, "a finite number");
  }
}
