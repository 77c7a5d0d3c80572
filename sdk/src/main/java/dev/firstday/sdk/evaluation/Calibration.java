package dev.firstday.sdk.evaluation;

import dev.firstday.sdk.model.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Whether answers mean what they say. Of yes and no: rows by predicted probability, in ten bins of
 * equal width, with the share of yes among them. Of several labels the same, where a row counts
 * once for each. Of classes: by the probability of the class that was chosen, with the share that
 * was right. Of numbers: in ten groups of as many rows, from the least answer to the greatest, with
 * the mean label.
 *
 * @param error the mean distance of predicted from observed, weighted by rows; for probabilities
 *     the expected calibration error (Guo et al. 2017, On Calibration of Modern Neural Networks)
 * @param bins those that have rows
 */
public record Calibration(double error, List<Bin> bins) {
  private static final int BINS = 10;

  /**
   * @param predicted mean answer
   * @param observed mean label, or the share that was right
   */
  public record Bin(int rows, double predicted, double observed) {}

  static Calibration of(Task task, double[][] answers, double[] labels) {
    if (task instanceof Task.MultiLabel) {
      return ofLabels(answers, labels, IntStream.range(0, task.outputs()).toArray());
    }
    double[] predicted = new double[labels.length];
    double[] observed = new double[labels.length];
    for (int row = 0; row < labels.length; row++) {
      if (task instanceof Task.Classes) {
        int chosen = Metrics.greatest(answers[row]);
        predicted[row] = answers[row][chosen];
        observed[row] = chosen == (int) labels[row] ? 1 : 0;
      } else {
        predicted[row] = answers[row][0];
        observed[row] = labels[row];
      }
    }
    int[] bins = task instanceof Task.Regression ? byRank(predicted) : byWidth(predicted);
    return of(predicted, observed, bins);
  }

  /** Of some of several labels. */
  static Calibration ofLabels(double[][] answers, double[] sets, int... places) {
    double[] predicted = new double[sets.length * places.length];
    double[] observed = new double[predicted.length];
    for (int row = 0; row < sets.length; row++) {
      for (int i = 0; i < places.length; i++) {
        predicted[row * places.length + i] = answers[row][places[i]];
        observed[row * places.length + i] = Task.MultiLabel.has(sets[row], places[i]) ? 1 : 0;
      }
    }
    return of(predicted, observed, byWidth(predicted));
  }

  private static int[] byWidth(double[] predicted) {
    return Arrays.stream(predicted)
        .mapToInt(value -> (int) Math.min(BINS - 1, value * BINS))
        .toArray();
  }

  private static int[] byRank(double[] predicted) {
    Integer[] order = IntStream.range(0, predicted.length).boxed().toArray(Integer[]::new);
    Arrays.sort(order, Comparator.comparingDouble(row -> predicted[row]));
    int[] bins = new int[predicted.length];
    for (int i = 0; i < order.length; i++) {
      bins[order[i]] = (int) ((long) i * BINS / order.length);
    }
    return bins;
  }

  private static Calibration of(double[] predicted, double[] observed, int[] binOf) {
    int[] rows = new int[BINS];
    double[] predictedSum = new double[BINS];
    double[] observedSum = new double[BINS];
    for (int row = 0; row < binOf.length; row++) {
      rows[binOf[row]]++;
      predictedSum[binOf[row]] += predicted[row];
      observedSum[binOf[row]] += observed[row];
    }
    List<Bin> bins = new ArrayList<>();
    double error = 0;
    for (int bin = 0; bin < BINS; bin++) {
      if (rows[bin] > 0) {
        bins.add(new Bin(rows[bin], predictedSum[bin] / rows[bin], observedSum[bin] / rows[bin]));
        error += Math.abs(predictedSum[bin] - observedSum[bin]) / binOf.length;
      }
    }
    return new Calibration(error, bins);
  }
}
