package dev.firstday.operator.deployment;

import dev.firstday.api.ModelDeploymentSpec;
import dev.firstday.api.ModelVersion;
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
            ? newest(model)
            : Stream.concat(
                    model.versions().stream().map(Wanted::version),
                    // a version that left the list, or whose Model is gone, is known by its digest
                    Stream.of(rollout.stable(), rollout.candidate()))
                .filter(v -> v.number() == spec.version())
                .findFirst();
    return version.<Wanted>map(Found::new).orElseGet(() -> missing(spec, model));
  }

  private static Optional<Version> newest(ModelSight model) {
    return model.versions().stream()
        .map(Wanted::version)
        .max(Comparator.comparingInt(Version::number));
  }

  private static Missing missing(ModelDeploymentSpec spec, ModelSight model) {
    if (!model.found()) {
      return new Missing(
          "ModelNotFound",
          "spec.model: there is no Model %s in this namespace; create it".formatted(spec.model()));
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

  private static String listed(ModelSight model) {
    return model.versions().isEmpty()
        ? "no version"
        : "versions "
            + String.join(
                ", ", model.versions().stream().map(v -> String.valueOf(v.number())).toList());
  }

  private static Version version(ModelVersion recorded) {
    return new Version(recorded.number(), recorded.digest());
  }
}
