package dev.firstday.trainer.train;

/**
 * One step's rows, in arrays that are filled again and again.
 *
 * @param rows how many there are
 * @param features row after row
 * @param labels what the network should answer, row after row
 */
public record Batch(int rows, float[] features, float[] labels) {
  static Batch of(int rows, int inputs, int outputs) {
    return new Batch(rows, new float[rows * inputs], new float[rows * outputs]);
  }

  /** Fills the arrays with the rows {@code order[from]} and on. */
  void fill(TrainingRows source, int[] order, int from) {
    source.features().write(order, from, from + rows, features);
    source.writeTargets(order, from, from + rows, labels);
  }
}
