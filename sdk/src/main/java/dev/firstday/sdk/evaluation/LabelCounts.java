package dev.firstday.sdk.evaluation;

import dev.firstday.api.TrainingJobSpec.MetricName;
import dev.firstday.sdk.model.Task;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How often each of several labels was right; yes is what has a probability of at least a half.
 *
 * @param rows how many there are
 * @param hits for each label rows that have it and were answered with it
 * @param falseAlarms rows that were answered with it and do not have it
 * @param misses rows that have it and were not answered with it
 * @param wholeRows rows that were right in every label
 */
record LabelCounts(int rows, int[] hits, int[] falseAlarms, int[] misses, int wholeRows) {
  private static final double EVEN = 0.5;

  static LabelCounts of(Task.MultiLabel task, double[][] answers, double[] sets) {
    int labels = task.outputs();
    int[] hits = new int[labels];
    int[] falseAlarms = new int[labels];
    int[] misses = new int[labels];
    int wholeRows = 0;
    for (int row = 0; row < sets.length; row++) {
      boolean whole = true;
      for (int place = 0; place < labels; place++) {
        boolean said = answers[row][place] >= EVEN;
        boolean was = Task.MultiLabel.has(sets[row], place);
        hits[place] += said && was ? 1 : 0;
        falseAlarms[place] += said && !was ? 1 : 0;
        misses[place] += !said && was ? 1 : 0;
        whole &= said == was;
      }
      wholeRows += whole ? 1 : 0;
    }
    return new LabelCounts(sets.length, hits, falseAlarms, misses, wholeRows);
  }

  /**
   * F1 of one label, and of all labels' counts together (macro and micro: Manning et al. 2008,
   * Introduction to Information Retrieval, 13.6); the share of labels, and of whole rows, that are
   * wrong or right (Tsoumakas and Katakis 2007, Multi-Label Classification).
   */
  Map<MetricName, Double> metrics() {
    int wrong = sum(falseAlarms) + sum(misses);
    return Map.of(
        MetricName.MACRO_F1,
        IntStream.range(0, hits.length).mapToDouble(this::f1).sum() / hits.length,
        MetricName.MICRO_F1,
        f1(sum(hits), wrong),
        MetricName.HAMMING_LOSS,
        (double) wrong / rows / hits.length,
        MetricName.SUBSET_ACCURACY,
        (double) wholeRows / rows);
  }

  /** The harmonic mean of precision and recall; not a number where nobody said and nothing was. */
  double f1(int place) {
    return f1(hits[place], falseAlarms[place] + misses[place]);
  }

  private static double f1(int hits, int wrong) {
    return 2.0 * hits / (2.0 * hits + wrong);
  }

  private static int sum(int[] counts) {
    return IntStream.of(counts).sum();
  }
}
