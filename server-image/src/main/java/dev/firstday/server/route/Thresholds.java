package dev.firstday.server.route;

import dev.firstday.server.v2.ModelMetadata;
import dev.firstday.server.v2.ModelMetadata.Property;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The numbers by which a label that is one is told apart: its mean in training, and steps of half a
 * deviation to both sides. They are the stable version's, and so the same for each router.
 *
 * @param byName empty where the label is a class
 */
record Thresholds(Map<String, Double> byName) {
  static final Thresholds NONE = new Thresholds(Map.of());
  private static final int STEPS = 4;
  private static final double DEVIATIONS_A_STEP = 0.5;

  static Thresholds of(ModelMetadata version) {
    Optional<Double> mean = number(version, Property.LABEL_MEAN);
    Optional<Double> deviation = number(version, Property.LABEL_STD);
    if (mean.isEmpty() || deviation.isEmpty()) {
      return NONE;
    }
    Map<String, Double> thresholds = new TreeMap<>();
    for (int step = -STEPS; step <= STEPS; step++) {
      double threshold = mean.get() + step * DEVIATIONS_A_STEP * deviation.get();
      thresholds.put(">= " + (float) threshold, threshold);
    }
    return new Thresholds(thresholds);
  }

  private static Optional<Double> number(ModelMetadata version, String property) {
    return Optional.ofNullable(version.properties().get(property)).map(Double::parseDouble);
  }
}
