package dev.firstday.trainer.train.lstm;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.indexer.FloatIndexer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * DL4J's array of sequences, [rows, units, steps], read and written a step at a time, whatever its
 * order in memory is.
 */
final class Sequences {
  private final FloatIndexer values;
  private final int rows;
  private final int units;
  private final int steps;
  private final long nextRow;
  private final long nextUnit;
  private final long nextStep;

  Sequences(INDArray array) {
    this.rows = Math.toIntExact(array.size(0));
    this.units = Math.toIntExact(array.size(1));
    this.steps = Math.toIntExact(array.size(2));
    this.nextRow = array.stride(0);
    this.nextUnit = array.stride(1);
    this.nextStep = array.stride(2);
    long last = (rows - 1) * nextRow + (units - 1) * nextUnit + (steps - 1) * nextStep;
    this.values = FloatIndexer.create(memory(array, last + 1));
  }

  /** The numbers of an array from its first one on. */
  static FloatPointer memory(INDArray array, long length) {
    return new FloatPointer(array.data().addressPointer()).capacity(length);
  }

  int rows() {
    return rows;
  }

  int units() {
    return units;
  }

  int steps() {
    return steps;
  }

  /** Some rows at a step, row after row. */
  void read(int step, int from, int count, float[] target) {
    int at = 0;
    for (int row = from; row < from + count; row++) {
      long place = row * nextRow + step * nextStep;
      for (int unit = 0; unit < units; unit++) {
        target[at++] = values.get(place);
        place += nextUnit;
      }
    }
  }

  /** As {@link #read}, the other way. */
  void write(int step, int from, int count, float[] source) {
    int at = 0;
    for (int row = from; row < from + count; row++) {
      long place = row * nextRow + step * nextStep;
      for (int unit = 0; unit < units; unit++) {
        values.put(place, source[at++]);
        place += nextUnit;
      }
    }
  }
}
