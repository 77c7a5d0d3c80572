package dev.firstday.trainer.snapshot;

import dev.firstday.api.Firstday;
import dev.firstday.contract.Run.DatasetVersionReference;
import dev.firstday.contract.RunResult;
import dev.firstday.contract.RunResult.Cure;
import dev.firstday.sdk.RunFailure;
import dev.firstday.sdk.store.StoreException;
import dev.firstday.trainer.sql.SqlFailure;

/** The ways in which a data set cannot become a version. */
final class SnapshotFailures {
  private SnapshotFailures() {}

  static RunFailure invalidTransform(String why) {
    return new RunFailure("InvalidTransform", "spec.transform: " + why, Cure.FIX_SPEC);
  }

  /** SQL that is right for other columns than these files have. */
  static RunFailure transformDoesNotFit(SqlFailure cause) {
    return new RunFailure(
        "TransformDoesNotFit",
        "spec.transform does not fit the columns of these files: " + cause.getMessage(),
        Cure.FIX_DATA,
        cause);
  }

  /** SQL that is right and fails on these rows. */
  static RunFailure transformFailed(String words, SqlFailure cause) {
    return new RunFailure(
        "TransformFailed", "spec.transform fails on these rows: " + words, Cure.FIX_DATA, cause);
  }

  /** After SELECT *, that may be the files' doing. */
  static RunFailure columnsDiffer(String why) {
    return new RunFailure("ColumnsDiffer", why, Cure.FIX_DATA);
  }

  static RunFailure invalidSplit(String why) {
    return new RunFailure("InvalidSplit", why, Cure.FIX_SPEC);
  }

  static RunFailure invalidSource(String why, Cure cure) {
    return new RunFailure("InvalidSource", why, cure);
  }

  static RunFailure invalidValues(String why) {
    return new RunFailure("InvalidValues", why, Cure.FIX_DATA);
  }

  static RunFailure emptySplit(String why) {
    return new RunFailure("EmptySplit", why, Cure.FIX_DATA);
  }

  static RunFailure constantLabel(String why) {
    return new RunFailure("ConstantLabel", why, Cure.FIX_DATA);
  }

  static RunFailure versionDamaged(DatasetVersionReference version, StoreException cause) {
    return new RunFailure(
        RunResult.VERSION_DAMAGED,
        "version %s/%d is damaged: %s. Restore the object from a backup; or delete it and give the annotation %s of the Dataset a new value: while the source's files are the same, the version is built again from them"
            .formatted(
                version.name(), version.number(), cause.getMessage(), Firstday.REFRESH_ANNOTATION),
        Cure.FIX_DATA,
        cause);
  }

  static RunFailure outOfMemory(SqlFailure cause) {
    return new RunFailure(
        "OutOfMemory",
        "the transform needs more memory or temporary space than its pod has: raise"
            + " spec.resources.limits.memory, or let it read less. "
            + cause.getMessage(),
        Cure.FIX_SPEC,
        cause);
  }
}
