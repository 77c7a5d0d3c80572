package dev.firstday.sdk.feature;

import dev.firstday.contract.RunResult.Cure;
import dev.firstday.sdk.RunFailure;
import dev.firstday.sdk.data.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A table's rows, encoded once and kept small: a categorical column takes one int a row, however
 * many inputs it makes. Batches are widened when they are asked for.
 */
public final class EncodedRows {
  private final int rows;
  private final int width;
  private final List<String> columns;
  private final List<Block> blocks;

  private EncodedRows(int rows, int width, List<String> columns, List<Block> blocks) {
    this.rows = rows;
    this.width = width;
    this.columns = columns;
    this.blocks = blocks;
  }

  /**
   * @throws RunFailure when a value cannot be encoded; the message names column and row
   */
  public static EncodedRows of(Features features, Table table) {
    List<Block> blocks = new ArrayList<>();
    for (Encoder encoder : features.encoders()) {
      Table.Column vector = table.column(encoder.column());
      blocks.add(
          encoder instanceof CategoricalEncoder categorical
              ? places(categorical, vector, table.rows())
              : inputs(encoder, vector, table.rows()));
    }
    return new EncodedRows(
        table.rows(),
        features.width(),
        features.encoders().stream().map(Encoder::column).toList(),
        blocks);
  }

  public int rows() {
    return rows;
  }

  /** Inputs a row. */
  public int width() {
    return width;
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
    Arrays.fill(target, 0, (to - from) * width, 0);
    int offset = 0;
    for (int b = 0; b < blocks.size(); b++) {
      Block block = blocks.get(b);
      int[] rowsOfBlock = columns.get(b).equals(column) ? others : order;
      for (int i = from; i < to; i++) {
        block.write(rowsOfBlock[i], target, (i - from) * width + offset);
      }
      offset += block.width();
    }
  }

  private static Block places(CategoricalEncoder encoder, Table.Column vector, int rows) {
    int[] places = new int[rows];
    for (int row = 0; row < places.length; row++) {
      places[row] = encoder.place(Cells.value(vector, row));
    }
    return new Places(encoder.width(), places);
  }

  private static Block inputs(Encoder encoder, Table.Column vector, int rows) {
    int width = encoder.width();
    float[] inputs = new float[rows * width];
    for (int row = 0; row < rows; row++) {
      try {
        encoder.encode(Cells.value(vector, row), inputs, row * width);
      } catch (InvalidValueException e) {
        throw unusable(e, row);
      }
    }
    return new Inputs(width, inputs);
  }

  static RunFailure unusable(InvalidValueException e, int row) {
    return new RunFailure(
        "FeatureValueInvalid",
        "%s (row %d of the split, counted from 0): filter or replace it in the data set's transform"
            .formatted(e.getMessage(), row),
        Cure.FIX_DATA);
  }

  private sealed interface Block {
    int width();

    void write(int row, float[] target, int offset);
  }

  /** Which input is 1; negative: none. */
  private record Places(int width, int[] places) implements Block {
    @Override
    public void write(int row, float[] target, int offset) {
      if (places[row] >= 0) {
        target[offset + places[row]] = 1;
      }
    }
  }

  private record Inputs(int width, float[] inputs) implements Block {
    @Override
    public void write(int row, float[] target, int offset) {
      System.arraycopy(inputs, row * width, target, offset, width);
    }
  }
}
