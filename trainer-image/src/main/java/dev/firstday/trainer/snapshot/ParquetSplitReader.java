package dev.firstday.trainer.snapshot;

import dev.firstday.api.DatasetSpec;
import dev.firstday.sdk.data.Columns;
import dev.firstday.sdk.data.SplitReader;
import dev.firstday.sdk.data.Table;
import dev.firstday.trainer.sql.Database;
import dev.firstday.trainer.sql.Sql;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import java.util.stream.Collectors;
import org.duckdb.DuckDBDataChunkReader;

/**
 * Reads Parquet through DuckDB into arrays, in vectors: row by row, as JDBC does it, takes four
 * times as long.
 */
public final class ParquetSplitReader implements SplitReader {
  /** What of the heap a split's columns may take for as long as they are used. */
  private static final int SHARE_OF_HEAP = 8;

  private final long mostBytes;

  public ParquetSplitReader() {
    this(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
  }

  /**
   * @param mostBytes of a split that is read at once; of a larger one, a column is read when it is
   *     asked for
   */
  public ParquetSplitReader(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  @Override
  public Columns open(Path file, List<DatasetSpec.Column> columns) {
    int rows;
    try (Database database = Database.open()) {
      rows = Math.toIntExact(database.queryCount("SELECT count(*)" + source(file)));
    }
    return (long) rows * columns.size() * Long.BYTES <= mostBytes
        ? read(file, columns, rows)
        : new OnDemand(file, columns, rows);
  }

  /** All rows of these columns. */
  public Table read(Path file, List<DatasetSpec.Column> columns) {
    try (Database database = Database.open()) {
      int rows = Math.toIntExact(database.queryCount("SELECT count(*)" + source(file)));
      return read(file, columns, rows);
    }
  }

  private static Table read(Path file, List<DatasetSpec.Column> columns, int rows) {
    List<VectorBuilder> builders =
        columns.stream().map(column -> VectorBuilder.of(column, rows)).toList();
    try (Database database = Database.open()) {
      database.readChunks(query(file, columns), new Filler(builders));
    }
    return table(rows, builders);
  }

  private static Table table(int rows, List<VectorBuilder> builders) {
    return new Table(rows, builders.stream().map(VectorBuilder::build).toList());
  }

  private static String query(Path file, List<DatasetSpec.Column> columns) {
    return columns.stream()
        .map(ParquetSplitReader::value)
        .collect(Collectors.joining(", ", "SELECT ", source(file)));
  }

  private static String source(Path file) {
    return " FROM read_parquet(" + Sql.text(file.toString()) + ")";
  }

  /** Times as microseconds. */
  private static String value(DatasetSpec.Column column) {
    String name = Sql.name(column.name());
    return switch (column.type()) {
      case DATE, TIMESTAMP -> "epoch_us(CAST(" + name + " AS TIMESTAMP))";
      case BOOLEAN, INTEGER, BIGINT -> "CAST(" + name + " AS BIGINT)";
      case DOUBLE, VARCHAR -> name;
    };
  }

  /** Appends each chunk to the arrays. */
  private static final class Filler implements Consumer<DuckDBDataChunkReader> {
    private final List<VectorBuilder> builders;
    private int filled;

    Filler(List<VectorBuilder> builders) {
      this.builders = builders;
    }

    @Override
    public void accept(DuckDBDataChunkReader chunk) {
      int size = Math.toIntExact(chunk.rowCount());
      for (int i = 0; i < builders.size(); i++) {
        builders.get(i).append(chunk.vector(i), size, filled);
      }
      filled += size;
    }
  }

  /** Columns that are too many to be in memory together. */
  private record OnDemand(Path file, List<DatasetSpec.Column> all, int rows) implements Columns {
    @Override
    public Table.Column column(String name) {
      List<DatasetSpec.Column> wanted = only(List.of(name));
      if (wanted.isEmpty()) {
        throw new IllegalArgumentException(
            "no column '%s' among %s"
                .formatted(name, all.stream().map(DatasetSpec.Column::name).toList()));
      }
      return ParquetSplitReader.read(file, wanted, rows).column(name);
    }

    @Override
    public void read(List<String> names, ObjIntConsumer<Table> reader) {
      List<DatasetSpec.Column> wanted = only(names);
      try (Database database = Database.open()) {
        int[] first = {0};
        database.readChunks(
            query(file, wanted),
            chunk -> {
              int size = Math.toIntExact(chunk.rowCount());
              List<VectorBuilder> builders =
                  wanted.stream().map(column -> VectorBuilder.of(column, size)).toList();
              new Filler(builders).accept(chunk);
              reader.accept(table(size, builders), first[0]);
              first[0] += size;
            });
      }
    }

    private List<DatasetSpec.Column> only(List<String> names) {
      return all.stream().filter(column -> names.contains(column.name())).toList();
    }
  }
}
