package dev.firstday.sdk.evaluation;

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
 */
public record Evaluation(
    int rows, List<MetricValue> metrics, List<Gate> gates, List<String> failedGates) {

  /** Judges a model's metrics beside those that it has to be better than. */
  public static Evaluation of(
      int rows, Map<MetricName, Double> model, Yardsticks yardsticks, List<Gate> gates) {
    List<MetricValue> metrics =
        model.entrySet().stream()
            .map(
                e ->
                    new MetricValue(
                        e.getKey(),
                        e.getValue(),
                        yardsticks.baseline().get(e.getKey()),
                        yardsticks.linear().get(e.getKey())))
            .toList();
    return new Evaluation(rows, metrics, gates, Gates.failed(gates, model, yardsticks));
  }

  /** The first gate's metric, as {@code logLoss=0.4510}. */
  public String headline() {
    return Gates.headline(headlineMetric().name(), headlineMetric().value());
  }

  /** The same of the best constant. */
  public String baselineHeadline() {
    return Gates.headline(headlineMetric().name(), headlineMetric().baseline());
  }

  private MetricValue headlineMetric() {
    return metrics.stream()
        .filter(metric -> metric.name() == gates.get(0).metric())
        .findFirst()
        .orElseThrow();
  }
}
