package dev.firstday.trainer.retention;

import dev.firstday.api.DatasetSpec;
import dev.firstday.sdk.store.SweepMarks.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What becomes of each version of a data set:
 *
 * <pre>
 *            no longer needed               grace is over               last row is gone
 *   kept  ------------------------>  marked  ----------->  deleting  ------------------->  deleted
 *         <------------------------
 *         needed again, built again
 * </pre>
 *
 * Needed is what something refers to, the newest good versions, and the refused ones since the
 * newest good one, which say why there is no newer. A deletion that was begun is finished, unless
 * something refers to the version now: then what is left of it stays.
 */
final class Sweep {
  /** Long enough to come back from a holiday's first half and to see what would be lost. */
  static final Duration DEFAULT_GRACE = Duration.ofDays(7);

  private Sweep() {}

  /**
   * @param versions in any order
   * @param referred by number, who refers to a version, in words
   * @param retention null: every version is kept
   * @return a decision for each version, newest first
   */
  static List<Decision> plan(
      List<Version> versions,
      Map<Integer, String> referred,
      DatasetSpec.Retention retention,
      Instant now) {
    List<Integer> good =
        versions.stream()
            .filter(v -> !v.refused() && v.hasRows())
            .map(Version::number)
            .sorted(Comparator.reverseOrder())
            .toList();
    int keep = retention == null ? good.size() : Math.min(retention.keepVersions(), good.size());
    Set<Integer> kept = Set.copyOf(good.subList(0, keep));
    int newestGood = good.isEmpty() ? 0 : good.get(0);
    return versions.stream()
        .sorted(Comparator.comparingInt(Version::number).reversed())
        .map(
            version ->
                decide(
                    version, need(version, referred, kept, newestGood, retention), retention, now))
        .toList();
  }

  /** Why a version is needed, in words; empty when it is not. */
  private static String need(
      Version version,
      Map<Integer, String> referred,
      Set<Integer> kept,
      int newestGood,
      DatasetSpec.Retention retention) {
    if (referred.containsKey(version.number())) {
      return referred.get(version.number());
    }
    if (version.state() == State.DELETING) {
      return "";
    }
    if (retention == null) {
      return "every version is kept";
    }
    if (kept.contains(version.number())) {
      return "one of the newest " + retention.keepVersions();
    }
    return version.refused() && version.number() > newestGood
        ? "refused, and no later version is good"
        : "";
  }

  private static Decision decide(
      Version version, String need, DatasetSpec.Retention retention, Instant now) {
    int number = version.number();
    if (version.state() == State.DELETED) {
      return new Decision(number, Action.NONE, "its rows are deleted", null);
    }
    if (!need.isEmpty()) {
      return new Decision(
          number, version.state() == null ? Action.KEEP : Action.UNMARK, need, null);
    }
    if (version.state() == State.DELETING) {
      return new Decision(number, Action.DELETE, "its deletion was begun", now);
    }
    String why =
        version.refused()
            ? "refused, and a later version is good"
            : "beyond the newest " + retention.keepVersions();
    if (version.state() == null) {
      return new Decision(number, Action.MARK, why, now.plus(grace(retention)));
    }
    Instant due = version.markedAt().plus(grace(retention));
    return new Decision(number, due.isAfter(now) ? Action.WAIT : Action.DELETE, why, due);
  }

  private static Duration grace(DatasetSpec.Retention retention) {
    return retention.graceDays() == null ? DEFAULT_GRACE : Duration.ofDays(retention.graceDays());
  }

  /** Numbers of the versions with that decision, ascending. */
  static List<Integer> numbers(List<Decision> decisions, Action action) {
    return decisions.stream()
        .filter(d -> d.action() == action)
        .map(Decision::number)
        .sorted()
        .collect(Collectors.toUnmodifiableList());
  }

  /**
   * A version as it is.
   *
   * @param state what retention has done so far; null: nothing
   * @param markedAt when it was marked; null when it is not
   */
  record Version(int number, boolean refused, State state, Instant markedAt) {
    boolean hasRows() {
      return state == null || state == State.MARKED;
    }
  }

  /** What is to be done. */
  enum Action {
    /** Needed. */
    KEEP,
    /** Needed again: the mark goes. */
    UNMARK,
    /** No longer needed, from now on. */
    MARK,
    /** Marked, and its grace period is not over. */
    WAIT,
    /** Its rows go now. */
    DELETE,
    /** There is nothing left to be done. */
    NONE
  }

  /**
   * @param reason in words
   * @param at when its rows go; null when they do not
   */
  record Decision(int number, Action action, String reason, Instant at) {}
}
