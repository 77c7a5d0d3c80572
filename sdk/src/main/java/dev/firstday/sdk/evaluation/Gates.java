package dev.firstday.sdk.evaluation;

import dev.firstday.api.TrainingJobSpec.Gate;
import dev.firstday.api.TrainingJobSpec.MetricName;
import dev.firstday.contract.Contract;
import dev.firstday.contract.RunResult.Cure;
import dev.firstday.sdk.RunFailure;
import dev.firstday.sdk.model.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Whether a model is good enough to be recorded. */
public final class Gates {
  private Gates() {}

  /**
   * @throws RunFailure when a gate asks for a metric that the task does not have
   */
  public static void requireMeasurable(List<Gate> gates, Task task) {
    for (int i = 0; i < gates.size(); i++) {
      MetricName metric = gates.get(i).metric();
      if (!task.metrics().contains(metric)) {
        throw new RunFailure(
            "MetricNotAvailable",
            "spec.gates[%d].metric: %s does not exist for %s, which %s %s"
                .formatted(
                    i,
                    name(metric),
                    task.words(),
                    task.labels().size() > 1 ? "have" : "has",
                    names(task)),
            Cure.FIX_SPEC);
      }
    }
  }

  /**
   * The gates that fail, in words: metric, value and bound. None: the model may be recorded.
   *
   * @param model the model's metrics
   */
  public static List<String> failed(
      List<Gate> gates, Map<MetricName, Double> model, Yardsticks yardsticks) {
    List<String> failures = new ArrayList<>();
    for (Gate gate : gates) {
      String name = name(gate.metric());
      double value = model.get(gate.metric());
      double constant = yardsticks.baseline().get(gate.metric());
      if (gate.mustBeatBaselineBy() != null
          && !beats(gate.metric(), value, constant, gate.mustBeatBaselineBy())) {
        failures.add(
            "%s %s does not beat the best constant's %s by %s"
                .formatted(name, round(value), round(constant), gate.mustBeatBaselineBy()));
      }
      double linear = yardsticks.linear().get(gate.metric());
      if (gate.mustBeatLinearBy() != null
          && !beats(gate.metric(), value, linear, gate.mustBeatLinearBy())) {
        failures.add(
            "%s %s does not beat a linear model's %s by %s"
                .formatted(name, round(value), round(linear), gate.mustBeatLinearBy()));
      }
      if (gate.mustBeAtLeast() != null && !(value >= gate.mustBeAtLeast())) {
        failures.add(
            "%s %s is not at least %s".formatted(name, round(value), gate.mustBeAtLeast()));
      }
      if (gate.mustBeAtMost() != null && !(value <= gate.mustBeAtMost())) {
        failures.add("%s %s is not at most %s".formatted(name, round(value), gate.mustBeAtMost()));
      }
    }
    return failures;
  }

  /** A metric with its value, as {@code logLoss=0.4510}. */
  public static String headline(MetricName metric, double value) {
    return name(metric) + "=" + round(value);
  }

  /** The metric's name in specs. */
  public static String name(MetricName metric) {
    return Contract.write(metric).replace("\"", "");
  }

  /** Whether a value is better than another, and by at least that margin. */
  static boolean beats(MetricName metric, double value, double other, double margin) {
    double improvement = metric.greaterIsBetter() ? value - other : other - value;
    return improvement > 0 && improvement >= margin;
  }

  private static String names(Task task) {
    return String.join(", ", task.metrics().stream().map(Gates::name).toList());
  }

  static String round(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
