package dev.firstday.trainer.snapshot;

import dev.firstday.api.RetentionState;
import dev.firstday.contract.RunResult;
import dev.firstday.sdk.data.CheckRecord;
import dev.firstday.sdk.data.DatasetManifest;
import dev.firstday.sdk.store.VersionRecord;
import dev.firstday.trainer.check.CheckReport;
import java.util.Optional;

/**
 * What a run of a data set came to.
 *
 * @param version the one that the data set stands at, or the one that was refused
 * @param result what checks found of it in this run; empty when nothing was checked
 * @param built its manifest, when this run built it
 */
record Refreshed(
    VersionRecord version, Optional<CheckRecord> result, Optional<DatasetManifest> built) {

  /**
   * As a run's answer.
   *
   * @param retention what was swept; null when the run has no retention
   */
  RunResult.Snapshot toResult(String runUid, RetentionState retention) {
    return new RunResult.Snapshot(
        runUid,
        version.summary(Journal.Summary.class).version(),
        result
            .map(
                found ->
                    CheckReport.of(
                        found.outcomes(), version.number(), found.number(), found.checkedAt()))
            .orElse(null),
        retention);
  }
}
