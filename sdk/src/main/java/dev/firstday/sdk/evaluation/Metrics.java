package dev.firstday.sdk.evaluation;

import dev.firstday.api.TrainingJobSpec.MetricName;
import dev.firstday.sdk.model.Task;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/** How well answers fit labels. */
public final class Metrics {
  /**
   * Probabilities are kept this far from 0 and 1 in the log-loss: it is about the distance between
   * neighbouring single-precision numbers near 1, so a network's answer of 1 means no more.
   */
  private static final double EPSILON = 1e-7;

  private Metrics() {}

  /**
   * All metrics of the task.
   *
   * @param answers for each row the task's outputs
   * @param labels for each row 0 or 1, the class's index, the number, or the set of labels
   */
  public static Map<MetricName, Double> of(Task task, double[][] answers, double[] labels) {
    if (labels.length == 0 || answers.length != labels.length) {
      throw new IllegalArgumentException(
          "%d answers for %d labels".formatted(answers.length, labels.length));
    }
    Map<MetricName, Double> metrics = new EnumMap<>(MetricName.class);
    if (task instanceof Task.Binary) {
      double[] yes = first(answers);
      metrics.put(MetricName.LOG_LOSS, logLoss(task, answers, labels));
      metrics.put(MetricName.AUC, auc(yes, labels));
      metrics.put(MetricName.ACCURACY, binaryAccuracy(yes, labels));
      metrics.put(MetricName.BRIER, meanSquare(yes, labels));
    } else if (task instanceof Task.MultiLabel several) {
      metrics.put(MetricName.LOG_LOSS, logLoss(task, answers, labels));
      metrics.putAll(LabelCounts.of(several, answers, labels).metrics());
      metrics.put(MetricName.MACRO_AUC, macroAuc(several, answers, labels));
    } else if (task instanceof Task.Classes) {
      metrics.put(MetricName.LOG_LOSS, logLoss(task, answers, labels));
      metrics.put(MetricName.ACCURACY, classAccuracy(answers, labels));
    } else {
      double[] numbers = first(answers);
      metrics.put(MetricName.RMSE, Math.sqrt(meanSquare(numbers, labels)));
      metrics.put(MetricName.MAE, meanAbsolute(numbers, labels));
      metrics.put(MetricName.R2, r2(numbers, labels));
    }
    return Collections.unmodifiableMap(metrics);
  }

  /**
   * The area under the ROC curve: the share of pairs (yes, no) that are in the right order, a tie
   * counting half (Mann and Whitney's U).
   */
  static double auc(double[] scores, double[] labels) {
    double[] yes = where(scores, labels, 1);
    double[] no = where(scores, labels, 0);
    Arrays.sort(yes);
    Arrays.sort(no);
    double won = 0;
    int below = 0;
    int notAbove = 0;
    for (double score : yes) {
      while (below < no.length && no[below] < score) {
        below++;
      }
      notAbove = Math.max(notAbove, below);
      while (notAbove < no.length && no[notAbove] == score) {
        notAbove++;
      }
      won += (below + notAbove) / 2.0;
    }
    return won / ((double) yes.length * no.length);
  }

  /** The mean of the labels' areas; not a number where one has no row with it, or none without. */
  private static double macroAuc(Task.MultiLabel task, double[][] answers, double[] sets) {
    double sum = 0;
    for (int place = 0; place < task.outputs(); place++) {
      sum += auc(column(answers, place), truths(sets, place));
    }
    return sum / task.outputs();
  }

  /** For each row whether it has the label: 0 or 1. */
  static double[] truths(double[] sets, int place) {
    double[] truths = new double[sets.length];
    for (int row = 0; row < sets.length; row++) {
      truths[row] = Task.MultiLabel.has(sets[row], place) ? 1 : 0;
    }
    return truths;
  }

  private static double[] where(double[] scores, double[] labels, double label) {
    double[] found = new double[scores.length];
    int count = 0;
    for (int row = 0; row < scores.length; row++) {
      if (labels[row] == label) {
        found[count++] = scores[row];
      }
    }
    return Arrays.copyOf(found, count);
  }

  private static double logLoss(Task task, double[][] answers, double[] labels) {
    double sum = 0;
    for (int row = 0; row < labels.length; row++) {
      sum += logLoss(task, answers[row], labels[row]);
    }
    return sum / labels.length;
  }

  /** A row's cross-entropy; of several labels, the mean of theirs. */
  static double logLoss(Task task, double[] answer, double label) {
    if (task instanceof Task.Binary) {
      return -logOf(label == 1 ? answer[0] : 1 - answer[0]);
    }
    if (task instanceof Task.MultiLabel) {
      double sum = 0;
      for (int place = 0; place < answer.length; place++) {
        sum -= logOf(Task.MultiLabel.has(label, place) ? answer[place] : 1 - answer[place]);
      }
      return sum / answer.length;
    }
    return -logOf(answer[(int) label]);
  }

  static double logOf(double probability) {
    return Math.log(Math.min(Math.max(probability, EPSILON), 1 - EPSILON));
  }

  private static double binaryAccuracy(double[] yes, double[] labels) {
    int right = 0;
    for (int row = 0; row < labels.length; row++) {
      right += (yes[row] >= 0.5) == (labels[row] == 1) ? 1 : 0;
    }
    return (double) right / labels.length;
  }

  private static double classAccuracy(double[][] answers, double[] labels) {
    int right = 0;
    for (int row = 0; row < labels.length; row++) {
      right += greatest(answers[row]) == (int) labels[row] ? 1 : 0;
    }
    return (double) right / labels.length;
  }

  /** The index of the greatest value, the first of equals. */
  static int greatest(double[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      best = values[i] > values[best] ? i : best;
    }
    return best;
  }

  private static double meanSquare(double[] answers, double[] labels) {
    double sum = 0;
    for (int row = 0; row < labels.length; row++) {
      double error = answers[row] - labels[row];
      sum += error * error;
    }
    return sum / labels.length;
  }

  private static double meanAbsolute(double[] answers, double[] labels) {
    double sum = 0;
    for (int row = 0; row < labels.length; row++) {
      sum += Math.abs(answers[row] - labels[row]);
    }
    return sum / labels.length;
  }

  /** 1 - squared error / squared deviation of the labels from their own mean. */
  private static double r2(double[] answers, double[] labels) {
    double mean = Arrays.stream(labels).average().orElseThrow();
    double deviation = 0;
    for (double label : labels) {
      deviation += (label - mean) * (label - mean);
    }
    return 1 - meanSquare(answers, labels) * labels.length / deviation;
  }

  private static double[] first(double[][] answers) {
    return column(answers, 0);
  }

  /** One output's answers. */
  static double[] column(double[][] answers, int output) {
    double[] numbers = new double[answers.length];
    for (int row = 0; row < answers.length; row++) {
      numbers[row] = answers[row][output];
    }
    return numbers;
  }
}
