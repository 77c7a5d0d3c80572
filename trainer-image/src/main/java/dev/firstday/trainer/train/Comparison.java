package dev.firstday.trainer.train;

import dev.firstday.api.MetricValue;
import dev.firstday.api.Reproduction;
import dev.firstday.contract.Contract;
import dev.firstday.sdk.artefact.Artefact;
import dev.firstday.sdk.artefact.ModelManifest;
import dev.firstday.sdk.artefact.ModelManifest.FileReference;
import dev.firstday.sdk.evaluation.Evaluation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A version beside what its recipe gives today. The same code on the same kind of machine gives the
 * same weights, bit by bit. Elsewhere sums are rounded otherwise, and what is left to compare is
 * what the networks are worth: metrics within the 95 % intervals that were recorded differ by no
 * more than other validation rows would have made them.
 *
 * @param verdict one of {@link Reproduction}
 */
record Comparison(String verdict, String message) {

  static Comparison of(ModelManifest recorded, Evaluation then, Artefact again) {
    ModelManifest now = again.manifest();
    String weights = recorded.files().get(ModelManifest.MODEL).digest();
    String found = now.files().get(ModelManifest.MODEL).digest();
    if (weights.equals(found)) {
      return new Comparison(
          Reproduction.IDENTICAL,
          "model.zip has the sha256 %s again%s".formatted(weights, others(recorded, now)));
    }
    String weighed =
        "model.zip has the sha256 %s instead of %s%s"
            .formatted(found, weights, libraries(recorded, now));
    List<String> outside = new ArrayList<>();
    List<String> within = new ArrayList<>();
    for (MetricValue metric : then.metrics()) {
      MetricValue value = like(metric, now.metrics());
      (isWithin(metric, value) ? within : outside)
          .add(
              "%s %s, at training %s (%s to %s)"
                  .formatted(
                      Contract.name(metric.name()),
                      value == null ? null : value.value(),
                      metric.value(),
                      metric.lower(),
                      metric.upper()));
    }
    return outside.isEmpty()
        ? new Comparison(
            Reproduction.ALIKE,
            "%s; its metrics lie within the recorded intervals: %s"
                .formatted(weighed, String.join("; ", within)))
        : new Comparison(
            Reproduction.DIFFERENT,
            "%s; outside of the recorded intervals: %s"
                .formatted(weighed, String.join("; ", outside)));
  }

  private static MetricValue like(MetricValue metric, List<MetricValue> metrics) {
    return metrics.stream().filter(m -> m.name() == metric.name()).findFirst().orElse(null);
  }

  /** A metric that was no number has to be none again. */
  private static boolean isWithin(MetricValue then, MetricValue now) {
    if (now == null) {
      return false;
    }
    if (then.value() == null || now.value() == null) {
      return then.value() == null && now.value() == null;
    }
    return then.lower() == null || then.upper() == null
        ? then.value().equals(now.value())
        : then.lower() <= now.value() && now.value() <= then.upper();
  }

  /** With the same weights a file may still differ, as a report of another release does. */
  private static String others(ModelManifest recorded, ModelManifest now) {
    Map<String, FileReference> changed = new TreeMap<>(recorded.files());
    changed.entrySet().removeAll(now.files().entrySet());
    return changed.isEmpty()
        ? ", and every other file is the same"
        : "; not so %s%s".formatted(String.join(", ", changed.keySet()), libraries(recorded, now));
  }

  private static String libraries(ModelManifest recorded, ModelManifest now) {
    return recorded.libraries().equals(now.libraries())
        ? ""
        : "; it was trained with %s, and now with %s"
            .formatted(new TreeMap<>(recorded.libraries()), new TreeMap<>(now.libraries()));
  }
}
