package dev.firstday.sdk.evaluation;

import dev.firstday.api.TrainingJobSpec.MetricName;
import dev.firstday.sdk.model.Task;
import java.util.Arrays;
import java.util.Map;

/**
 * The model "return constant": the constant that makes the loss on the training split least.
 *
 * @param rule how the constant was found
 * @param answer what it answers to every row
 */
public record Baseline(Rule rule, double[] answer) {
  /** Which constant makes which loss least. */
  public enum Rule {
    /** The share of each class: cross-entropy. */
    FREQUENCY,
    /** The mean: squared error. */
    MEAN,
    /** The median: absolute error. */
    MEDIAN
  }

  /**
   * Fits the constant to the training split.
   *
   * @param absoluteError whether the loss is the absolute error; only asked for numbers
   */
  public static Baseline fit(Task task, double[] labels, boolean absoluteError) {
    if (task instanceof Task.Binary) {
      return new Baseline(Rule.FREQUENCY, new double[] {mean(labels)});
    }
    if (task instanceof Task.Classes classes) {
      return new Baseline(Rule.FREQUENCY, frequencies(labels, classes.outputs()));
    }
    return absoluteError
        ? new Baseline(Rule.MEDIAN, new double[] {median(labels)})
        : new Baseline(Rule.MEAN, new double[] {mean(labels)});
  }

  /** The constant's metrics. */
  public Map<MetricName, Double> score(Task task, double[] labels) {
    double[][] answers = new double[labels.length][];
    Arrays.fill(answers, answer);
    return Metrics.of(task, answers, labels);
  }

  private static double mean(double[] labels) {
    return Arrays.stream(labels).average().orElseThrow();
  }

  private static double median(double[] labels) {
    double[] sorted = labels.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  private static double[] frequencies(double[] labels, int classes) {
    double[] shares = new double[classes];
    for (double label : labels) {
      shares[(int) label] += 1.0 / labels.length;
    }
    return shares;
  }
}
