package dev.firstday.operator.dataset;

import dev.firstday.api.DatasetStatus;
import dev.firstday.api.DatasetStatus.Checks;
import dev.firstday.api.DatasetStatus.Version;
import dev.firstday.api.Firstday;
import dev.firstday.contract.RunResult;
import dev.firstday.operator.worker.RunStep;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a data set has come to so far.
 *
 * @param latest what the last run that passed gave; null when none has
 * @param refused what the last run gave, if its checks failed; else null
 * @param all newest first
 * @param checks of the last run; null when there was none
 */
record Versions(Version latest, Version refused, List<Version> all, Checks checks) {
  private static final int LISTED = 10;

  static Versions of(DatasetStatus status) {
    return status == null
        ? new Versions(null, null, List.of(), null)
        : new Versions(
            status.latest(),
            status.refused(),
            status.versions() == null ? List.of() : status.versions(),
            status.checks());
  }

  /** With what the step brought. The same content is the same version again, and listed once. */
  Versions after(RunStep step) {
    if (!(step instanceof RunStep.Finish finish
        && finish.answer() instanceof RunResult.Snapshot snapshot)) {
      return this;
    }
    Version version = snapshot.version();
    List<Version> listed =
        Stream.concat(
                Stream.of(version),
                all.stream().filter(other -> !other.number().equals(version.number())))
            .limit(LISTED)
            .toList();
    return Boolean.TRUE.equals(version.refused())
        ? new Versions(latest, version, listed, snapshot.checks())
        : new Versions(version, null, listed, snapshot.checks());
  }

  /** What the latest holds. */
  String summary() {
    return "version %d has %d rows to train on and %d to validate on"
        .formatted(latest.number(), latest.trainRows(), latest.validationRows());
  }

  /** Why there is a refused version, what is used instead, and the cure. */
  String refusal() {
    List<String> failures =
        checks == null || checks.failures() == null ? List.of() : checks.failures();
    String inUse =
        latest == null
            ? "there is no other version"
            : "version %d stays in use".formatted(latest.number());
    return "version %d was refused (%s); %s. Mend the rows or the bounds in spec.checks; for rows mended where they are, set the annotation %s to a new value"
        .formatted(
            refused.number(), String.join("; ", failures), inUse, Firstday.REFRESH_ANNOTATION);
  }
}
