package dev.firstday.sdk.data;

import dev.firstday.api.DatasetSpec;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** Small tables for tests. */
public final class Tables {
  private final List<Table.Column> columns = new ArrayList<>();
  private int rows;

  private Tables() {}

  public static Tables table() {
    return new Tables();
  }

  /** Adds a column of Boolean, Number, String or LocalDateTime values; null is missing. */
  public Tables with(String name, DatasetSpec.Type type, Object... values) {
    rows = values.length;
    BitSet missing = new BitSet();
    for (int row = 0; row < values.length; row++) {
      missing.set(row, values[row] == null);
    }
    columns.add(
        switch (type) {
          case DOUBLE -> new Table.Doubles(name, doubles(values), missing);
          case VARCHAR -> texts(name, values, missing);
          case BOOLEAN, INTEGER, BIGINT, DATE, TIMESTAMP ->
              new Table.Longs(name, type, longs(values), missing);
        });
    return this;
  }

  public Table build() {
    return new Table(rows, columns);
  }

  private static double[] doubles(Object[] values) {
    return Arrays.stream(values)
        .mapToDouble(value -> value == null ? 0 : ((Number) value).doubleValue())
        .toArray();
  }

  private static long[] longs(Object[] values) {
    return Arrays.stream(values).mapToLong(Tables::asLong).toArray();
  }

  private static long asLong(Object value) {
    if (value instanceof Boolean flag) {
      return flag ? 1 : 0;
    }
    if (value instanceof LocalDateTime time) {
      return time.toEpochSecond(ZoneOffset.UTC) * 1_000_000 + time.getNano() / 1000;
    }
    return value == null ? 0 : ((Number) value).longValue();
  }

  private static Table.Column texts(String name, Object[] values, BitSet missing) {
    List<String> dictionary = new ArrayList<>();
    int[] codes = new int[values.length];
    for (int row = 0; row < values.length; row++) {
      String text = (String) values[row];
      if (text != null && !dictionary.contains(text)) {
        dictionary.add(text);
      }
      codes[row] = text == null ? -1 : dictionary.indexOf(text);
    }
    return new Table.Texts(name, codes, dictionary, missing);
  }
}
