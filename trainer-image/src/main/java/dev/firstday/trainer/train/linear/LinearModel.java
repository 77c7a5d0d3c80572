package dev.firstday.trainer.train.linear;

import dev.firstday.sdk.evaluation.RowSample;
import dev.firstday.sdk.feature.EncodedRows;
import dev.firstday.sdk.model.Task;
import dev.firstday.trainer.train.TrainingRows;
import dev.firstday.trainer.train.blas.Blas;

/**
 * What a network has to be better than to be worth its trouble: least squares for numbers, logistic
 * regression for yes and no, for each of several labels and for classes, on the same inputs, with a
 * small penalty on squared weights. It is found in seconds, always the same, and without a choice
 * of anybody's.
 *
 * @param weights for each input, and then for the bias, one an output
 * @param rows that it was fitted to
 * @param passes over them
 */
public record LinearModel(Task task, double[] weights, int rows, int passes) {
  /** Numbers to multiply in a pass; with more, it is fitted to fewer rows. */
  private static final double MOST_PRODUCTS = 1e8;

  /** Classes beside each other are faster than one after the other. */
  private static final int OUTPUTS_AT_THE_PRICE_OF_ONE = 8;

  private static final int CHUNK = 2048;

  /**
   * @param seed of the rows, where not all are taken
   */
  public static LinearModel fit(TrainingRows training, long seed) {
    int inputs = training.features().width();
    int outputs = training.task().outputs();
    double price = inputs * (1 + (double) outputs / OUTPUTS_AT_THE_PRICE_OF_ONE);
    int[] order = RowSample.of(training.rows(), (int) Math.max(1000, MOST_PRODUCTS / price), seed);
    Link link = Link.of(training.task());
    Objective objective = new Objective(training, order, link);
    Minimum minimum =
        Minimum.of(objective, Preconditioner.of(objective, inputs, order.length, outputs, link));
    return new LinearModel(training.task(), minimum.weights(), order.length, minimum.passes());
  }

  /** For each row the task's outputs. */
  public double[][] predict(EncodedRows rows) {
    int inputs = rows.width();
    int outputs = task.outputs();
    Link link = Link.of(task);
    float[] single = new float[inputs * outputs];
    for (int i = 0; i < single.length; i++) {
      single[i] = (float) weights[i];
    }
    int[] order = RowSample.of(rows.rows(), rows.rows(), 0);
    float[] chunk = new float[Math.min(CHUNK, rows.rows()) * inputs];
    float[] sums = new float[Math.min(CHUNK, rows.rows()) * outputs];
    double[][] answers = new double[rows.rows()][outputs];
    for (int from = 0; from < order.length; from += CHUNK) {
      int to = Math.min(from + CHUNK, order.length);
      rows.write(order, from, to, chunk);
      Blas.times(chunk, single, sums, to - from, outputs, inputs);
      for (int row = from; row < to; row++) {
        for (int i = 0; i < outputs; i++) {
          answers[row][i] = sums[(row - from) * outputs + i] + weights[inputs * outputs + i];
        }
        link.answer(answers[row], 0, outputs);
        inLabelUnit(answers[row]);
      }
    }
    return answers;
  }

  private void inLabelUnit(double[] answer) {
    if (task instanceof Task.Regression regression) {
      answer[0] = regression.mean() + regression.deviation() * answer[0];
    }
  }
}
