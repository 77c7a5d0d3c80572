package dev.firstday.cli.dataset;

import dev.firstday.api.DatasetCheck;
import dev.firstday.api.DatasetSpec;
import dev.firstday.cli.terminal.Style;
import dev.firstday.cli.terminal.Style.Paint;
import dev.firstday.cli.terminal.Table;
import dev.firstday.cli.terminal.Table.Cell;
import dev.firstday.cli.terminal.Words;
import dev.firstday.trainer.check.FailingSample;
import dev.firstday.trainer.check.Subject;
import dev.firstday.trainer.fixture.DiffTable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Rows that fail a check, below its line: a line is cut, so the key, and what the check is about,
 * come first.
 */
final class FailingRowsView {
  private static final String INDENT = "    ";
  private static final int WIDEST_LINE = 120;

  private FailingRowsView() {}

  /**
   * @param check its name
   */
  static List<String> lines(String check, DatasetSpec spec, FailingSample sample, Style style) {
    List<Integer> order =
        order(check, spec, sample.columns()).stream().map(sample.columns()::indexOf).toList();
    Table table = new Table();
    table.row(cells(order.stream().map(sample.columns()::get).map(FailingRowsView::heading)));
    for (List<String> row : sample.rows()) {
      table.row(cells(order.stream().map(row::get).map(DiffTable::shown)));
    }
    return table.lines(Style.PLAIN).stream()
        .map(line -> style.paint(Paint.FAINT, Words.cut(INDENT + line, WIDEST_LINE)))
        .toList();
  }

  private static String heading(String column) {
    return column.equals(Subject.SPLIT) ? "split" : column;
  }

  private static Cell[] cells(Stream<String> texts) {
    return texts.map(Cell::of).toArray(Cell[]::new);
  }

  private static Set<String> order(String check, DatasetSpec spec, List<String> columns) {
    Set<String> order = new LinkedHashSet<>();
    spec.columns().stream()
        .filter(column -> column.effectiveRole() == DatasetSpec.Role.KEY)
        .forEach(column -> order.add(column.name()));
    order.addAll(about(check, spec, columns));
    order.addAll(columns);
    order.retainAll(columns);
    return order;
  }

  /** What a check of that name declares; a name that was made says it. */
  private static List<String> about(String check, DatasetSpec spec, List<String> columns) {
    List<String> about = new ArrayList<>();
    for (DatasetCheck declared : spec.checks() == null ? List.<DatasetCheck>of() : spec.checks()) {
      if (check.equals(declared.name())) {
        about.addAll(declared.columns() == null ? List.of() : declared.columns());
        about.addAll(declared.column() == null ? List.of() : List.of(declared.column()));
      }
    }
    columns.stream()
        .filter(
            column ->
                Pattern.compile("(?<!\\w)" + Pattern.quote(column) + "(?!\\w)")
                    .matcher(check)
                    .find())
        .forEach(about::add);
    return about;
  }
}
