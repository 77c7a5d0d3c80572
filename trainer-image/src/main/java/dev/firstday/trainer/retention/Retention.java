package dev.firstday.trainer.retention;

import dev.firstday.api.DatasetSpec;
import dev.firstday.api.DatasetStatus.RetentionState;
import dev.firstday.contract.Run;
import dev.firstday.sdk.store.ObjectStore;
import dev.firstday.sdk.store.Store;
import dev.firstday.sdk.store.StoreException;
import dev.firstday.sdk.store.SweepMarks;
import dev.firstday.sdk.store.SweepMarks.State;
import dev.firstday.sdk.store.VersionRecord;
import dev.firstday.trainer.retention.References.Learnt;
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
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does at the end of a run what {@link Sweep} decides: marks versions, takes marks back, deletes
 * the rows and the samples of those whose grace period is over. Records, results and manifests
 * stay. Ended anywhere, it is finished by the next run.
 */
public final class Retention {
  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

  /** A worker's answer has little room; the newest are those that lists show. */
  private static final int LISTED = 50;

  private static final Duration AGAIN_AFTER_FAILURE = Duration.ofHours(1);

  private final Store store;
  private final References references;
  private final Clock clock;

  public Retention(Store store, Clock clock) {
    this.store = store;
    this.references = new References(store);
    this.clock = clock;
  }

  /**
   * Sweeps one data set. A failure of S3 is logged and tried again by a later run: what was built
   * and checked is not the worse for it.
   *
   * @param current the version that the run built or found, which is never swept
   * @return what was done, or with {@code dryRun} what would be; null when no version is swept and
   *     none was. Of long lists, the newest {@value #LISTED}
   */
  public RetentionState sweep(Run.Snapshot run, int current) {
    try {
      return sweep(run.dataset(), run.retention(), referred(run, current));
    } catch (StoreException e) {
      LOG.warn(
          "{}: spec.retention could not be carried out and will be tried again: {}",
          run.dataset(),
          e.getMessage());
      return run.retention() == null
          ? null
          : new RetentionState(
              null, null, null, null, null, clock.instant().plus(AGAIN_AFTER_FAILURE));
    }
  }

  private static Map<Integer, String> referred(Run.Snapshot run, int current) {
    Map<Integer, String> referred = new TreeMap<>();
    if (run.referred() != null) {
      run.referred().forEach(number -> referred.put(number, "a resource refers to it"));
    }
    Stream.of(run.previous(), run.pinned())
        .filter(Objects::nonNull)
        .filter(version -> version.name().equals(run.dataset()))
        .forEach(version -> referred.put(version.number(), "it is in use"));
    referred.put(current, "it is the current version");
    return referred;
  }

  private RetentionState sweep(
      String dataset, DatasetSpec.Retention retention, Map<Integer, String> referred) {
    SweepMarks marks = store.sweepMarks(dataset);
    Map<Integer, State> states = marks.states();
    if (retention == null && states.values().stream().allMatch(State.DELETED::equals)) {
      return null;
    }
    List<Integer> there =
        store.datasetVersions(dataset).numbers().stream()
            .filter(number -> states.get(number) != State.DELETED)
            .toList();
    List<VersionRecord> records = references.versions(dataset, there);
    List<Sweep.Version> versions =
        records.stream()
            .map(
                r ->
                    new Sweep.Version(
                        r.number(),
                        r.refused(),
                        states.get(r.number()),
                        states.containsKey(r.number()) ? marks.markedAt(r.number()) : null))
            .toList();
    List<Learnt> models = List.of();
    List<Decision> decisions = Sweep.plan(versions, referred, retention, clock.instant());
    if (decisions.stream().anyMatch(d -> d.at() != null)) {
      models = references.models();
      Map<Integer, String> all = References.byNumber(models, dataset);
      all.putAll(referred);
      decisions = Sweep.plan(versions, all, retention, clock.instant());
    }
    Map<Integer, String> digests =
        records.stream().collect(Collectors.toMap(VersionRecord::number, VersionRecord::digest));
    return retention != null && Boolean.TRUE.equals(retention.dryRun())
        ? foresee(dataset, decisions, digests, models, states)
        : carryOut(dataset, decisions, digests, models);
  }

