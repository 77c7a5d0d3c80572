package dev.firstday.trainer.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers as a report shows them. */
final class Figures {
  private static final MathContext DIGITS = new MathContext(4);
  private static final double LARGE = 1e9;
  private static final double SMALL = 1e-5;

  private Figures() {}

  /** With four digits; a dash where there is none. */
  static String number(Double value) {
    if (value == null) {
      return "–";
    }
    if (!Double.isFinite(value)) {
      return value.toString();
    }
    double size = Math.abs(value);
    return size != 0 && (size < SMALL || size >= LARGE)
        ? String.format(Locale.ROOT, "%.3e", value)
        : new BigDecimal(value).round(DIGITS).stripTrailingZeros().toPlainString();
  }

  static String interval(Double lower, Double upper) {
    return lower == null || upper == null ? "–" : number(lower) + " to " + number(upper);
  }

  static String count(int number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
