package dev.firstday.operator.readiness;

import dev.firstday.api.TrainingJob;
import dev.firstday.api.TrainingJobStatus;
import java.util.List;

/** Point 7: a "return constant" model is computed beforehand. */
final class BaselinePoint {
  private BaselinePoint() {}

  static List<Finding> findings(Tally<TrainingJob> trainings) {
    return List.of(
        trainings.of(
            "a result beside that of the best constant",
            training -> isCompared(result(training)),
            training ->
                "%s, the constant %s"
                    .formatted(result(training).headline(), result(training).baselineHeadline()),
            "see why TrainingJob %s has no result: firstday why trainingjob %<s"),
        trainings.of(
            "a gate that a constant cannot pass (mustBeatBaselineBy)",
            training ->
                training.getSpec().gates().stream()
                    .anyMatch(gate -> gate.mustBeatBaselineBy() != null),
            "give a gate of TrainingJob %s mustBeatBaselineBy: 0 or more"));
  }

  private static TrainingJobStatus.Result result(TrainingJob training) {
    return training.getStatus() == null ? null : training.getStatus().result();
  }

  private static boolean isCompared(TrainingJobStatus.Result result) {
    return result != null
        && result.metrics() != null
        && result.metrics().stream().anyMatch(metric -> metric.baseline() != null);
  }
}
