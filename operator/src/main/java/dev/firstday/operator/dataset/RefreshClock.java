package dev.firstday.operator.dataset;

import dev.firstday.api.DatasetSpec;
import dev.firstday.api.DatasetStatus.RefreshTrigger;
import dev.firstday.api.RunState;
import dev.firstday.operator.time.Schedule;
import dev.firstday.operator.worker.Runs;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tells the next turn from the spec and from what the status says of the last run, and from nothing
 * else: an operator that was cut off, or another one, comes to the same turn. Turns that were
 * missed meanwhile are one: the first of them, for the strongest of their reasons.
 *
 * @param schedule null: there is none, or it is invalid
 * @param everyChange how far apart looks for changes are; null: there are none
 * @param sweeps whether there is a retention
 * @param fault what is wrong with spec.refresh, and the cure; empty: nothing
 */
record RefreshClock(Schedule schedule, Duration everyChange, boolean sweeps, String fault) {
  /** The workers' clocks may be behind: a grace period that ends is over for all after this. */
  private static final Duration SKEW = Duration.ofMinutes(1);

  static RefreshClock of(DatasetSpec spec) {
    DatasetSpec.Refresh refresh = spec.refresh();
    boolean sweeps = spec.retention() != null;
    if (refresh == null) {
      return new RefreshClock(null, null, sweeps, "");
    }
    Duration everyChange =
        refresh.onChange() == null || refresh.onChange().everyMinutes() == null
            ? null
            : Duration.ofMinutes(Math.max(1, refresh.onChange().everyMinutes()));
    try {
      return new RefreshClock(
          refresh.schedule() == null
              ? null
              : Schedule.of("spec.refresh", refresh.schedule(), refresh.timeZone()),
          everyChange,
          sweeps,
          "");
    } catch (IllegalArgumentException e) {
      return new RefreshClock(null, everyChange, sweeps, e.getMessage());
    }
  }

  boolean isInvalid() {
    return !fault.isEmpty();
  }

  /**
   * The turn after the last run.
   *
   * @param generation of the spec as it is now
   */
  Optional<Turn> next(Past past, Long generation, Instant now) {
    RunState run = past.run();
    if (run == null || run.startedAt() == null) {
      return Optional.empty();
    }
    Turn last = past.turn();
    Instant begun = begun(run, last, now);
    // a new look does not make a bad spec good; a turn of the schedule tries it nevertheless
    boolean failedForGood = Runs.isOver(run) && run.failure() != null;
    List<Turn> turns =
        Stream.concat(
                scheduled(begun),
                failedForGood
                    ? Stream.empty()
                    : Stream.of(
                            change(begun), endOfGrace(past, begun), newRetention(past, generation))
                        .flatMap(Optional::stream))
            .filter(turn -> turn.at().isAfter(last.at()))
            .toList();
    return turns.stream()
        .map(Turn::at)
        .min(Comparator.naturalOrder())
        .map(at -> new Turn(strongest(turns, at.isAfter(now) ? at : now), at));
  }

  /**
   * When the last run began. One that begins in the future was begun by a clock that was ahead; the
   * time of its turn counts instead, if that is past.
   */
  private static Instant begun(RunState run, Turn last, Instant now) {
    return run.startedAt().isAfter(now) && !last.at().isAfter(now) ? last.at() : run.startedAt();
  }

  private Stream<Turn> scheduled(Instant begun) {
    return schedule == null
        ? Stream.empty()
        : schedule.after(begun).map(at -> new Turn(RefreshTrigger.SCHEDULE, at)).stream();
  }

  private Optional<Turn> change(Instant begun) {
    return Optional.ofNullable(everyChange)
        .map(every -> new Turn(RefreshTrigger.CHANGE, begun.plus(every)));
  }

  private Optional<Turn> endOfGrace(Past past, Instant begun) {
    return sweeps && past.retention() != null && past.retention().nextAt() != null
        ? Optional.of(new Turn(RefreshTrigger.RETENTION, past.retention().nextAt().plus(SKEW)))
            .filter(turn -> turn.at().isAfter(begun))
        : Optional.empty();
  }

  /** A retention that the last run did not know. */
  private Optional<Turn> newRetention(Past past, Long generation) {
    RunState run = past.run();
    if (!sweeps
        || run.finishedAt() == null
        || past.refresh() == null
        || past.refresh().generation() == null
        || Objects.equals(past.refresh().generation(), generation)) {
      return Optional.empty();
    }
    Instant soonest = past.turn().at().plusSeconds(1);
    return Optional.of(
        new Turn(
            RefreshTrigger.RETENTION,
            run.finishedAt().isBefore(soonest) ? soonest : run.finishedAt()));
  }

  private static RefreshTrigger strongest(List<Turn> turns, Instant until) {
    return turns.stream()
        .filter(turn -> !turn.at().isAfter(until))
        .map(Turn::trigger)
        .min(Comparator.naturalOrder())
        .orElseThrow();
  }
}
