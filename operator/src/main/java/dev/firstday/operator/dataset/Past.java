package dev.firstday.operator.dataset;

import dev.firstday.api.DatasetStatus;
import dev.firstday.api.DatasetStatus.RefreshState;
import dev.firstday.api.RetentionState;
import dev.firstday.api.RunState;

/**
 * What a status says of the last run, by which the next turn is known.
 *
 * @param run null: there was none
 * @param refresh null: it was for the spec
 * @param retention null: nothing was swept
 */
record Past(RunState run, RefreshState refresh, RetentionState retention) {

  static Past of(DatasetStatus status) {
    return new Past(status.run(), status.refresh(), status.retention());
  }

  /** What the run was, or is, for. */
  Turn turn() {
    return refresh == null || refresh.trigger() == null || refresh.lastAt() == null
        ? Turn.ofSpec(run.startedAt())
        : new Turn(refresh.trigger(), refresh.lastAt());
  }
}
