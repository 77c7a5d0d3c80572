package dev.firstday.operator.model;

import dev.firstday.api.ModelStatus;
import dev.firstday.api.ModelVersion;
import dev.firstday.api.TrainingJob;
import dev.firstday.api.TrainingJobStatus;
import dev.firstday.contract.RunResult;
import dev.firstday.operator.worker.RunStep;
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

  /**
   * @param status null: the model was not looked at yet
   */
  static Catalogue of(ModelStatus status) {
    if (status == null) {
      return NONE;
    }
    return new Catalogue(
        status.versionCount() == null ? 0 : status.versionCount(),
        status.versions() == null ? List.of() : status.versions());
  }

  /** What was known before, and what training jobs have recorded since. */
  static Catalogue of(String model, ModelStatus before, List<TrainingJob> trainings) {
    Catalogue known = of(before);
    Map<Integer, ModelVersion> byNumber = known.byNumber();
    trainings.stream()
        .map(TrainingJob::getStatus)
        .flatMap(status -> recorded(status, model))
        .forEach(version -> byNumber.merge(version.number(), version, Catalogue::later));
    return of(known.count(), byNumber);
  }

  /** What is known after the step. */
  Catalogue after(RunStep step) {
    if (!(step instanceof RunStep.Finish finish
        && finish.answer() instanceof RunResult.Inventory inventory)) {
      return this;
    }
    Map<Integer, ModelVersion> byNumber = byNumber();
    inventory.versions().forEach(v -> byNumber.merge(v.number(), v, Catalogue::fuller));
    return of(Math.max(count, inventory.count()), byNumber);
  }

  /** No more versions than that, and still as many counted. */
  Catalogue listing(Listing listing) {
    return new Catalogue(
        count,
        Stream.concat(
                versions.stream().limit(listing.newest()),
                versions.stream()
                    .skip(listing.newest())
                    .filter(version -> listing.also().contains(version.number())))
            .toList());
  }

  boolean isEmpty() {
    return versions.isEmpty();
  }

  /** The newest version that may be served; null when there is none. */
  ModelVersion newest(Health health) {
    return versions.stream().filter(health::passed).findFirst().orElse(null);
  }

  /** Numbers count from 1 without a gap. */
  private static Catalogue of(int count, Map<Integer, ModelVersion> byNumber) {
    int newest = byNumber.keySet().stream().findFirst().orElse(0);
    return new Catalogue(Math.max(count, newest), List.copyOf(byNumber.values()));
  }

  private Map<Integer, ModelVersion> byNumber() {
    Map<Integer, ModelVersion> byNumber = new TreeMap<>(Comparator.reverseOrder());
    versions.forEach(version -> byNumber.put(version.number(), version));
    return byNumber;
  }

  /** An inventory of many versions has no room for all that is known of each. */
  private static ModelVersion fuller(ModelVersion known, ModelVersion found) {
    boolean same = known.digest().equals(found.digest());
    boolean shorter =
        found.metrics() == null && known.metrics() != null
            || found.evaluation() == null && known.evaluation() != null;
    return same && shorter ? known : found;
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
