package dev.firstday.sdk.evaluation;

import dev.firstday.api.TrainingJobSpec.MetricName;
import dev.firstday.sdk.model.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The loss after each epoch.
 *
 * @param bestEpoch the epoch whose weights were kept
 * @param points in order; of many epochs, some, with the first, the best and the last among them
 */
public record LossCurve(int bestEpoch, List<Point> points) {
  private static final int MOST_POINTS = 200;

  /**
   * @param epoch counted from 1
   * @param training mean over the epoch's batches, with penalties and dropout, while it was learnt
   * @param validation of the weights at the end of the epoch, without either; the two are in the
   *     same unit, which for numbers is that of the scaled label
   */
  public record Point(int epoch, double training, double validation) {}

  /** The curve of a training that is over. */
  public static LossCurve of(List<Point> all, int bestEpoch) {
    return new LossCurve(bestEpoch, thinned(all, bestEpoch, MOST_POINTS));
  }

  /** At most so many points, as evenly as may be. */
  public static List<Point> thinned(List<Point> all, int bestEpoch, int most) {
    if (all.size() <= most) {
      return List.copyOf(all);
    }
    int even = most - 1;
    List<Point> some = new ArrayList<>();
    int taken = -1;
    for (int i = 0; i < all.size(); i++) {
      int step = (int) ((long) i * (even - 1) / (all.size() - 1));
      if (step > taken || all.get(i).epoch() == bestEpoch) {
        some.add(all.get(i));
        taken = step;
      }
    }
    return some;
  }

  /** The validation split's loss, as training measures its own. */
  public static double validation(
      Task task, boolean absoluteError, Map<MetricName, Double> metrics) {
    if (task instanceof Task.MultiLabel) {
      // the network's loss is the sum over its outputs
      return metrics.get(MetricName.LOG_LOSS) * task.outputs();
    }
    if (!(task instanceof Task.Regression regression)) {
      return metrics.get(MetricName.LOG_LOSS);
    }
    if (absoluteError) {
      return metrics.get(MetricName.MAE) / regression.deviation();
    }
    double scaled = metrics.get(MetricName.RMSE) / regression.deviation();
    return scaled * scaled;
  }
}
