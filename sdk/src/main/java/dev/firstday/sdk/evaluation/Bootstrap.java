package dev.firstday.sdk.evaluation;

import dev.firstday.api.TrainingJobSpec.MetricName;
import dev.firstday.sdk.model.Task;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.apache.commons.math3.stat.descriptive.rank.Percentile.EstimationType;

/**
 * How much metrics may owe to which rows the split happens to have: the percentile bootstrap (Efron
 * and Tibshirani, An Introduction to the Bootstrap, chapter 13). Rows are drawn with replacement
 * and measured again and again; the interval leaves out the least and the greatest 2.5 % of what
 * this gave. It says nothing about what another seed of training would give.
 *
 * @param resamples how often
 * @param rows drawn each time; where the split has more, so many of its rows stand for it, and the
 *     interval is wider than it need be
 * @param intervals for each metric; without those that most draws leave undefined
 */
public record Bootstrap(int resamples, int rows, Map<MetricName, Interval> intervals) {
  private static final int MOST_ROWS = 200_000;
  private static final int MOST_RESAMPLES = 1000;
  private static final int FEWEST_RESAMPLES = 200;

  /** Rows, or their labels, drawn in all; that takes a second or two. */
  private static final int DRAWS = 20_000_000;

  private static final double TAIL = 2.5;

  /**
   * @param answers for each row the task's outputs
   * @param labels for each row 0 or 1, the class's index, the number, or the set of labels
   */
  public static Bootstrap of(Task task, double[][] answers, double[] labels, long seed) {
    int asRows = task instanceof Task.MultiLabel ? task.outputs() : 1;
    Integer[] sample =
        Arrays.stream(RowSample.of(labels.length, MOST_ROWS / asRows, seed))
            .boxed()
            .toArray(Integer[]::new);
    // what is drawn is then in the order of the answers, and sorting it again takes no time
    Arrays.sort(sample, Comparator.comparingDouble(row -> answers[row][0]));
    double[][] sampleAnswers = Arrays.stream(sample).map(r -> answers[r]).toArray(double[][]::new);
    double[] sampleLabels = Arrays.stream(sample).mapToDouble(row -> labels[row]).toArray();
    int resamples =
        Math.min(MOST_RESAMPLES, Math.max(FEWEST_RESAMPLES, DRAWS / asRows / sampleLabels.length));
    List<Map<MetricName, Double>> measured =
        IntStream.range(0, resamples)
            .parallel()
            .mapToObj(
                number ->
                    measure(
                        task,
                        sampleAnswers,
                        sampleLabels,
                        new SplittableRandom(seed * 1_000_003 + number)))
            .toList();
    Map<MetricName, Interval> intervals = new EnumMap<>(MetricName.class);
    for (MetricName metric : task.metrics()) {
      double[] values =
          measured.stream().mapToDouble(m -> m.get(metric)).filter(Double::isFinite).toArray();
      if (values.length > resamples / 2) {
        intervals.put(metric, interval(values));
      }
    }
    return new Bootstrap(resamples, sampleLabels.length, intervals);
  }

  private static Map<MetricName, Double> measure(
      Task task, double[][] answers, double[] labels, SplittableRandom random) {
    int[] times = new int[labels.length];
    for (int draw = 0; draw < labels.length; draw++) {
      times[random.nextInt(labels.length)]++;
    }
    double[][] drawnAnswers = new double[labels.length][];
    double[] drawnLabels = new double[labels.length];
    int drawn = 0;
    for (int row = 0; row < times.length; row++) {
      for (int time = 0; time < times[row]; time++) {
        drawnAnswers[drawn] = answers[row];
        drawnLabels[drawn++] = labels[row];
      }
    }
    return Metrics.of(task, drawnAnswers, drawnLabels);
  }

  private static Interval interval(double[] values) {
    Percentile percentile = new Percentile().withEstimationType(EstimationType.R_7);
    percentile.setData(values);
    return new Interval(percentile.evaluate(TAIL), percentile.evaluate(100 - TAIL));
  }
}
