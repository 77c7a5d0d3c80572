package dev.firstday.trainer.retention;

import dev.firstday.api.Retention;
import dev.firstday.sdk.store.SweepMarks;
import dev.firstday.sdk.store.SweepMarks.State;
import dev.firstday.sdk.store.VersionRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What becomes of each version of a data set or model:
 *
 * <pre>
 *            no longer needed               grace is over              last file is gone
 *   kept  ------------------------>  marked  ----------->  deleting  ------------------->  deleted
 *         <------------------------
 *         needed again, built again
 * </pre>
 *
 * Needed is what something refers to, the newest good versions, those of some age, and the refused
 * ones since the newest good one, which say why there is no newer. A deletion that was begun is
 * finished, unless something refers to the version now: then what is left of it stays.
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
      List<Version> versions, Map<Integer, String> referred, Retention retention, Instant now) {
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
                    version,
                    need(version, referred, kept, newestGood, retention, now),
                    retention,
                    now))
        .toList();
  }

  /** Why a version is needed; null when it is not. */
  private static Need need(
      Version version,
      Map<Integer, String> referred,
      Set<Integer> kept,
      int newestGood,
      Retention retention,
      Instant now) {
    if (referred.containsKey(version.number())) {
      return new Need(referred.get(version.number()), null);
    }
    if (version.state() == State.DELETING) {
      return null;
    }
    if (retention == null) {
      return new Need("every version is kept", null);
    }
    if (kept.contains(version.number())) {
      return new Need("one of the newest " + retention.keepVersions(), null);
    }
    if (version.refused()) {
      return version.number() > newestGood
          ? new Need("refused, and no later version is good", null)
          : null;
    }
    if (retention.keepDays() == null) {
      return null;
    }
    Instant until = version.recordedAt().plus(Duration.ofDays(retention.keepDays()));
    return until.isAfter(now)
        ? new Need("younger than %d days".formatted(retention.keepDays()), until)
        : null;
  }

  private static Decision decide(Version version, Need need, Retention retention, Instant now) {
    if (version.state() == State.DELETED) {
      return new Decision(version, Action.NONE, "its files are deleted", null);
    }
    if (need != null) {
      return new Decision(
          version, version.state() == null ? Action.KEEP : Action.UNMARK, need.why(), need.until());
    }
    if (version.state() == State.DELETING) {
      return new Decision(version, Action.DELETE, "its deletion was begun", now);
    }
    String why =
        version.refused()
            ? "refused, and a later version is good"
            : "beyond the newest " + retention.keepVersions();
    if (version.state() == null) {
      return new Decision(version, Action.MARK, why, now.plus(grace(retention)));
    }
    Instant due = version.markedAt().plus(grace(retention));
    return new Decision(version, due.isAfter(now) ? Action.WAIT : Action.DELETE, why, due);
  }

  private static Duration grace(Retention retention) {
    return retention.graceDays() == null ? DEFAULT_GRACE : Duration.ofDays(retention.graceDays());
  }

  /** The decisions for that, the oldest version first. */
  static List<Decision> those(List<Decision> decisions, Action action) {
    return decisions.stream()
        .filter(d -> d.action() == action)
        .sorted(Comparator.comparingInt(Decision::number))
        .toList();
  }

  /** Whether any version is to go, now or in time. */
  static boolean takesAny(List<Decision> decisions) {
    return decisions.stream()
        .anyMatch(
            d ->
                switch (d.action()) {
                  case MARK, WAIT, DELETE -> true;
                  case KEEP, UNMARK, NONE -> false;
                });
  }

  /**
   * A version as it is.
   *
   * @param state what retention has done so far; null: nothing
   * @param markedAt when it was marked; null when it is not
   */
  record Version(
      int number,
      String digest,
      boolean refused,
      Instant recordedAt,
      State state,
      Instant markedAt) {

    static Version of(VersionRecord record, Map<Integer, State> states, SweepMarks marks) {
      State state = states.get(record.number());
      return new Version(
          record.number(),
          record.digest(),
          record.refused(),
          record.recordedAt(),
          state,
          state == null || state == State.DELETED ? null : marks.markedAt(record.number()));
    }

    boolean hasRows() {
      return state == null || state == State.MARKED;
    }
  }

  /**
   * @param until null: for good, as far as can be told
   */
  private record Need(String why, Instant until) {}

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
    /** Its files go now. */
    DELETE,
    /** There is nothing left to be done. */
    NONE
  }

  /**
   * @param reason in words
   * @param at when its files go, or when it gets too old to be kept for its age; null: neither
   */
  record Decision(Version version, Action action, String reason, Instant at) {
    int number() {
      return version.number();
    }
  }
}
