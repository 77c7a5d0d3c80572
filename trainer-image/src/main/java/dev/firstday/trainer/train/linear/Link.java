package dev.firstday.trainer.train.linear;

import dev.firstday.sdk.model.Task;

/** How sums become answers, and what a wrong one costs. */
enum Link {
  /** A number; half of the squared error. */
  IDENTITY(1),
  /** A probability for each label; binary cross-entropy. */
  SIGMOID(0.25),
  /** A probability for each class; cross-entropy. */
  SOFTMAX(0.5);

  /**
   * The greatest eigenvalue that the second derivative of a row's loss by its sums may have
   * (Böhning 1992, Multinomial logistic regression algorithm).
   */
  final double curvature;

  Link(double curvature) {
    this.curvature = curvature;
  }

  static Link of(Task task) {
    if (task instanceof Task.Binary || task instanceof Task.MultiLabel) {
      return SIGMOID;
    }
    return task instanceof Task.Classes ? SOFTMAX : IDENTITY;
  }

  /**
   * Turns a row's sums into answers.
   *
   * @param sums of all rows; the row's begin at {@code from}
   */
  void answer(double[] sums, int from, int outputs) {
    switch (this) {
      case IDENTITY -> {}
      case SIGMOID -> {
        for (int i = from; i < from + outputs; i++) {
          sums[i] = 1 / (1 + Math.exp(-sums[i]));
        }
      }
      case SOFTMAX -> {
        double logOfSum = logOfSum(sums, from, outputs);
        for (int i = from; i < from + outputs; i++) {
          sums[i] = Math.exp(sums[i] - logOfSum);
        }
      }
    }
  }

  /** What a row's sums cost. */
  double loss(double[] sums, float[] targets, int from, int outputs) {
    double loss = 0;
    for (int i = from; i < from + outputs; i++) {
      loss +=
          switch (this) {
            case IDENTITY -> (sums[i] - targets[i]) * (sums[i] - targets[i]) / 2;
            case SIGMOID ->
                Math.max(sums[i], 0)
                    + Math.log1p(Math.exp(-Math.abs(sums[i])))
                    - targets[i] * sums[i];
            case SOFTMAX -> -targets[i] * sums[i];
          };
    }
    return this == SOFTMAX ? loss + logOfSum(sums, from, outputs) : loss;
  }

  private static double logOfSum(double[] sums, int from, int outputs) {
    double greatest = Double.NEGATIVE_INFINITY;
    for (int i = from; i < from + outputs; i++) {
      greatest = Math.max(greatest, sums[i]);
    }
    double sum = 0;
    for (int i = from; i < from + outputs; i++) {
      sum += Math.exp(sums[i] - greatest);
    }
    return greatest + Math.log(sum);
  }
}
