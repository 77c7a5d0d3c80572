package dev.firstday.trainer.train;

/**
 * One step's rows, in arrays that are filled again and again.
 *
 * @param rows how many there are
 * @param features row after row
 * @param labels what the network should answer, row after row
 * @param weights how much each row counts in the loss; empty when all count alike
 */
public record Batch(int rows, float[] features, float[] labels, float[] weights) {
  static Batch of(int rows, TrainingRows source) {
    return new Batch(
        rows,
        new float[rows * source.features().width()],
        new float[rows * source.task().outputs()],
        new float[source.isWeighted() ? rows : 0]);
  }

  /** Fills the arrays with the rows {@code order[from]} and on. */
  void fill(TrainingRows source, int[] order, int from) {
    source.features().write(order, from, from + rows, features);
    source.writeTargets(order, from, from + rows, labels);
    if (isWeighted()) {
      source.writeWeights(order, from, from + rows, weights);
    }
  }

  /** Whether its rows count differently. */
  public boolean isWeighted() {
    return weights.length > 0;
  }
}
