package dev.firstday.sdk.evaluation;

import dev.firstday.api.TrainingJobSpec.MetricName;
import java.util.Optional;

/**
 * What newer data have against a model that was good enough once.
 *
 * @param fault one word in CamelCase
 * @param message metric, values and the cure
 */
public record Decline(String fault, String message) {
  private static final String CURE = "train on newer data";

  /**
   * @param now the model's metric on newer data
   * @param constant that of the best constant of these data
   * @param atTraining the model's metric when it was recorded
   * @param maxDrop how much worse it may be, in the metric's own unit; null: any
   */
  public static Optional<Decline> of(
      MetricName metric, double now, double constant, double atTraining, Double maxDrop) {
    if (!Gates.beats(metric, now, constant, 0)) {
      return Optional.of(
          new Decline(
              "BelowConstant",
              "%s does not beat the best constant of today, which has %s: %s"
                  .formatted(Gates.headline(metric, now), Gates.round(constant), CURE)));
    }
    if (maxDrop != null && Gates.beats(metric, atTraining, now, maxDrop)) {
      return Optional.of(
          new Decline(
              "MetricDropped",
              "%s was %s at training, and spec.verification.maxDrop allows %s: %s"
                  .formatted(Gates.headline(metric, now), Gates.round(atTraining), maxDrop, CURE)));
    }
    return Optional.empty();
  }
}
