package dev.firstday.operator.readiness;

import dev.firstday.api.Model;
import dev.firstday.api.ModelVersion;
import dev.firstday.api.TrainingJob;
import dev.firstday.api.TrainingJobStatus;
import dev.firstday.operator.kube.Standing;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Point 7: a "return constant" model is computed beforehand. */
final class BaselinePoint {
  private final List<Model> models;

  private BaselinePoint(List<Model> models) {
    this.models = models;
  }

  static List<Finding> findings(Tally<TrainingJob> trainings, List<Model> models) {
    BaselinePoint point = new BaselinePoint(models);
    return List.of(
        trainings.of(
            "a result beside that of the best constant",
            training -> point.compared(training).isPresent(),
            training -> point.compared(training).orElse(""),
            "see why TrainingJob %s has no result: firstday why trainingjob %<s"),
        trainings.of(
            "a gate that a constant cannot pass (mustBeatBaselineBy)",
            training ->
                training.getSpec().gates().stream()
                    .anyMatch(gate -> gate.mustBeatBaselineBy() != null),
            "give a gate of TrainingJob %s mustBeatBaselineBy: 0 or more"));
  }

  /**
   * The result beside the constant's. A run that is under way has none, and takes nothing away from
   * what the one before it has recorded.
   */
  private Optional<String> compared(TrainingJob training) {
    TrainingJobStatus status = training.getStatus();
    if (status == null) {
      return Optional.empty();
    }
    return status.result() == null && status.holds(Standing.RECONCILING)
        ? recorded(training)
        : Optional.ofNullable(status.result())
            .filter(BaselinePoint::isCompared)
            .map(result -> words(result.headline(), result.baselineHeadline()));
  }

  private Optional<String> recorded(TrainingJob training) {
    return models.stream()
        .filter(model -> model.getMetadata().getName().equals(training.getSpec().model()))
        .flatMap(model -> Stream.ofNullable(model.getStatus()))
        .flatMap(status -> Stream.ofNullable(status.versions()))
        .flatMap(List::stream)
        .filter(version -> version.baselineHeadline() != null)
        .findFirst()
        .map(version -> words(version, training));
  }

  private static String words(ModelVersion version, TrainingJob training) {
    return "%s/%d: %s, while the next run is under way"
        .formatted(
            training.getSpec().model(),
            version.number(),
            words(version.headline(), version.baselineHeadline()));
  }

  private static String words(String headline, String baselineHeadline) {
    return "%s, the constant %s".formatted(headline, baselineHeadline);
  }

  private static boolean isCompared(TrainingJobStatus.Result result) {
    return result.metrics() != null
        && result.metrics().stream().anyMatch(metric -> metric.baseline() != null);
  }
}
