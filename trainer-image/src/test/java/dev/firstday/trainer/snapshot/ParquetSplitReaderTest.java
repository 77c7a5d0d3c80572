package dev.firstday.trainer.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstday.api.DatasetSpec.Column;
import dev.firstday.api.DatasetSpec.Role;
import dev.firstday.api.DatasetSpec.Type;
import dev.firstday.sdk.data.Columns;
import dev.firstday.sdk.data.Table;
import dev.firstday.sdk.feature.Cells;
import dev.firstday.trainer.sql.Database;
import dev.firstday.trainer.sql.Sql;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetSplitReaderTest {
  private static final int ROWS = 5000;
  private static final List<Column> COLUMNS =
      List.of(
          new Column("day", Type.DATE, Role.FEATURE, null),
          new Column("colour", Type.VARCHAR, Role.FEATURE, null),
          new Column("size", Type.DOUBLE, Role.FEATURE, null),
          new Column("yes", Type.BOOLEAN, Role.LABEL, null));

  @TempDir private Path directory;

  @Test
  void whatIsReadOnDemandIsWhatIsReadAtOnce() {
    Path file = rows();
    Table atOnce = new ParquetSplitReader().read(file, COLUMNS);

    Columns small = new ParquetSplitReader(ROWS * 4 * 8).open(file, COLUMNS);
    Columns large = new ParquetSplitReader(ROWS * 4 * 8 - 1).open(file, COLUMNS);

    assertThat(small).isInstanceOf(Table.class);
    assertThat(large).isNotInstanceOf(Table.class);
    assertThat(large.rows()).isEqualTo(ROWS);
    for (Column column : COLUMNS) {
      assertThat(values(large.column(column.name())))
          .isEqualTo(values(atOnce.column(column.name())));
    }
    List<List<String>> streamed = new ArrayList<>();
    List<Integer> firsts = new ArrayList<>();
    large.read(
        List.of("size", "colour"),
        (table, first) -> {
          assertThat(first).isEqualTo(streamed.size());
          firsts.add(first);
          for (int row = 0; row < table.rows(); row++) {
            streamed.add(pair(table, row));
          }
        });
    assertThat(firsts).hasSizeGreaterThan(1);
    assertThat(streamed)
        .isEqualTo(IntStream.range(0, ROWS).mapToObj(row -> pair(atOnce, row)).toList());
  }

  @Test
  void aColumnThatIsNotThereIsNamedWithThoseThatAre() {
    Columns rows = new ParquetSplitReader(0).open(rows(), COLUMNS);

    assertThatThrownBy(() -> rows.column("wind"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no column 'wind' among [day, colour, size, yes]");
  }

  private Path rows() {
    Path file = directory.resolve("rows.parquet");
    try (Database database = Database.open()) {
      database.execute(
          ("COPY (SELECT CASE WHEN i % 11 > 0 THEN DATE '2026-01-01' + i::INT END AS day,"
                  + " CASE WHEN i % 7 > 0 THEN 'c' || i % 100 END AS colour,"
                  + " CASE WHEN i % 5 > 0 THEN i / 3 END AS size,"
                  + " i % 2 = 0 AS yes FROM range("
                  + ROWS
                  + ") t(i)) TO ")
              + Sql.text(file.toString())
              + " (FORMAT parquet)");
    }
    return file;
  }

  private static List<String> values(Table.Column column) {
    return IntStream.range(0, ROWS)
        .mapToObj(row -> String.valueOf(Cells.value(column, row)))
        .toList();
  }

  private static List<String> pair(Table table, int row) {
    return List.of(
        String.valueOf(Cells.value(table.column("size"), row)),
        String.valueOf(Cells.value(table.column("colour"), row)));
  }
}
