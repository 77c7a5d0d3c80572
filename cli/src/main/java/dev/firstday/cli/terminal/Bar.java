package dev.firstday.cli.terminal;

/** Draws where a value lies against its bounds. */
public final class Bar {
  public static final int WIDTH = 20;
  private static final double MARGIN = 0.2;

  private Bar() {}

  /**
   * With one bound a bar from zero to the value, and a mark at the bound; with two a scale with
   * both marks and a dot at the value.
   *
   * @return nothing when there is no value, or no bound to hold it against
   */
  public static String of(Double value, Double lower, Double upper, Style style) {
    if (value == null || !isFinite(value) || (lower == null && upper == null)) {
      return "";
    }
    if (lower != null && upper != null && lower < upper) {
      return scale(value, lower, upper, style);
    }
    return filled(value, upper == null ? lower : upper, style);
  }

  /**
   * A bar of what is done.
   *
   * @param share from 0 to 1
   */
  public static String of(double share, Style style) {
    int filled = (int) Math.round(Math.min(1, Math.max(0, share)) * WIDTH);
    return style.symbol("█", "#").repeat(filled) + style.symbol("░", ".").repeat(WIDTH - filled);
  }

  /**
   * The same, with a mark: bars below each other can be held against each other.
   *
   * @param mark from 0 to 1
   */
  public static String marked(double share, double mark, Style style) {
    int at = cell(Math.min(1, Math.max(0, mark)), 0, 1);
    return new StringBuilder(of(share, style))
        .replace(at, at + 1, style.symbol("┃", "|"))
        .toString();
  }

  private static boolean isFinite(double value) {
    return !Double.isNaN(value) && !Double.isInfinite(value);
  }

  private static String filled(double value, double bound, Style style) {
    double from = Math.min(0, Math.min(value, bound));
    double to = Math.max(0, Math.max(value, bound));
    int zero = cell(0, from, to);
    int end = cell(value, from, to);
    StringBuilder bar = new StringBuilder();
    for (int i = 0; i < WIDTH; i++) {
      boolean isFilled = value != 0 && i >= Math.min(zero, end) && i <= Math.max(zero, end);
      bar.append(isFilled ? style.symbol("█", "#") : style.symbol("░", "."));
    }
    int mark = cell(bound, from, to);
    return bar.replace(mark, mark + 1, style.symbol("┃", "|")).toString();
  }

  private static String scale(double value, double lower, double upper, Style style) {
    double margin = MARGIN * (Math.max(upper, value) - Math.min(lower, value));
    double from = Math.min(lower, value) - margin;
    double to = Math.max(upper, value) + margin;
    StringBuilder bar = new StringBuilder(style.symbol("─", "-").repeat(WIDTH));
    for (double bound : new double[] {lower, upper}) {
      int mark = cell(bound, from, to);
      bar.replace(mark, mark + 1, style.symbol("┃", "|"));
    }
    int dot = cell(value, from, to);
    return bar.replace(dot, dot + 1, style.symbol("●", "o")).toString();
  }

  private static int cell(double value, double from, double to) {
    return to > from ? (int) Math.round((value - from) / (to - from) * (WIDTH - 1)) : 0;
  }
}
