package dev.firstday.trainer.snapshot;

import dev.firstday.api.DatasetStatus.RefreshTrigger;
import dev.firstday.contract.Run.DatasetVersionReference;
import dev.firstday.sdk.data.CheckRecord;
import java.util.List;
import java.util.Optional;

/** What a run does, decided before a row is read. */
enum NextStep {
  /** Nothing is new, and nobody asked to look again. */
  ANSWER,
  /** Nothing is new: look at the version that is there. */
  RECHECK,
  /** Something is new. */
  BUILD;

  /**
   * What these very files were found to be the last time: the current version, or one that its
   * checks refused. Nothing, when they were not seen lately, or were something else.
   *
   * @param recent results, newest first
   * @param sources digest of the files as they are listed now
   * @param current the latest good version; null when there is none
   */
  static Optional<CheckRecord> known(
      List<CheckRecord> recent, String sources, DatasetVersionReference current) {
    return recent.stream()
        .filter(result -> sources.equals(result.sources()))
        .findFirst()
        .filter(
            result ->
                isRefused(result) || current != null && current.digest().equals(result.digest()));
  }

  /** Whether the version that a result built was refused; one that fails later stays good. */
  static boolean isRefused(CheckRecord result) {
    return result.built() && result.refused();
  }

  /** The step that follows from why the run began, and from what is there. */
  static NextStep of(RefreshTrigger trigger, State state) {
    if (!state.unchanged()) {
      return BUILD;
    }
    return switch (trigger) {
      case CHANGE, RETENTION -> ANSWER;
      case SCHEDULE -> state.refused() ? BUILD : RECHECK;
      case SPEC -> state.refused() || !state.complete() || state.testsNeedFiles() ? BUILD : RECHECK;
    };
  }

  /**
   * What is there.
   *
   * @param unchanged files and recipe are those of a version
   * @param refused that version was refused: today it may be judged otherwise
   * @param complete none of its files is missing: building it again, by request, brings one back
   * @param testsNeedFiles the tests of the transform cannot be run without the source's files
   */
  record State(boolean unchanged, boolean refused, boolean complete, boolean testsNeedFiles) {
    /** Nothing that is known. */
    static final State NEW = new State(false, false, false, false);
  }
}
