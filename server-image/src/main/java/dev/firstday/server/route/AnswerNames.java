package dev.firstday.server.route;

import dev.firstday.server.v2.ModelMetadata;
import dev.firstday.server.v2.ModelMetadata.Property;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * By what answers are told apart, beside classes, which name themselves. It is the stable
 * version's, and so the same for each router.
 *
 * @param thresholds the numbers by which a label that is one is told apart: its mean in training,
 *     and steps of half a deviation to both sides; empty where it is none
 * @param labels the names of several labels that are yes or no each; empty where there is one
 */
record AnswerNames(Map<String, Double> thresholds, List<String> labels) {
  static final AnswerNames NONE = new AnswerNames(Map.of(), List.of());
  private static final int STEPS = 4;
  private static final double DEVIATIONS_A_STEP = 0.5;

  static AnswerNames of(ModelMetadata version) {
    Optional<Double> mean = number(version, Property.LABEL_MEAN);
    Optional<Double> deviation = number(version, Property.LABEL_STD);
    if (mean.isEmpty() || deviation.isEmpty()) {
      return new AnswerNames(Map.of(), version.labels());
    }
    Map<String, Double> thresholds = new TreeMap<>();
    for (int step = -STEPS; step <= STEPS; step++) {
      double threshold = mean.get() + step * DEVIATIONS_A_STEP * deviation.get();
      thresholds.put(">= " + (float) threshold, threshold);
    }
    return new AnswerNames(thresholds, List.of());
  }

  private static Optional<Double> number(ModelMetadata version, String property) {
    return Optional.ofNullable(version.properties().get(property)).map(Double::parseDouble);
  }
}
