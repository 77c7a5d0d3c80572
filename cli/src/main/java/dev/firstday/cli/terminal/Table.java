package dev.firstday.cli.terminal;

import dev.firstday.cli.terminal.Style.Paint;
import java.util.ArrayList;
import java.util.List;

/** Lays cells out below each other. */
public final class Table {
  private static final String GAP = "  ";

  private final List<List<Cell>> rows = new ArrayList<>();

  /**
   * @param right whether it ends where its column ends, as numbers do
   */
  public record Cell(String text, Paint paint, boolean right) {
    public static Cell of(String text) {
      return new Cell(text, Paint.NONE, false);
    }

    public static Cell of(String text, Paint paint) {
      return new Cell(text, paint, false);
    }

    public static Cell number(String text) {
      return new Cell(text, Paint.NONE, true);
    }

    private int width() {
      return text.codePointCount(0, text.length());
    }
  }

  public void row(Cell... cells) {
    rows.add(List.of(cells));
  }

  public boolean isEmpty() {
    return rows.isEmpty();
  }

  public List<String> lines(Style style) {
    int columns = rows.stream().mapToInt(List::size).max().orElse(0);
    int[] widths = new int[columns];
    for (List<Cell> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        widths[i] = Math.max(widths[i], row.get(i).width());
      }
    }
    return rows.stream().map(row -> line(row, widths, style)).toList();
  }

  private static String line(List<Cell> row, int[] widths, Style style) {
    StringBuilder line = new StringBuilder();
    String pending = "";
    for (int i = 0; i < row.size(); i++) {
      Cell cell = row.get(i);
      if (widths[i] == 0) {
        continue;
      }
      String fill = " ".repeat(widths[i] - cell.width());
      if (cell.text().isEmpty()) {
        pending += fill + GAP;
        continue;
      }
      line.append(pending)
          .append(cell.right() ? fill : "")
          .append(style.paint(cell.paint(), cell.text()));
      pending = (cell.right() ? "" : fill) + GAP;
    }
    return "  " + line;
  }
}
