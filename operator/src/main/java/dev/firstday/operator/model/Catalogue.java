package dev.firstday.operator.model;

import dev.firstday.api.Errand.Subject;
import dev.firstday.api.ModelStatus;
import dev.firstday.api.ModelVersion;
import dev.firstday.api.RetentionState;
import dev.firstday.api.TrainingJob;
import dev.firstday.api.TrainingJobStatus;
import dev.firstday.contract.RunResult;
import dev.firstday.operator.worker.RunStep;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The known versions of a model. Each is known from up to three sides: what was known before (the
 * jobs may be gone), what training jobs report, and what an inventory found in S3. S3 has the last
 * word on a number.
 *
 * @param removed how many retention has deleted
 * @param versions newest first
 */
record Catalogue(int removed, List<ModelVersion> versions) {
  static final Catalogue NONE = new Catalogue(0, List.of());

  /**
   * @param status null: the model was not looked at yet
   */
  static Catalogue of(ModelStatus status) {
    if (status == null) {
      return NONE;
    }
    List<ModelVersion> versions = status.versions() == null ? List.of() : status.versions();
    return new Catalogue(
        status.versionCount() == null
            ? 0
            : Math.max(0, newestNumber(versions) - status.versionCount()),
        versions);
  }

  /** What was known before, and what training jobs have recorded since. */
  static Catalogue of(String model, ModelStatus before, List<TrainingJob> trainings) {
    Catalogue known = of(before);
    Map<Integer, ModelVersion> byNumber = known.byNumber();
    List<Integer> deleted = deleted(before == null ? null : before.retention());
    trainings.stream()
        .flatMap(training -> recorded(training, model))
        .filter(version -> !deleted.contains(version.number()))
        .forEach(version -> byNumber.merge(version.number(), version, Catalogue::later));
    return new Catalogue(known.removed(), List.copyOf(byNumber.values()));
  }

  /** What is known after the step. */
  Catalogue after(RunStep step) {
    Map<Integer, ModelVersion> byNumber = byNumber();
    if (step instanceof RunStep.Finish finish
        && finish.answer() instanceof RunResult.Inventory inventory) {
      inventory.versions().forEach(v -> byNumber.merge(v.number(), v, Catalogue::fuller));
      int newest = newestNumber(inventory.versions());
      return new Catalogue(Math.max(0, newest - inventory.count()), List.copyOf(byNumber.values()));
    }
    if (step instanceof RunStep.Finish finish && finish.answer() instanceof RunResult.Sweep sweep) {
      deleted(sweep.retention()).forEach(byNumber::remove);
      return new Catalogue(sweep.removed(), List.copyOf(byNumber.values()));
    }
    return this;
  }

  /** How many S3 holds, listed or not: numbers count from 1, and none is taken twice. */
  int count() {
    return Math.max(versions.size(), newestNumber(versions) - removed);
  }

  /** No more versions than that, and still as many counted. */
  Catalogue listing(Listing listing) {
    return new Catalogue(
        removed,
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

  /** The version of that number, if it is listed. */
  Optional<Subject> numbered(int number) {
    return versions.stream()
        .filter(version -> version.number() == number)
        .map(Known::subject)
        .findFirst();
  }

  /** 0 where there is none. */
  int newestNumber() {
    return newestNumber(versions);
  }

  private static int newestNumber(List<ModelVersion> versions) {
    return versions.stream().mapToInt(ModelVersion::number).max().orElse(0);
  }

  private static List<Integer> deleted(RetentionState retention) {
    return retention == null || retention.deleted() == null ? List.of() : retention.deleted();
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

  /**
   * The version that it recorded last. Whose version it is says the chain: the spec may name
   * another model by now.
   */
  static Stream<ModelVersion> recorded(TrainingJob training, String model) {
    TrainingJobStatus status = training.getStatus();
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
