package dev.firstday.sdk.data;

import dev.firstday.api.DatasetSpec;
import java.util.BitSet;
import java.util.List;
import java.util.function.ObjIntConsumer;

/**
 * Rows by columns, in memory.
 *
 * @param rows how many; every array of every column is that long
 */
public record Table(int rows, List<Column> columns) implements Columns {

  @Override
  public Column column(String name) {
    return columns.stream()
        .filter(c -> c.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no column '"
                        + name
                        + "' among "
                        + columns.stream().map(Column::name).toList()));
  }

  @Override
  public void read(List<String> names, ObjIntConsumer<Table> reader) {
    reader.accept(this, 0);
  }

  /** One column's values; where {@link #missing} is set, the value in the array means nothing. */
  public sealed interface Column {
    String name();

    DatasetSpec.Type type();

    BitSet missing();
  }

  /** DOUBLE. */
  public record Doubles(String name, double[] values, BitSet missing) implements Column {
    @Override
    public DatasetSpec.Type type() {
      return DatasetSpec.Type.DOUBLE;
    }
  }

  /** BOOLEAN (0 or 1), INTEGER, BIGINT; DATE and TIMESTAMP as microseconds since 1970, UTC. */
  public record Longs(String name, DatasetSpec.Type type, long[] values, BitSet missing)
      implements Column {}

  /**
   * VARCHAR.
   *
   * @param codes indices into the dictionary; -1 where the value is missing
   * @param dictionary the values, each once, in order of their first row
   */
  public record Texts(String name, int[] codes, List<String> dictionary, BitSet missing)
      implements Column {
    @Override
    public DatasetSpec.Type type() {
      return DatasetSpec.Type.VARCHAR;
    }
  }
}
