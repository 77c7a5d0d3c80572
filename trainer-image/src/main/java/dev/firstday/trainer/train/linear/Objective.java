package dev.firstday.trainer.train.linear;

import dev.firstday.trainer.train.TrainingRows;
import dev.firstday.trainer.train.blas.Blas;
import java.util.Arrays;

/**
 * The mean loss of a linear model over some rows, and half the sum of its squared weights, divided
 * by the number of rows; the last weight of each output is its bias, which costs nothing. These are
 * scikit-learn's {@code LogisticRegression(C=1)} and {@code Ridge(alpha=1)}, divided by the rows.
 */
final class Objective {
  private static final int CHUNK = 2048;

  private final TrainingRows rows;
  private final int[] order;
  private final Link link;
  private final int inputs;
  private final int outputs;
  private final float[] chunk;
  private final float[] targets;
  private final float[] sums;
  private final double[] exact;
  private final float[] errors;
  private final float[] product;

  /**
   * @param order the rows that count
   */
  Objective(TrainingRows rows, int[] order, Link link) {
    this.rows = rows;
    this.order = order;
    this.link = link;
    this.inputs = rows.features().width();
    this.outputs = rows.task().outputs();
    int most = Math.min(CHUNK, order.length);
    this.chunk = new float[most * inputs];
    this.targets = new float[most * outputs];
    this.sums = new float[most * outputs];
    this.exact = new double[most * outputs];
    this.errors = new float[most * outputs];
    this.product = new float[inputs * outputs];
  }

  /** Weights in all: for each input, and then for the bias, one an output. */
  int size() {
    return (inputs + 1) * outputs;
  }

  /**
   * @param gradient is overwritten with the derivatives by the weights
   * @return the objective there
   */
  double at(double[] weights, double[] gradient) {
    float[] single = new float[inputs * outputs];
    for (int i = 0; i < single.length; i++) {
      single[i] = (float) weights[i];
    }
    Arrays.fill(gradient, 0);
    double loss = 0;
    for (int from = 0; from < order.length; from += CHUNK) {
      int to = Math.min(from + CHUNK, order.length);
      loss += add(single, weights, gradient, from, to);
    }
    double penalty = 0;
    for (int i = 0; i < single.length; i++) {
      penalty += weights[i] * weights[i] / 2;
      gradient[i] += weights[i];
    }
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] /= order.length;
    }
    return (loss + penalty) / order.length;
  }

  private double add(float[] single, double[] weights, double[] gradient, int from, int to) {
    int count = to - from;
    rows.features().write(order, from, to, chunk);
    rows.writeTargets(order, from, to, targets);
    Blas.times(chunk, single, sums, count, outputs, inputs);
    double loss = 0;
    for (int row = 0; row < count; row++) {
      int at = row * outputs;
      for (int i = 0; i < outputs; i++) {
        exact[at + i] = sums[at + i] + weights[inputs * outputs + i];
      }
      loss += link.loss(exact, targets, at, outputs);
      link.answer(exact, at, outputs);
      for (int i = 0; i < outputs; i++) {
        double error = exact[at + i] - targets[at + i];
        errors[at + i] = (float) error;
        gradient[inputs * outputs + i] += error;
      }
    }
    Blas.transposedTimes(chunk, errors, product, inputs, outputs, count);
    for (int i = 0; i < product.length; i++) {
      gradient[i] += product[i];
    }
    return loss;
  }

  /** Mean products of all pairs of inputs, the bias being the last one, which is always 1. */
  double[][] products() {
    double[][] products = new double[inputs + 1][inputs + 1];
    float[] some = new float[inputs * inputs];
    float[] ones = new float[chunk.length / inputs];
    float[] column = new float[inputs];
    Arrays.fill(ones, 1);
    for (int from = 0; from < order.length; from += CHUNK) {
      int to = Math.min(from + CHUNK, order.length);
      rows.features().write(order, from, to, chunk);
      Blas.transposedTimes(chunk, chunk, some, inputs, inputs, to - from);
      Blas.transposedTimes(chunk, ones, column, inputs, 1, to - from);
      for (int i = 0; i < inputs; i++) {
        for (int j = 0; j < inputs; j++) {
          products[i][j] += (double) some[i * inputs + j] / order.length;
        }
        products[i][inputs] += (double) column[i] / order.length;
      }
    }
    for (int i = 0; i < inputs; i++) {
      products[inputs][i] = products[i][inputs];
    }
    products[inputs][inputs] = 1;
    return products;
  }

  /** Mean squares of the inputs, the bias being the last one. */
  double[] squares() {
    double[] squares = new double[inputs + 1];
    for (int from = 0; from < order.length; from += CHUNK) {
      int to = Math.min(from + CHUNK, order.length);
      rows.features().write(order, from, to, chunk);
      for (int i = 0; i < (to - from) * inputs; i++) {
        squares[i % inputs] += (double) chunk[i] * chunk[i] / order.length;
      }
    }
    squares[inputs] = 1;
    return squares;
  }
}