  private RetentionState carryOut(
      String dataset, List<Decision> decisions, Map<Integer, String> digests, List<Learnt> models) {
    SweepMarks marks = store.sweepMarks(dataset);
    Set<Integer> marked = new TreeSet<>();
    Instant next = null;
    for (Decision decision : decisions) {
      int number = decision.number();
      switch (decision.action()) {
        case UNMARK -> marks.clear(number);
        case MARK -> marks.mark(number, digests.get(number), clock.instant());
        case KEEP, WAIT, DELETE, NONE -> {}
      }
      if (decision.action() == Action.MARK || decision.action() == Action.WAIT) {
        marked.add(number);
        next = earlier(next, decision.at());
      }
      log(dataset, decision);
    }
    List<Integer> deleted = new ArrayList<>();
    long bytes = 0;
    List<Integer> going = Sweep.numbers(decisions, Action.DELETE);
    for (int number : going) {
      marks.beginDeletion(number, digests.get(number), clock.instant());
    }
    Map<Integer, Set<String>> objects = onlyOf(dataset, going, digests, models);
    for (int number : going) {
      Instant young = null;
      for (String object : objects.get(number)) {
        ObjectStore.Deletion deletion = store.objects().deleteUnlessYoung(object);
        bytes += deletion.bytes();
        young = earlier(young, deletion.notBefore());
      }
      if (young == null) {
        marks.endDeletion(number);
        deleted.add(number);
      } else {
        marked.add(number);
        next = earlier(next, young);
      }
    }
    return new RetentionState(
        newest(marked), newest(deleted), null, null, deleted.isEmpty() ? null : bytes, next);
  }

  private RetentionState foresee(
      String dataset,
      List<Decision> decisions,
      Map<Integer, String> digests,
      List<Learnt> models,
      Map<Integer, State> states) {
    List<Integer> marks = Sweep.numbers(decisions, Action.MARK);
    List<Integer> deletions = Sweep.numbers(decisions, Action.DELETE);
    List<Integer> going = Stream.concat(marks.stream(), deletions.stream()).toList();
    Set<String> objects = new HashSet<>();
    onlyOf(dataset, going, digests, models).values().forEach(objects::addAll);
    long bytes =
        objects.stream().mapToLong(object -> store.objects().bytes(object).orElse(0)).sum();
    Set<Integer> marked = new TreeSet<>(states.keySet());
    marked.removeIf(number -> states.get(number) == State.DELETED);
    return new RetentionState(
        newest(marked),
        null,
        newest(marks),
        newest(deletions),
        going.isEmpty() ? null : bytes,
        null);
  }

  /** By number, the objects of versions that go which nothing else needs. */
  private Map<Integer, Set<String>> onlyOf(
      String dataset, List<Integer> going, Map<Integer, String> digests, List<Learnt> models) {
    if (going.isEmpty()) {
      return Map.of();
    }
    Set<String> needed = references.needed(dataset, Set.copyOf(going), models);
    Map<String, Set<String>> objects =
        references.objects(dataset, going.stream().map(digests::get).collect(Collectors.toSet()));
    objects.values().forEach(of -> of.removeAll(needed));
    return going.stream()
        .collect(Collectors.toMap(number -> number, number -> objects.get(digests.get(number))));
  }

  private static void log(String dataset, Decision decision) {
    switch (decision.action()) {
      case MARK ->
          LOG.info(
              "{}/{}: {}; its rows go at {}",
              dataset,
              decision.number(),
              decision.reason(),
              decision.at());
      case UNMARK ->
          LOG.info("{}/{} is kept after all: {}", dataset, decision.number(), decision.reason());
      case DELETE ->
          LOG.info("{}/{}: {}; its rows go now", dataset, decision.number(), decision.reason());
      case KEEP, WAIT, NONE -> {}
    }
  }

  private static Instant earlier(Instant one, Instant other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.isBefore(other) ? one : other;
  }

  /** Null for none, as statuses have it. */
  private static List<Integer> newest(Collection<Integer> numbers) {
    if (numbers.isEmpty()) {
      return null;
    }
    return numbers.stream().sorted().skip(Math.max(0, numbers.size() - LISTED)).toList();
  }
}
