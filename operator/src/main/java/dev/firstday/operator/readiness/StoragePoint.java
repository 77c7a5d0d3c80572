package dev.firstday.operator.readiness;

import dev.firstday.api.Model;
import dev.firstday.api.ModelVersion;
import dev.firstday.api.VersionHealth;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Point 8: model storage is versioned and tested, continuously tested and sanity-checked, with
 * references to the training and the validation data set.
 */
final class StoragePoint {
  /** One turn may be late, as after a weekend's maintenance; two in a row are missed. */
  private static final int TURNS = 2;

  private StoragePoint() {}

  static List<Finding> findings(Tally<Model> models, Instant now) {
    return List.of(
        models.of(
            "versions that name their training and validation split by digest",
            StoragePoint::namesItsData,
            model ->
                "%d, the newest from %s"
                    .formatted(model.getStatus().versionCount(), versions(model).get(0).dataset()),
            "have a TrainingJob record a version of Model %s"),
        models.of(
            "golden cases (spec.golden)",
            model -> model.getSpec().golden() != null && !model.getSpec().golden().isEmpty(),
            "give Model %s spec.golden: requests whose answers are known"),
        models.of(
            "bytes that were hashed, loaded and asked lately",
            model -> isFresh(model, now),
            model -> inspected(model).map(Instant::toString).orElse(""),
            "have Model %s looked at (firstday model verify %<s), and leave spec.verification.everyHours above 0"),
        models.of(
            "no version with a fault, or worse than it may be on newer data",
            model ->
                !health(model).isEmpty()
                    && health(model).stream().allMatch(version -> version.complaint() == null),
            "see what is wrong with Model %s: firstday why model %<s"));
  }

  private static boolean namesItsData(Model model) {
    return !versions(model).isEmpty()
        && versions(model).stream()
            .allMatch(
                version -> version.trainDigest() != null && version.validationDigest() != null);
  }

  private static boolean isFresh(Model model, Instant now) {
    return inspected(model)
        .filter(at -> at.plus(model.getSpec().inspectedEvery().multipliedBy(TURNS)).isAfter(now))
        .isPresent();
  }

  /** When the newest version was last inspected. */
  private static Optional<Instant> inspected(Model model) {
    return health(model).stream()
        .map(VersionHealth::inspectedAt)
        .filter(Objects::nonNull)
        .findFirst();
  }

  private static List<ModelVersion> versions(Model model) {
    return model.getStatus() == null || model.getStatus().versions() == null
        ? List.of()
        : model.getStatus().versions();
  }

  private static List<VersionHealth> health(Model model) {
    return model.getStatus() == null || model.getStatus().health() == null
        ? List.of()
        : model.getStatus().health();
  }
}
