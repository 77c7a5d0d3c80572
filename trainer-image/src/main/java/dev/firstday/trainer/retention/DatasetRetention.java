package dev.firstday.trainer.retention;

import dev.firstday.api.Retention;
import dev.firstday.api.RetentionState;
import dev.firstday.contract.Run;
import dev.firstday.sdk.store.Store;
import dev.firstday.sdk.store.StoreException;
import dev.firstday.sdk.store.SweepMarks;
import dev.firstday.sdk.store.SweepMarks.State;
import dev.firstday.trainer.retention.References.Learnt;
import dev.firstday.trainer.retention.Sweep.Decision;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sweeps a data set at the end of a run. What goes are the rows and the samples of failing rows;
 * results stay, too.
 */
public final class DatasetRetention {
  private static final Logger LOG = LoggerFactory.getLogger(DatasetRetention.class);
  private static final int LISTED = 50;
  private static final Duration AGAIN_AFTER_FAILURE = Duration.ofHours(1);

  private final Store store;
  private final References references;
  private final Clock clock;

  public DatasetRetention(Store store, Clock clock) {
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

  private RetentionState sweep(String dataset, Retention retention, Map<Integer, String> referred) {
    SweepMarks marks = store.sweepMarks(dataset);
    Map<Integer, State> states = marks.states();
    if (retention == null && states.values().stream().allMatch(State.DELETED::equals)) {
      return null;
    }
    List<Integer> there =
        store.datasetVersions(dataset).numbers().stream()
            .filter(number -> states.get(number) != State.DELETED)
            .toList();
    List<Sweep.Version> versions =
        references.versions(dataset, there).stream()
            .map(record -> Sweep.Version.of(record, states, marks))
            .toList();
    List<Decision> decisions = Sweep.plan(versions, referred, retention, clock.instant());
    List<Learnt> models = Sweep.takesAny(decisions) ? references.models() : List.of();
    if (!models.isEmpty()) {
      Map<Integer, String> all = References.byNumber(models, dataset);
      all.putAll(referred);
      decisions = Sweep.plan(versions, all, retention, clock.instant());
    }
    Sweeper sweeper =
        new Sweeper(
            dataset,
            store.objects(),
            marks,
            going -> onlyOf(dataset, going, models),
            LISTED,
            clock);
    return retention != null && Boolean.TRUE.equals(retention.dryRun())
        ? sweeper.foresee(decisions, states)
        : sweeper.carryOut(decisions);
  }

  private Map<Integer, Set<String>> onlyOf(
      String dataset, List<Sweep.Version> going, List<Learnt> models) {
    Set<Integer> numbers =
        going.stream().map(Sweep.Version::number).collect(Collectors.toUnmodifiableSet());
    Set<String> needed = references.needed(dataset, numbers, models);
    Map<String, Set<String>> objects =
        references.objects(
            dataset, going.stream().map(Sweep.Version::digest).collect(Collectors.toSet()));
    objects.values().forEach(of -> of.removeAll(needed));
    return going.stream()
        .collect(Collectors.toMap(Sweep.Version::number, version -> objects.get(version.digest())));
  }
}
