package dev.firstday.sdk.data;

import dev.firstday.api.DatasetSpec;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.BitSet;
import java.util.List;

/**
 * A column's values in memory. {@link #value} gives them in the form that all of the sdk works
 * with: Boolean, Long (INTEGER and BIGINT), Double, String and LocalDateTime in UTC (DATE and
 * TIMESTAMP).
 */
public sealed interface ColumnVector {
  DatasetSpec.Column column();

  int size();

  /** The row's value; null where it is missing. */
  Object value(int row);

  /** BOOLEAN. */
  record Booleans(DatasetSpec.Column column, int size, BitSet values, BitSet missing)
      implements ColumnVector {
    @Override
    public Object value(int row) {
      return missing.get(row) ? null : values.get(row);
    }
  }

  /** INTEGER and BIGINT. */
  record Integers(DatasetSpec.Column column, long[] values, BitSet missing)
      implements ColumnVector {
    @Override
    public int size() {
      return values.length;
    }

    @Override
    public Object value(int row) {
      return missing.get(row) ? null : values[row];
    }
  }

  /** DOUBLE. */
  record Doubles(DatasetSpec.Column column, double[] values, BitSet missing)
      implements ColumnVector {
    @Override
    public int size() {
      return values.length;
    }

    @Override
    public Object value(int row) {
      return missing.get(row) ? null : values[row];
    }
  }

  /**
   * VARCHAR: each row's place in the list of distinct texts, or -1 where it is missing.
   *
   * @param codes places in {@code texts}
   * @param texts distinct texts
   */
  record Texts(DatasetSpec.Column column, int[] codes, List<String> texts) implements ColumnVector {
    @Override
    public int size() {
      return codes.length;
    }

    @Override
    public Object value(int row) {
      return codes[row] < 0 ? null : texts.get(codes[row]);
    }
  }

  /**
   * DATE (at midnight) and TIMESTAMP.
   *
   * @param epochMicros microseconds since 1970 in UTC
   */
  record Times(DatasetSpec.Column column, long[] epochMicros, BitSet missing)
      implements ColumnVector {
    private static final long MICROS = 1_000_000;

    @Override
    public int size() {
      return epochMicros.length;
    }

    @Override
    public Object value(int row) {
      if (missing.get(row)) {
        return null;
      }
      long micros = epochMicros[row];
      return LocalDateTime.ofEpochSecond(
          Math.floorDiv(micros, MICROS),
          (int) Math.floorMod(micros, MICROS) * 1000,
          ZoneOffset.UTC);
    }
  }
}
