package dev.firstday.operator.deployment;

import dev.firstday.api.ModelDeploymentSpec;
import dev.firstday.api.ModelDeploymentSpec.Track;
import dev.firstday.api.VersionHealth;
import dev.firstday.contract.Names;
import dev.firstday.operator.deployment.DeploymentObservation.ModelSight;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The version that the spec asks for. */
sealed interface Wanted {
  /** It is recorded. */
  record Found(Version version) implements Wanted {}

  /** It is not there, or not yet. */
  record Missing(String reason, String message) implements Wanted {}

  static Wanted of(ModelDeploymentSpec spec, Rollout rollout, ModelSight model) {
    if (spec.version() != null) {
      return numbered(spec.version(), "spec.version", spec, rollout, model);
    }
    if (spec.isOfNewest()) {
      return newest(rollout, model)
          .<Wanted>map(Found::new)
          .orElseGet(() -> none(spec, model).orElseGet(() -> noVersion(spec)));
    }
    Integer number = model.aliases().get(spec.track());
    return number == null
        ? none(spec, model).filter(missing -> !model.found()).orElseGet(() -> noAlias(spec, model))
        : numbered(number, "spec.track: " + spec.track(), spec, rollout, model);
  }

  private static Wanted numbered(
      int number, String field, ModelDeploymentSpec spec, Rollout rollout, ModelSight model) {
    return Stream.concat(
            sound(model),
            // a version that left the list, or whose Model is gone, is known by its digest
            Stream.concat(
                Stream.of(rollout.stable()),
                Stream.of(rollout.candidate()).filter(version -> !isFaulty(version, model))))
        .filter(version -> version.number() == number)
        .findFirst()
        .<Wanted>map(Found::new)
        .orElseGet(() -> missing(number, field, spec, model));
  }

  /** What is served stays, when it turns out to have a fault: its pods answer as they did. */
  private static Optional<Version> newest(Rollout rollout, ModelSight model) {
    return Stream.concat(
            sound(model), recorded(model).filter(version -> version.equals(rollout.stable())))
        .max(Comparator.comparingInt(Version::number));
  }

  /** The versions that passed their inspection, and that nobody is about to delete. */
  private static Stream<Version> sound(ModelSight model) {
    return recorded(model)
        .filter(version -> !model.marked().contains(version.number()))
        .filter(version -> model.healthOf(version).filter(VersionHealth::passed).isPresent());
  }

  private static boolean isFaulty(Version version, ModelSight model) {
    return model.healthOf(version).filter(health -> !health.passed()).isPresent();
  }

  private static Stream<Version> recorded(ModelSight model) {
    return model.versions().stream().map(v -> new Version(v.number(), v.digest()));
  }

  private static Missing missing(
      int number, String field, ModelDeploymentSpec spec, ModelSight model) {
    Optional<Version> unsound =
        recorded(model).filter(version -> version.number() == number).findFirst();
    if (unsound.isPresent() && model.marked().contains(number)) {
      return new Missing(
          "VersionMarked",
          "%s: version %d was about to be deleted by spec.retention of Model %s; it is served once the Model has seen that it is named here, and has taken its mark back"
              .formatted(field, number, spec.model()));
    }
    if (unsound.isPresent()) {
      return unsound(unsound.get(), spec, model);
    }
    return model.found()
        ? new Missing(
            "VersionNotFound",
            "%s: Model %s lists %s, and not %d; ask for one of these, train it, or let the Model list more (spec.listedVersions)"
                .formatted(field, spec.model(), listed(model), number))
        : notFound(spec, model);
  }

  /** Why none of the model's versions can be had; empty where there are none. */
  private static Optional<Missing> none(ModelDeploymentSpec spec, ModelSight model) {
    return model.found()
        ? recorded(model).findFirst().map(version -> unsound(version, spec, model))
        : Optional.of(notFound(spec, model));
  }

  private static Missing notFound(ModelDeploymentSpec spec, ModelSight model) {
    return new Missing(
        "ModelNotFound",
        "spec.model: there is no Model %s in this namespace%s; create it"
            .formatted(spec.model(), Names.hint(spec.model(), model.others())));
  }

  private static Missing noVersion(ModelDeploymentSpec spec) {
    return new Missing(
        "NoVersion", "Model %s has no version yet; train one".formatted(spec.model()));
  }

  private static Missing noAlias(ModelDeploymentSpec spec, ModelSight model) {
    return new Missing(
        "AliasNotFound",
        "spec.track: Model %s has no alias %s in its spec.aliases%s; it has %s"
            .formatted(
                spec.model(),
                spec.track(),
                Names.hint(spec.track(), hintable(model)),
                model.aliases().isEmpty()
                    ? "none"
                    : String.join(", ", new TreeSet<>(model.aliases().keySet()))));
  }

  /** The newest version is tracked by a word of its own. */
  private static List<String> hintable(ModelSight model) {
    return Stream.concat(model.aliases().keySet().stream().sorted(), Stream.of(Track.NEWEST))
        .toList();
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
