package dev.firstday.operator.deployment;

import dev.firstday.api.ModelDeploymentSpec;
import dev.firstday.api.VersionHealth;
import dev.firstday.operator.deployment.DeploymentObservation.ModelSight;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** The version that the spec asks for. */
sealed interface Wanted {
  /** It is recorded. */
  record Found(Version version) implements Wanted {}

  /** It is not there, or not yet. */
  record Missing(String reason, String message) implements Wanted {}

  static Wanted of(ModelDeploymentSpec spec, Rollout rollout, ModelSight model) {
    Optional<Version> version =
        spec.version() == null
            ? newest(rollout, model)
            : Stream.concat(
                    sound(model),
                    // a version that left the list, or whose Model is gone, is known by its digest
                    Stream.of(rollout.stable(), rollout.candidate()))
                .filter(v -> v.number() == spec.version())
                .findFirst();
    return version.<Wanted>map(Found::new).orElseGet(() -> missing(spec, model));
  }

  /** What is served stays, when it turns out to have a fault: its pods answer as they did. */
  private static Optional<Version> newest(Rollout rollout, ModelSight model) {
    return Stream.concat(
            sound(model), recorded(model).filter(version -> version.equals(rollout.stable())))
        .max(Comparator.comparingInt(Version::number));
  }

  /** The versions that passed their inspection. */
  private static Stream<Version> sound(ModelSight model) {
    return recorded(model)
        .filter(version -> model.healthOf(version).filter(VersionHealth::passed).isPresent());
  }

  private static Stream<Version> recorded(ModelSight model) {
    return model.versions().stream().map(v -> new Version(v.number(), v.digest()));
  }

  private static Missing missing(ModelDeploymentSpec spec, ModelSight model) {
    if (!model.found()) {
      return new Missing(
          "ModelNotFound",
          "spec.model: there is no Model %s in this namespace; create it".formatted(spec.model()));
    }
    Optional<Version> unsound =
        recorded(model)
            .filter(v -> spec.version() == null || v.number() == spec.version())
            .findFirst();
    if (unsound.isPresent()) {
      return unsound(unsound.get(), spec, model);
    }
    if (spec.version() == null) {
      return new Missing(
          "NoVersion", "Model %s has no version yet; train one".formatted(spec.model()));
    }
    return new Missing(
        "VersionNotFound",
        "spec.version: Model %s lists %s, and not %d; ask for one of these, train it, or let the Model list more (spec.listedVersions)"
            .formatted(spec.model(), listed(model), spec.version()));
  }

  private static Missing unsound(Version version, ModelDeploymentSpec spec, ModelSight model) {
    return model
        .healthOf(version)
        .map(
            health ->
                new Missing(
                    "VersionFaulty",
                    "Model %s: %s has a fault (%s): %s"
                        .formatted(spec.model(), version, health.fault(), health.message())))
        .orElseGet(
            () ->
                new Missing(
                    "VersionUntested",
                    "Model %s: %s is served once its inspection is through"
                        .formatted(spec.model(), version)));
  }

  private static String listed(ModelSight model) {
    return model.versions().isEmpty()
        ? "no version"
        : "versions "
            + String.join(
                ", ", model.versions().stream().map(v -> String.valueOf(v.number())).toList());
  }
}
