package dev.firstday.sdk.evaluation;

import dev.firstday.api.TrainingJobSpec.MetricName;
import dev.firstday.sdk.model.Task;
import java.util.Arrays;

/**
 * What each row costs, in the metric that goes with the loss.
 *
 * @param metric {@code logLoss}, {@code mae} or {@code rmse}
 * @param values for each row; of {@code rmse} its square
 */
public record RowLosses(MetricName metric, double[] values) {
  /** The metric that goes with a task's loss. */
  public static MetricName metric(Task task, boolean absoluteError) {
    if (task instanceof Task.Regression) {
      return absoluteError ? MetricName.MAE : MetricName.RMSE;
    }
    return MetricName.LOG_LOSS;
  }

  /**
   * @param metric one that {@link #metric} gives for the task
   */
  public static RowLosses of(MetricName metric, Task task, double[][] answers, double[] labels) {
    double[] values = new double[labels.length];
    for (int row = 0; row < values.length; row++) {
      double error = answers[row][0] - labels[row];
      values[row] =
          switch (metric) {
            case LOG_LOSS -> Metrics.logLoss(task, answers[row], labels[row]);
            case MAE -> Math.abs(error);
            case RMSE -> error * error;
            case AUC,
                ACCURACY,
                BRIER,
                R2,
                MACRO_AUC,
                MACRO_F1,
                MICRO_F1,
                HAMMING_LOSS,
                SUBSET_ACCURACY ->
                throw new IllegalArgumentException(metric + " goes with no loss");
          };
    }
    return new RowLosses(metric, values);
  }

  /** The metric of all rows. */
  public double value() {
    return ofMean(Arrays.stream(values).average().orElseThrow());
  }

  /** The metric, from a mean of the rows' values. */
  double ofMean(double mean) {
    return metric == MetricName.RMSE ? Math.sqrt(Math.max(0, mean)) : mean;
  }
}
