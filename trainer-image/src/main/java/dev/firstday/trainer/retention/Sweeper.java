package dev.firstday.trainer.retention;

import dev.firstday.api.RetentionState;
import dev.firstday.sdk.store.ObjectStore;
import dev.firstday.sdk.store.SweepMarks;
import dev.firstday.sdk.store.SweepMarks.State;
import dev.firstday.trainer.retention.Sweep.Action;
import dev.firstday.trainer.retention.Sweep.Decision;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does with the versions of one data set or model what {@link Sweep} decides: marks versions, takes
 * marks back, deletes the files of those whose grace period is over. Records and manifests stay.
 * Ended anywhere, it is finished by the next one.
 */
final class Sweeper {
  private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);

  /** After a mark that could not be taken back, since another run has decided otherwise. */
  private static final Duration AGAIN = Duration.ofMinutes(1);

  private final String of;
  private final ObjectStore objects;
  private final SweepMarks marks;
  private final OnlyOf onlyOf;
  private final int listed;
  private final Clock clock;

  /**
   * @param of whose versions they are, for the log
   * @param listed a worker's answer has little room: of long lists so many of the newest
   */
  Sweeper(
      String of, ObjectStore objects, SweepMarks marks, OnlyOf onlyOf, int listed, Clock clock) {
    this.of = of;
    this.objects = objects;
    this.marks = marks;
    this.onlyOf = onlyOf;
    this.listed = listed;
    this.clock = clock;
  }

  /** By number, the objects of versions that go which nothing else needs. */
  interface OnlyOf {
    Map<Integer, Set<String>> objects(List<Sweep.Version> going);
  }

  RetentionState carryOut(List<Decision> decisions) {
    Set<Integer> marked = new TreeSet<>();
    Instant next = null;
    for (Decision decision : decisions) {
      int number = decision.number();
      next = earlier(next, decision.at() == null || isDue(decision) ? null : decision.at());
      switch (decision.action()) {
        case UNMARK -> next = earlier(next, unmark(decision.version()));
        case MARK -> {
          marks.mark(number, decision.version().digest(), clock.instant());
          marked.add(number);
        }
        case WAIT -> marked.add(number);
        case KEEP, DELETE, NONE -> {}
      }
      log(decision);
    }
    List<Sweep.Version> going = new ArrayList<>();
    for (Decision decision : Sweep.those(decisions, Action.DELETE)) {
      Sweep.Version version = decision.version();
      if (marks.beginDeletion(
          version.number(), version.digest(), version.markedAt(), clock.instant())) {
        going.add(version);
      }
    }
    Set<Integer> deleted = new TreeSet<>();
    long bytes = 0;
    Map<Integer, Set<String>> their = going.isEmpty() ? Map.of() : onlyOf.objects(going);
    for (Sweep.Version version : going) {
      Instant young = null;
      for (String object : their.get(version.number())) {
        ObjectStore.Deletion deletion = objects.deleteUnlessYoung(object);
        bytes += deletion.bytes();
        young = earlier(young, deletion.notBefore());
      }
      if (young == null) {
        marks.endDeletion(version.number());
        deleted.add(version.number());
      } else {
        marked.add(version.number());
        next = earlier(next, young);
      }
    }
    return new RetentionState(
        newest(marked), newest(deleted), null, null, deleted.isEmpty() ? null : bytes, next);
  }

  /** What would be done. */
  RetentionState foresee(List<Decision> decisions, Map<Integer, State> states) {
    List<Decision> toMark = Sweep.those(decisions, Action.MARK);
    List<Decision> toDelete = Sweep.those(decisions, Action.DELETE);
    List<Sweep.Version> going =
        Stream.concat(toMark.stream(), toDelete.stream()).map(Decision::version).toList();
    Set<String> their = new HashSet<>();
    if (!going.isEmpty()) {
      onlyOf.objects(going).values().forEach(their::addAll);
    }
    long bytes = their.stream().mapToLong(object -> objects.bytes(object).orElse(0)).sum();
    Set<Integer> marked = new TreeSet<>(states.keySet());
    marked.removeIf(number -> states.get(number) == State.DELETED);
    return new RetentionState(
        newest(marked),
        null,
        newest(toMark.stream().map(Decision::number).toList()),
        newest(toDelete.stream().map(Decision::number).toList()),
        going.isEmpty() ? null : bytes,
        null);
  }

  /** When to try again; null: it is done. */
  private Instant unmark(Sweep.Version version) {
    if (version.state() == State.DELETING) {
      marks.clear(version.number());
      return null;
    }
    return marks.unmark(version.number()) ? null : clock.instant().plus(AGAIN);
  }

  private static boolean isDue(Decision decision) {
    return decision.action() == Action.DELETE;
  }

  private void log(Decision decision) {
    String version = of + "/" + decision.number();
    switch (decision.action()) {
      case MARK ->
          LOG.info("{}: {}; its files go at {}", version, decision.reason(), decision.at());
      case UNMARK -> LOG.info("{} is kept after all: {}", version, decision.reason());
      case DELETE -> LOG.info("{}: {}; its files go now", version, decision.reason());
      case KEEP, WAIT, NONE -> {}
    }
  }

  private static Instant earlier(Instant one, Instant other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.isBefore(other) ? one : other;
  }

  private List<Integer> newest(Collection<Integer> numbers) {
    return newest(numbers, listed);
  }

  /** So many of the newest, ascending; null for none, as statuses have it. */
  static List<Integer> newest(Collection<Integer> numbers, int most) {
    return numbers.isEmpty()
        ? null
        : numbers.stream().sorted().skip(Math.max(0, numbers.size() - most)).toList();
  }
}
