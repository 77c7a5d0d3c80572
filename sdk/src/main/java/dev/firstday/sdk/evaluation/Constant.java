package dev.firstday.sdk.evaluation;

import dev.firstday.api.TrainingJobSpec.MetricName;
import dev.firstday.sdk.model.Task;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A model that answers the same to every row.
 *
 * @param rule how the constant was found
 * @param answer the task's outputs
 */
public record Constant(Rule rule, double[] answer) {
  /** Which constant is best for what. */
  public enum Rule {
    /** The share of each class or label: cross-entropy and squared error of probabilities. */
    FREQUENCY,
    /**
     * The most frequent class, as a probability of 1: accuracy. Of several labels those that at
     * least half of the rows have: Hamming loss.
     */
    MAJORITY,
    /** The most frequent set of labels: accuracy of whole sets. */
    USUAL_SET,
    /** All labels: the mean of their F1, where a label that is never said has 0. */
    EVERY_LABEL,
    /** The most frequent labels, as many as make the F1 of all counts together greatest. */
    FREQUENT_LABELS,
    /** The mean: squared error. */
    MEAN,
    /** The median: absolute error. */
    MEDIAN
  }

  /** The constant that the rule finds in a split's labels. */
  static Constant fit(Rule rule, Task task, double[] labels) {
    double[] answer =
        switch (rule) {
          case FREQUENCY -> shares(task, labels);
          case MAJORITY -> majority(task, shares(task, labels));
          case USUAL_SET -> LabelSets.usual(task, labels);
          case EVERY_LABEL -> LabelSets.all(task);
          case FREQUENT_LABELS -> LabelSets.frequent(shares(task, labels));
          case MEAN -> new double[] {Arrays.stream(labels).average().orElseThrow()};
          case MEDIAN -> new double[] {median(labels)};
        };
    return new Constant(rule, answer);
  }

  /** The constant's metrics. */
  Map<MetricName, Double> score(Task task, double[] labels) {
    double[][] answers = new double[labels.length][];
    Arrays.fill(answers, answer);
    return Metrics.of(task, answers, labels);
  }

  private static double[] shares(Task task, double[] labels) {
    if (task instanceof Task.Binary) {
      return new double[] {Arrays.stream(labels).average().orElseThrow()};
    }
    if (task instanceof Task.MultiLabel) {
      return IntStream.range(0, task.outputs())
          .mapToDouble(
              place -> Arrays.stream(Metrics.truths(labels, place)).average().orElseThrow())
          .toArray();
    }
    double[] counts = new double[task.outputs()];
    for (double label : labels) {
      counts[(int) label]++;
    }
    return Arrays.stream(counts).map(count -> count / labels.length).toArray();
  }

  private static double[] majority(Task task, double[] shares) {
    if (!(task instanceof Task.Classes)) {
      return Arrays.stream(shares).map(share -> share >= 0.5 ? 1 : 0).toArray();
    }
    double[] answer = new double[shares.length];
    answer[Metrics.greatest(shares)] = 1;
    return answer;
  }

  private static double median(double[] labels) {
    double[] sorted = labels.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
