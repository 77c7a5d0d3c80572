package dev.firstday.sdk.feature;

import dev.firstday.api.DatasetSpec;
import dev.firstday.sdk.data.Table;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * A table's values in the form that encoders work with: Boolean, Long (INTEGER and BIGINT), Double,
 * String, and LocalDateTime in UTC (DATE and TIMESTAMP).
 */
public final class Cells {
  private static final long MICROS = 1_000_000;

  private Cells() {}

  /** The row's value; null where it is missing. */
  public static Object value(Table.Column column, int row) {
    if (column.missing().get(row)) {
      return null;
    }
    if (column instanceof Table.Doubles doubles) {
      return doubles.values()[row];
    }
    if (column instanceof Table.Texts texts) {
      return texts.dictionary().get(texts.codes()[row]);
    }
    Table.Longs longs = (Table.Longs) column;
    return fromLong(longs.type(), longs.values()[row]);
  }

  private static Object fromLong(DatasetSpec.Type type, long value) {
    return switch (type) {
      case BOOLEAN -> value != 0;
      case INTEGER, BIGINT -> value;
      case DATE, TIMESTAMP ->
          LocalDateTime.ofEpochSecond(
              Math.floorDiv(value, MICROS),
              (int) Math.floorMod(value, MICROS) * 1000,
              ZoneOffset.UTC);
      case DOUBLE, VARCHAR ->
          throw new IllegalArgumentException(type + " is not kept as a whole number");
    };
  }
}
