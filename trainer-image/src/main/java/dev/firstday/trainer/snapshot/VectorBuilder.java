package dev.firstday.trainer.snapshot;

import dev.firstday.api.DatasetSpec;
import dev.firstday.sdk.data.Table;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Fills one column's array from a result, row by row. */
interface VectorBuilder {
  void take(ResultSet result, int row) throws SQLException;

  Table.Column build();

  /**
   * @param index the column's place in the result, from 1
   */
  static VectorBuilder of(DatasetSpec.Column column, int index, int rows) {
    return switch (column.type()) {
      case BOOLEAN, INTEGER, BIGINT, DATE, TIMESTAMP ->
          new Longs(column, index, new long[rows], new BitSet(rows));
      case DOUBLE -> new Doubles(column, index, new double[rows], new BitSet(rows));
      case VARCHAR ->
          new Texts(
              column, index, new int[rows], new BitSet(rows), new HashMap<>(), new ArrayList<>());
    };
  }

  /** Whole numbers, 0 and 1, and times in microseconds. */
  record Longs(DatasetSpec.Column column, int index, long[] values, BitSet missing)
      implements VectorBuilder {
    @Override
    public void take(ResultSet result, int row) throws SQLException {
      values[row] = result.getLong(index);
      missing.set(row, result.wasNull());
    }

    @Override
    public Table.Column build() {
      return new Table.Longs(column.name(), column.type(), values, missing);
    }
  }

  /** DOUBLE. */
  record Doubles(DatasetSpec.Column column, int index, double[] values, BitSet missing)
      implements VectorBuilder {
    @Override
    public void take(ResultSet result, int row) throws SQLException {
      values[row] = result.getDouble(index);
      missing.set(row, result.wasNull());
    }

    @Override
    public Table.Column build() {
      return new Table.Doubles(column.name(), values, missing);
    }
  }

  /** VARCHAR, each distinct text kept once, in order of its first row. */
  record Texts(
      DatasetSpec.Column column,
      int index,
      int[] codes,
      BitSet missing,
      Map<String, Integer> places,
      List<String> texts)
      implements VectorBuilder {
    @Override
    public void take(ResultSet result, int row) throws SQLException {
      String text = result.getString(index);
      codes[row] = text == null ? -1 : place(text);
      missing.set(row, text == null);
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
