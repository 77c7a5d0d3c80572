package dev.firstday.operator.model;

import dev.firstday.api.ModelStatus;
import dev.firstday.api.ModelVersion;
import dev.firstday.api.TrainingJob;
import dev.firstday.api.TrainingJobStatus;
import dev.firstday.contract.RunResult;
import dev.firstday.operator.worker.RunStep;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The known versions of a model. Each is known from up to three sides: what was known before (the
 * jobs may be gone), what training jobs report, and what an inventory found in S3. S3 has the last
 * word on a number.
 *
 * @param count how many S3 holds, listed or not
 * @param versions newest first
 */
record Catalogue(int count, List<ModelVersion> versions) {
  static final Catalogue NONE = new Catalogue(0, List.of());

  static Catalogue of(ModelStatus status) {
    return new Catalogue(
        status.versionCount() == null ? 0 : status.versionCount(),
        status.versions() == null ? List.of() : status.versions());
  }

  /** What is known after the step; at most {@code limit} versions are listed. */
  static Catalogue of(
      String model, ModelStatus before, List<TrainingJob> trainings, RunStep step, int limit) {
    Map<Integer, ModelVersion> byNumber = new TreeMap<>(Comparator.reverseOrder());
    Catalogue known = before == null ? NONE : of(before);
    int count = known.count();
    add(byNumber, known.versions());
    trainings.stream()
        .map(TrainingJob::getStatus)
        .flatMap(status -> recorded(status, model))
        .forEach(version -> byNumber.merge(version.number(), version, Catalogue::later));
    if (step instanceof RunStep.Finish finish
        && finish.answer() instanceof RunResult.Inventory inventory) {
      add(byNumber, inventory.versions());
      count = Math.max(count, inventory.count());
    }
    // numbers count from 1 without a gap
    int newest = byNumber.keySet().stream().findFirst().orElse(0);
    return new Catalogue(Math.max(count, newest), byNumber.values().stream().limit(limit).toList());
  }

  boolean isEmpty() {
    return versions.isEmpty();
  }

  ModelVersion newest() {
    return isEmpty() ? null : versions.get(0);
  }

  private static void add(Map<Integer, ModelVersion> byNumber, Collection<ModelVersion> versions) {
    versions.forEach(version -> byNumber.put(version.number(), version));
  }

  private static ModelVersion later(ModelVersion known, ModelVersion reported) {
    return reported.recordedAt() != null
            && known.recordedAt() != null
            && reported.recordedAt().isAfter(known.recordedAt())
        ? reported
        : known;
  }

  /** Whose version it is says the chain: the spec may name another model by now. */
  private static Stream<ModelVersion> recorded(TrainingJobStatus status, String model) {
    return status == null
            || status.result() == null
            || status.result().version() == null
            || status.chain() == null
            || status.chain().model() == null
            || !status.chain().model().startsWith(model + "/")
        ? Stream.empty()
        : Stream.of(status.result().version());
  }
}
