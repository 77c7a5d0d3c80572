package dev.firstday.trainer.snapshot;

import dev.firstday.api.DatasetSpec;
import dev.firstday.sdk.data.Table;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBReadableVector;

/** Fills one column's array, chunk by chunk. */
sealed interface VectorBuilder {
  /**
   * @param size how many values the vector has
   * @param from the row of the first one
   */
  void append(DuckDBReadableVector vector, int size, int from);

  Table.Column build();

  static VectorBuilder of(DatasetSpec.Column column, int rows) {
    return switch (column.type()) {
      case BOOLEAN, INTEGER, BIGINT, DATE, TIMESTAMP ->
          new Longs(column, new long[rows], new BitSet(rows));
      case DOUBLE -> new Doubles(column, new double[rows], new BitSet(rows));
      case VARCHAR ->
          new Texts(column, new int[rows], new BitSet(rows), new HashMap<>(), new ArrayList<>());
    };
  }

  /** Whole numbers, 0 and 1, and times in microseconds. */
  record Longs(DatasetSpec.Column column, long[] values, BitSet missing) implements VectorBuilder {
    @Override
    public void append(DuckDBReadableVector vector, int size, int from) {
      for (int i = 0; i < size; i++) {
        if (vector.isNull(i)) {
          missing.set(from + i);
        } else {
          values[from + i] = vector.getLong(i);
        }
      }
    }

    @Override
    public Table.Column build() {
      return new Table.Longs(column.name(), column.type(), values, missing);
    }
  }

  /** DOUBLE. */
  record Doubles(DatasetSpec.Column column, double[] values, BitSet missing)
      implements VectorBuilder {
    @Override
    public void append(DuckDBReadableVector vector, int size, int from) {
      for (int i = 0; i < size; i++) {
        if (vector.isNull(i)) {
          missing.set(from + i);
        } else {
          values[from + i] = vector.getDouble(i);
        }
      }
    }

    @Override
    public Table.Column build() {
      return new Table.Doubles(column.name(), values, missing);
    }
  }

  /** VARCHAR, each distinct text kept once, in order of its first row. */
  record Texts(
      DatasetSpec.Column column,
      int[] codes,
      BitSet missing,
      Map<String, Integer> places,
      List<String> texts)
      implements VectorBuilder {
    @Override
    public void append(DuckDBReadableVector vector, int size, int from) {
      for (int i = 0; i < size; i++) {
        if (vector.isNull(i)) {
          missing.set(from + i);
          codes[from + i] = -1;
        } else {
          codes[from + i] = place(vector.getString(i));
        }
      }
    }

    private int place(String text) {
      Integer place = places.get(text);
      if (place == null) {
        place = texts.size();
        places.put(text, place);
        texts.add(text);
      }
      return place;
    }

    @Override
    public Table.Column build() {
      return new Table.Texts(column.name(), codes, List.copyOf(texts), missing);
    }
  }
}
