package dev.firstday.sdk.evaluation;

import dev.firstday.api.TrainingJobSpec.MetricName;
import dev.firstday.sdk.evaluation.Constant.Rule;
import dev.firstday.sdk.model.Task;
import java.util.EnumMap;
import java.util.Map;

/**
 * The models "return constant": each metric has a best constant of its own, so that no model beats
 * it only by being measured in another way than it was taught.
 *
 * @param loss the constant that makes the loss on the training split least
 * @param metrics the constant that makes each metric on the training split best
 */
public record Baseline(Constant loss, Map<MetricName, Constant> metrics) {
  /**
   * Fits the constants to the training split.
   *
   * @param absoluteError whether the loss is the absolute error; only asked for numbers
   */
  public static Baseline fit(Task task, double[] labels, boolean absoluteError) {
    Map<Rule, Constant> constants = new EnumMap<>(Rule.class);
    Map<MetricName, Constant> metrics = new EnumMap<>(MetricName.class);
    for (MetricName metric : task.metrics()) {
      metrics.put(
          metric,
          constants.computeIfAbsent(best(metric), rule -> Constant.fit(rule, task, labels)));
    }
    Rule loss = task instanceof Task.Regression ? ofNumbers(absoluteError) : Rule.FREQUENCY;
    return new Baseline(constants.get(loss), metrics);
  }

  /** For each metric that of its best constant. */
  public Map<MetricName, Double> score(Task task, double[] labels) {
    Map<Rule, Map<MetricName, Double>> scores = new EnumMap<>(Rule.class);
    Map<MetricName, Double> best = new EnumMap<>(MetricName.class);
    metrics.forEach(
        (metric, constant) ->
            best.put(
                metric,
                scores
                    .computeIfAbsent(constant.rule(), rule -> constant.score(task, labels))
                    .get(metric)));
    return best;
  }

  /** Every constant has the same AUC; that of the loss is as good as any. */
  private static Rule best(MetricName metric) {
    return switch (metric) {
      case LOG_LOSS, BRIER, AUC, MACRO_AUC -> Rule.FREQUENCY;
      case ACCURACY, HAMMING_LOSS -> Rule.MAJORITY;
      case SUBSET_ACCURACY -> Rule.USUAL_SET;
      case MACRO_F1 -> Rule.EVERY_LABEL;
      case MICRO_F1 -> Rule.FREQUENT_LABELS;
      case RMSE, R2 -> Rule.MEAN;
      case MAE -> Rule.MEDIAN;
    };
  }

  private static Rule ofNumbers(boolean absoluteError) {
    return absoluteError ? Rule.MEDIAN : Rule.MEAN;
  }
}
