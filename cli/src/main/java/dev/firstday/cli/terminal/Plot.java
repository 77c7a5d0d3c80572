package dev.firstday.cli.terminal;

import java.util.ArrayList;
import java.util.List;

/** Draws lines over one axis in text. */
public final class Plot {
  private static final int WIDTH = 48;
  private static final int HEIGHT = 8;

  private Plot() {}

  /**
   * @param mark what it is drawn with
   * @param x ascending
   * @param y as many; NaN is not drawn
   */
  public record Line(String mark, List<Double> x, List<Double> y) {}

  /**
   * The lines below each other's marks; a later one covers an earlier one.
   *
   * @return empty when no line has a number
   */
  public static List<String> of(List<Line> lines) {
    double[] x = range(lines.stream().flatMap(line -> line.x().stream()).toList());
    double[] y = range(lines.stream().flatMap(line -> line.y().stream()).toList());
    if (x[0] > x[1] || y[0] > y[1]) {
      return List.of();
    }
    String[][] cells = new String[HEIGHT][WIDTH];
    for (Line line : lines) {
      draw(line, x, y, cells);
    }
    String top = Words.number(y[1]);
    String bottom = Words.number(y[0]);
    int margin = Math.max(top.length(), bottom.length());
    List<String> drawn = new ArrayList<>();
    for (int row = 0; row < HEIGHT; row++) {
      String label = row == 0 ? top : row == HEIGHT - 1 ? bottom : "";
      StringBuilder text = new StringBuilder("  " + " ".repeat(margin - label.length()));
      text.append(label).append(" |");
      for (String cell : cells[row]) {
        text.append(cell == null ? " " : cell);
      }
      drawn.add(text.toString().stripTrailing());
    }
    String from = Words.number(x[0]);
    String to = Words.number(x[1]);
    drawn.add("  " + " ".repeat(margin) + " +" + "-".repeat(WIDTH));
    drawn.add(
        "  "
            + " ".repeat(margin + 2)
            + from
            + " ".repeat(Math.max(1, WIDTH - from.length() - to.length()))
            + to);
    return drawn;
  }

  private static double[] range(List<Double> values) {
    double[] range = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
    for (double value : values) {
      if (Double.isFinite(value)) {
        range[0] = Math.min(range[0], value);
        range[1] = Math.max(range[1], value);
      }
    }
    return range;
  }

  private static void draw(Line line, double[] x, double[] y, String[][] cells) {
    for (int column = 0; column < WIDTH; column++) {
      double value = at(line, x[0] + (x[1] - x[0]) * column / (WIDTH - 1));
      if (Double.isFinite(value)) {
        double share = y[1] > y[0] ? (value - y[0]) / (y[1] - y[0]) : 0;
        cells[HEIGHT - 1 - (int) Math.round(share * (HEIGHT - 1))][column] = line.mark();
      }
    }
  }

  /** On the straight line between the two points around it. */
  private static double at(Line line, double x) {
    for (int i = 0; i < line.x().size(); i++) {
      double right = line.x().get(i);
      if (x <= right) {
        double left = i == 0 ? right : line.x().get(i - 1);
        double share = right > left ? (x - left) / (right - left) : 1;
        double before = line.y().get(Math.max(0, i - 1));
        return i == 0 && x < right ? Double.NaN : before + share * (line.y().get(i) - before);
      }
    }
    return Double.NaN;
  }
}
