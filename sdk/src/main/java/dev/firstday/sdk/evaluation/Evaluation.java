package dev.firstday.sdk.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.firstday.api.MetricValue;
import dev.firstday.api.TrainingJobSpec.Gate;
import dev.firstday.api.TrainingJobSpec.MetricName;
import java.util.List;
import java.util.Map;

/**
 * How a model scored on the validation split.
 *
 * @param rows of the validation split
 * @param metrics of the model, beside those of the best constants and of a linear model on the same
 *     rows
 * @param gates that were asked
 * @param failedGates those that failed, in words
 * @param details null when a gate failed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Evaluation(
    int rows,
    List<MetricValue> metrics,
    List<Gate> gates,
    List<String> failedGates,
    Details details) {

  /**
   * Judges a model's metrics beside those that it has to be better than.
   *
   * @param intervals of the model's metrics; a metric may have none
   */
  public static Evaluation of(
      int rows,
      Map<MetricName, Double> model,
      Map<MetricName, Interval> intervals,
      Yardsticks yardsticks,
      List<Gate> gates) {
    List<MetricValue> metrics =
        model.keySet().stream()
            .map(metric -> value(metric, model.get(metric), intervals.get(metric), yardsticks))
            .toList();
    return new Evaluation(rows, metrics, gates, Gates.failed(gates, model, yardsticks), null);
  }

  /** The same with what lies behind it. */
  public Evaluation with(Details behind) {
    return new Evaluation(rows, metrics, gates, failedGates, behind);
  }

  private static MetricValue value(
      MetricName metric, double value, Interval interval, Yardsticks yardsticks) {
    return new MetricValue(
        metric,
        value,
        yardsticks.baseline().get(metric),
        yardsticks.linear().get(metric),
        interval == null ? null : interval.lower(),
        interval == null ? null : interval.upper());
  }

  /** The first gate's metric, as {@code logLoss=0.4510}. */
  public String headline() {
    return Gates.headline(headlineMetric().name(), headlineMetric().value());
  }

  /** The same of the best constant. */
  public String baselineHeadline() {
    return Gates.headline(headlineMetric().name(), headlineMetric().baseline());
  }

  /** The first gate's metric. */
  public MetricValue headlineMetric() {
    return metrics.stream()
        .filter(metric -> metric.name() == gates.get(0).metric())
        .findFirst()
        .orElseThrow();
  }
}
