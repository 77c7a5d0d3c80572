package dev.firstday.operator.trainingjob;

import dev.firstday.api.Condition;
import dev.firstday.api.Dataset;
import dev.firstday.api.DatasetStatus;
import dev.firstday.api.DatasetStatus.RefreshTrigger;
import dev.firstday.api.TrainingJobSpec;
import dev.firstday.contract.Names;
import dev.firstday.contract.Run.DatasetVersionReference;
import dev.firstday.contract.RunResult;
import dev.firstday.operator.kube.Standing;
import java.util.List;
import java.util.Optional;

/** What a run needs before it can begin. */
sealed interface Inputs {

  /** All is there. */
  record Resolved(DatasetVersionReference dataset) implements Inputs {}

  /** Something is not there (yet). */
  record Missing(Standing standing) implements Inputs {}

  static Inputs of(TrainingJobSpec spec, TrainingJobObservation seen) {
    if (seen.models().isEmpty()) {
      return waiting("ModelMissing", missing("Model", spec.model(), seen.others().models()));
    }
    String name = spec.dataset().name();
    return seen.datasets().stream()
        .findFirst()
        .map(dataset -> Fit.checked(version(dataset, spec.dataset().version()), spec, dataset))
        .orElseGet(
            () -> waiting("DatasetMissing", missing("Dataset", name, seen.others().datasets())));
  }

  private static String missing(String kind, String name, List<String> there) {
    return "%s %s does not exist in this namespace%s; create it"
        .formatted(kind, name, Names.hint(name, there));
  }

  private static Inputs version(Dataset dataset, Integer number) {
    String name = dataset.getMetadata().getName();
    DatasetStatus status = dataset.getStatus();
    if (status == null) {
      return building(name);
    }
    return number == null ? latest(dataset, name, status) : numbered(dataset, name, number, status);
  }

  /**
   * The last good version, unless a new spec asks for another: a mere refresh is not waited for.
   */
  private static Inputs latest(Dataset dataset, String name, DatasetStatus status) {
    if (isBuilding(dataset) && (isForSpec(dataset) || status.latest() == null)) {
      return building(name);
    }
    return status.latest() == null
        ? waiting(
            "DatasetNotReady",
            "Dataset %s has no version that passed its checks: %s".formatted(name, words(status)))
        : usable(name, status.latest(), status);
  }

  private static Inputs numbered(Dataset dataset, String name, int number, DatasetStatus status) {
    List<DatasetStatus.Version> versions =
        status.versions() == null ? List.of() : status.versions();
    Optional<DatasetStatus.Version> listed =
        versions.stream().filter(version -> version.number() == number).findFirst();
    if (listed.isPresent()) {
      return Boolean.TRUE.equals(listed.get().refused())
          ? stalled(
              "DatasetVersionRefused",
              "version %d of Dataset %s was refused by its checks; name another in spec.dataset.version"
                  .formatted(number, name))
          : usable(name, listed.get(), status);
    }
    return isBuilding(dataset)
        ? building(name)
        : stalled(
            "DatasetVersionMissing",
            "Dataset %s lists no version %d in status.versions; name one of %s in spec.dataset.version"
                .formatted(
                    name, number, versions.stream().map(DatasetStatus.Version::number).toList()));
  }

  /** A good version, if its rows are there. */
  private static Inputs usable(String name, DatasetStatus.Version version, DatasetStatus status) {
    int number = version.number();
    if (status.retention() != null
        && status.retention().deleted() != null
        && status.retention().deleted().contains(number)) {
      return stalled(
          "DatasetVersionSwept",
          "the rows of version %d of Dataset %s were deleted by its spec.retention; name another in spec.dataset.version"
              .formatted(number, name));
    }
    boolean isLatest = status.latest() != null && status.latest().number() == number;
    return isLatest
            && status.run() != null
            && RunResult.VERSION_DAMAGED.equals(status.run().failure())
        ? waiting(
            "DatasetVersionDamaged",
            "version %d of Dataset %s cannot be read as it was recorded: %s"
                .formatted(number, name, words(status)))
        : new Resolved(new DatasetVersionReference(name, number, version.digest()));
  }

  /** A version that a failed attempt keeps from being built is not waited for. */
  private static boolean isBuilding(Dataset dataset) {
    DatasetStatus status = dataset.getStatus();
    return isUnseen(dataset)
        || status.holds(Standing.RECONCILING)
            && (status.run() == null || status.run().failure() == null);
  }

  private static boolean isForSpec(Dataset dataset) {
    DatasetStatus.RefreshState refresh = dataset.getStatus().refresh();
    return isUnseen(dataset)
        || refresh == null
        || refresh.trigger() == null
        || refresh.trigger() == RefreshTrigger.SPEC;
  }

  static boolean isUnseen(Dataset dataset) {
    return !dataset.getStatus().isOf(dataset);
  }

  private static Inputs building(String name) {
    return waiting(
        "DatasetBuilding",
        "Dataset %s is building a version; training begins after it".formatted(name));
  }

  private static Inputs waiting(String reason, String message) {
    return new Missing(Standing.reconciling(reason, message));
  }

  static Inputs stalled(String reason, String message) {
    return new Missing(Standing.stalled(reason, message));
  }

  private static String words(DatasetStatus status) {
    return status.conditions() == null
        ? "it has not been looked at"
        : status.condition(Standing.READY).map(Condition::message).orElse("it does not say why");
  }
}
