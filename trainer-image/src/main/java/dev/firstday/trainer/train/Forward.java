package dev.firstday.trainer.train;

import dev.firstday.sdk.artefact.Predictor;
import dev.firstday.sdk.evaluation.RowSample;
import dev.firstday.sdk.feature.EncodedRows;

/** Asks a network for its answers to encoded rows, some at a time. */
record Forward(Predictor predictor, EncodedRows rows) {
  private static final int CHUNK = 1024;

  /** For each row the task's outputs. */
  double[][] answers() {
    int[] all = RowSample.of(rows.rows(), rows.rows(), 0);
    return answers(all, null, all);
  }

  /**
   * For each row of an order the task's outputs, where a column has the values of other rows.
   *
   * @param column null: each row has its own values
   * @param others in the place of each row of the order
   */
  double[][] answers(int[] order, String column, int[] others) {
    double[][] answers = new double[order.length][];
    float[] inputs = new float[Math.min(CHUNK, order.length) * rows.width()];
    for (int from = 0; from < answers.length; from += CHUNK) {
      int to = Math.min(from + CHUNK, answers.length);
      rows.write(order, from, to, inputs, column, others);
      System.arraycopy(predictor.predict(inputs, to - from), 0, answers, from, to - from);
    }
    return answers;
  }
}
