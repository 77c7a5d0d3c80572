package dev.firstday.trainer.train;

import dev.firstday.api.TrainingJobSpec.MetricName;
import dev.firstday.sdk.evaluation.Importance;
import dev.firstday.sdk.evaluation.RowLosses;
import dev.firstday.sdk.evaluation.RowSample;
import dev.firstday.sdk.model.Task;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;

/** Measures each column's {@link Importance}. */
final class Shuffles {
  static final int REPEATS = 3;

  private static final int MOST_ROWS = 20_000;
  private static final int FEWEST_ROWS = 1000;

  /** Rows that are asked for in all; that takes a second or two. */
  private static final int MOST_ASKED = 400_000;

  private final Task task;
  private final MetricName metric;
  private final Forward forward;
  private final int[] order;
  private final double[] labels;
  private final long seed;

  /**
   * @param metric the one that goes with the loss
   * @param labels of all rows
   * @param columns how many there are
   */
  Shuffles(Task task, MetricName metric, Forward forward, double[] labels, int columns, long seed) {
    int most = Math.max(FEWEST_ROWS, MOST_ASKED / REPEATS / columns);
    this.task = task;
    this.metric = metric;
    this.forward = forward;
    this.order = RowSample.of(labels.length, Math.min(MOST_ROWS, most), seed);
    this.labels = Arrays.stream(order).mapToDouble(row -> labels[row]).toArray();
    this.seed = seed;
  }

  Importance of(List<String> columns) {
    double whole = value(null, order);
    return new Importance(
        metric,
        order.length,
        REPEATS,
        IntStream.range(0, columns.size())
            .mapToObj(i -> column(columns.get(i), i, whole))
            .sorted(Comparator.comparingDouble(Importance.Column::worse).reversed())
            .toList());
  }

  private Importance.Column column(String name, int number, double whole) {
    double[] worse = new double[REPEATS];
    for (int repeat = 0; repeat < REPEATS; repeat++) {
      worse[repeat] = value(name, shuffled(number * REPEATS + repeat)) - whole;
    }
    return new Importance.Column(name, StatUtils.mean(worse), Math.sqrt(StatUtils.variance(worse)));
  }

  private double value(String column, int[] others) {
    return RowLosses.of(metric, task, forward.answers(order, column, others), labels).value();
  }

  private int[] shuffled(int number) {
    SplittableRandom random = new SplittableRandom(seed * 1_000_003 + number);
    int[] others = order.clone();
    for (int i = others.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int other = others[j];
      others[j] = others[i];
      others[i] = other;
    }
    return others;
  }
}
