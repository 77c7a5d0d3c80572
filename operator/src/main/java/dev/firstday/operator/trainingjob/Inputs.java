package dev.firstday.operator.trainingjob;

import dev.firstday.api.Condition;
import dev.firstday.api.Dataset;
import dev.firstday.api.DatasetStatus;
import dev.firstday.api.TrainingJobSpec;
import dev.firstday.contract.Run.DatasetVersionReference;
import dev.firstday.operator.kube.Standing;
import java.util.List;
import java.util.Objects;

/** What a run needs before it can begin. */
sealed interface Inputs {

  /** All is there. */
  record Resolved(DatasetVersionReference dataset) implements Inputs {}

  /** Something is not there (yet). */
  record Missing(Standing standing) implements Inputs {}

  static Inputs of(TrainingJobSpec spec, TrainingJobObservation seen) {
    if (seen.models().isEmpty()) {
      return waiting(
          "ModelMissing",
          "Model %s does not exist in this namespace; create it".formatted(spec.model()));
    }
    String name = spec.dataset().name();
    return seen.datasets().stream()
        .findFirst()
        .map(dataset -> version(dataset, spec.dataset().version()))
        .orElseGet(
            () ->
                waiting(
                    "DatasetMissing",
                    "Dataset %s does not exist in this namespace; create it".formatted(name)));
  }

  private static Inputs version(Dataset dataset, Integer number) {
    String name = dataset.getMetadata().getName();
    DatasetStatus status = dataset.getStatus();
    if (status == null || isBuilding(dataset)) {
      return waiting(
          "DatasetBuilding",
          "Dataset %s is building a version; training begins after it".formatted(name));
    }
    if (number != null) {
      return numbered(name, number, status.versions() == null ? List.of() : status.versions());
    }
    return status.latest() == null
        ? waiting(
            "DatasetNotReady",
            "Dataset %s has no version that passed its checks: %s".formatted(name, words(status)))
        : resolved(name, status.latest());
  }

  /** A version that a failed attempt keeps from being built is not waited for. */
  private static boolean isBuilding(Dataset dataset) {
    DatasetStatus status = dataset.getStatus();
    return !Objects.equals(status.observedGeneration(), dataset.getMetadata().getGeneration())
        || Standing.holds(status, Standing.RECONCILING)
            && (status.run() == null || status.run().failure() == null);
  }

  private static Inputs numbered(String name, int number, List<DatasetStatus.Version> versions) {
    return versions.stream()
        .filter(version -> version.number() == number)
        .findFirst()
        .map(
            version ->
                Boolean.TRUE.equals(version.refused())
                    ? stalled(
                        "DatasetVersionRefused",
                        "version %d of Dataset %s was refused by its checks; name another in spec.dataset.version"
                            .formatted(number, name))
                    : resolved(name, version))
        .orElseGet(
            () ->
                stalled(
                    "DatasetVersionMissing",
                    "Dataset %s lists no version %d in status.versions; name one of %s in spec.dataset.version"
                        .formatted(
                            name,
                            number,
                            versions.stream().map(DatasetStatus.Version::number).toList())));
  }

  private static Inputs resolved(String name, DatasetStatus.Version version) {
    return new Resolved(new DatasetVersionReference(name, version.number(), version.digest()));
  }

  private static Inputs waiting(String reason, String message) {
    return new Missing(Standing.reconciling(reason, message));
  }

  private static Inputs stalled(String reason, String message) {
    return new Missing(Standing.stalled(reason, message));
  }

  private static String words(DatasetStatus status) {
    return status.conditions() == null
        ? "it has not been looked at"
        : status.conditions().stream()
            .filter(condition -> Standing.READY.equals(condition.type()))
            .map(Condition::message)
            .findFirst()
            .orElse("it does not say why");
  }
}
