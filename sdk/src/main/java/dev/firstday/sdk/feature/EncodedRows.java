package dev.firstday.sdk.feature;

import dev.firstday.contract.RunResult.Cure;
import dev.firstday.sdk.RunFailure;
import dev.firstday.sdk.data.Columns;
import java.nio.file.Path;

/**
 * A split's rows, encoded once and kept small: a categorical column takes one number a row, however
 * many inputs it makes. Batches are widened when they are asked for. All numbers of a row lie side
 * by side, since batches take rows from anywhere.
 */
public final class EncodedRows implements AutoCloseable {
  private static final int NUMBERS_AT_ONCE = 1 << 18;

  private final int rows;
  private final Layout layout;
  private final FloatRows numbers;

  private EncodedRows(int rows, Layout layout, FloatRows numbers) {
    this.rows = rows;
    this.layout = layout;
    this.numbers = numbers;
  }

  /**
   * Rows that are kept in memory.
   *
   * @throws RunFailure when a value cannot be encoded; the message names column and row
   */
  public static EncodedRows of(Features features, Columns source) {
    Layout layout = Layout.of(features);
    return new EncodedRows(
        source.rows(),
        layout,
        FloatRows.inMemory(
            source.rows(), layout.stored(), sink -> encode(features, layout, source, sink)));
  }

  /**
   * Rows that are kept in a file, of which the kernel has as much in memory as there is room for.
   *
   * @param file is written, and deleted when the rows are closed
   * @throws RunFailure when a value cannot be encoded; the message names column and row; or when
   *     the file has no room
   */
  public static EncodedRows of(Features features, Columns source, Path file) {
    Layout layout = Layout.of(features);
    return new EncodedRows(
        source.rows(),
        layout,
        FloatRows.inFile(
            file,
            source.rows(),
            layout.stored(),
            FloatRows.SEGMENT,
            sink -> encode(features, layout, source, sink)));
  }

  public int rows() {
    return rows;
  }

  /** Inputs a row. */
  public int width() {
    return layout.width();
  }

  @Override
  public void close() {
    numbers.close();
  }

  /** Writes the inputs of {@code order[from]} to {@code order[to - 1]}, row by row, into target. */
  public void write(int[] order, int from, int to, float[] target) {
    write(order, from, to, target, null, order);
  }

  /**
   * The same, where a column has the values of other rows.
   *
   * @param column null: none
   * @param others in the place of each row of the order
   */
  public void write(int[] order, int from, int to, float[] target, String column, int[] others) {
    float[] row = new float[layout.stored()];
    float[] other = new float[layout.stored()];
    for (int i = from; i < to; i++) {
      numbers.read(order[i], row);
      if (column != null) {
        numbers.read(others[i], other);
        layout.copy(column, other, row);
      }
      layout.widen(row, target, (i - from) * layout.width());
    }
  }

  private static void encode(
      Features features, Layout layout, Columns source, FloatRows.Sink sink) {
    source.read(
        features.encoders().stream().map(Encoder::column).toList(),
        (table, first) -> {
          int most = Math.max(1, NUMBERS_AT_ONCE / layout.stored());
          for (int from = 0; from < table.rows(); from += most) {
            int to = Math.min(table.rows(), from + most);
            sink.add(layout.encode(table, first, from, to), to - from);
          }
        });
  }

  static RunFailure unusable(InvalidValueException e, int row) {
    return new RunFailure(
        "FeatureValueInvalid",
        "%s (row %d of the split, counted from 0): filter or replace it in the data set's transform"
            .formatted(e.getMessage(), row),
        Cure.FIX_DATA);
  }
}
