package dev.firstday.sdk.feature;

import dev.firstday.sdk.data.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What is kept of a row: of a categorical column which of its inputs is 1, of all others the inputs
 * themselves.
 *
 * @param parts for each encoder, in order
 * @param runs from what is kept to the inputs
 * @param stored numbers that are kept of a row; at least 1
 * @param width inputs that they make
 */
record Layout(List<Part> parts, List<Run> runs, int stored, int width) {
  /** Of an encoder's numbers, the first one's place and how many there are. */
  private record Part(Encoder encoder, int from, int count) {}

  /** Numbers that lie side by side. */
  private sealed interface Run {
    void widen(float[] stored, float[] target, int row);
  }

  static Layout of(Features features) {
    List<Part> parts = new ArrayList<>();
    List<Run> runs = new ArrayList<>();
    int from = 0;
    int input = 0;
    for (Encoder encoder : features.encoders()) {
      boolean one = encoder instanceof CategoricalEncoder;
      Part part = new Part(encoder, from, one ? 1 : encoder.width());
      parts.add(part);
      if (one) {
        runs.add(new Place(from, input, encoder.width()));
      } else if (!runs.isEmpty() && runs.get(runs.size() - 1) instanceof Inputs before) {
        runs.set(runs.size() - 1, before.andNext(part.count()));
      } else {
        runs.add(new Inputs(from, input, part.count()));
      }
      from += part.count();
      input += encoder.width();
    }
    return new Layout(parts, runs, from, input);
  }

  /**
   * What is kept of some rows, row after row.
   *
   * @param first the number that the table's first row has in its split
   */
  float[] encode(Table table, int first, int from, int to) {
    float[] numbers = new float[(to - from) * stored];
    for (Part part : parts) {
      Table.Column vector = table.column(part.encoder().column());
      for (int row = from; row < to; row++) {
        int place = (row - from) * stored + part.from();
        Object value = Cells.value(vector, row);
        if (part.encoder() instanceof CategoricalEncoder categorical) {
          numbers[place] = categorical.place(value);
        } else {
          encode(part.encoder(), value, numbers, place, first + row);
        }
      }
    }
    return numbers;
  }

  private static void encode(Encoder encoder, Object value, float[] numbers, int place, int row) {
    try {
      encoder.encode(value, numbers, place);
    } catch (InvalidValueException e) {
      throw EncodedRows.unusable(e, row);
    }
  }

  /** Copies what is kept of a column from one row to another. */
  void copy(String column, float[] from, float[] to) {
    for (Part part : parts) {
      if (part.encoder().column().equals(column)) {
        System.arraycopy(from, part.from(), to, part.from(), part.count());
      }
    }
  }

  /** Writes a row's inputs to the target from {@code row} on. */
  void widen(float[] kept, float[] target, int row) {
    for (Run run : runs) {
      run.widen(kept, target, row);
    }
  }

  /** Which input is 1; negative: none. */
  private record Place(int from, int input, int width) implements Run {
    @Override
    public void widen(float[] stored, float[] target, int row) {
      int start = row + input;
      Arrays.fill(target, start, start + width, 0);
      int place = (int) stored[from];
      if (place >= 0) {
        target[start + place] = 1;
      }
    }
  }

  private record Inputs(int from, int input, int count) implements Run {
    Inputs andNext(int more) {
      return new Inputs(from, input, count + more);
    }

    @Override
    public void widen(float[] stored, float[] target, int row) {
      System.arraycopy(stored, from, target, row + input, count);
    }
  }
}
