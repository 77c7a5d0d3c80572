package dev.firstday.trainer.check;

import dev.firstday.trainer.sql.Database;
import dev.firstday.trainer.sql.Sql;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The first of the rows that are kept of a failed check, as texts to be shown.
 *
 * @param rows values in the order of the columns; null: missing
 */
public record FailingSample(List<String> columns, List<List<String>> rows) {

  /**
   * @param file as {@link SampleSink} gets it
   * @param most how many rows
   */
  public static FailingSample read(Path file, int most) {
    String from = "FROM read_parquet(" + Sql.text(file.toString()) + ")";
    try (Database database = Database.open()) {
      List<List<String>> rows = new ArrayList<>();
      for (List<Object> row :
          database.query("SELECT CAST(COLUMNS(*) AS VARCHAR) " + from + " LIMIT " + most)) {
        List<String> texts = new ArrayList<>();
        row.forEach(value -> texts.add((String) value));
        rows.add(texts);
      }
      return new FailingSample(database.describe(from).names(), rows);
    }
  }
}
