package dev.firstday.trainer.snapshot;

import dev.firstday.api.DatasetSpec;
import dev.firstday.sdk.data.SplitReader;
import dev.firstday.sdk.data.Table;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Reads Parquet through DuckDB, once, into arrays. */
public final class ParquetSplitReader implements SplitReader {

  @Override
  public Table read(Path file, List<DatasetSpec.Column> columns) {
    String source = " FROM read_parquet(" + Sql.text(file.toString()) + ")";
    try (Database database = Database.open()) {
      int rows = Math.toIntExact(database.queryCount("SELECT count(*)" + source));
      String values =
          columns.stream().map(ParquetSplitReader::value).collect(Collectors.joining(", "));
      return database.read(
          "SELECT " + values + source,
          result -> {
            List<VectorBuilder> builders = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
              builders.add(VectorBuilder.of(columns.get(i), i + 1, rows));
            }
            fill(result, builders);
            return new Table(rows, builders.stream().map(VectorBuilder::build).toList());
          });
    }
  }

  /** Times as microseconds: JDBC would make an object of each. */
  private static String value(DatasetSpec.Column column) {
    String name = Sql.name(column.name());
    return switch (column.type()) {
      case DATE, TIMESTAMP -> "epoch_us(CAST(" + name + " AS TIMESTAMP))";
      case BOOLEAN -> "CAST(" + name + " AS INTEGER)";
      case INTEGER, BIGINT, DOUBLE, VARCHAR -> name;
    };
  }

  private static void fill(ResultSet result, List<VectorBuilder> builders) throws SQLException {
    for (int row = 0; result.next(); row++) {
      for (VectorBuilder builder : builders) {
        builder.take(result, row);
      }
    }
  }
}
