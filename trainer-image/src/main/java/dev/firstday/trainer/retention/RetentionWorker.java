package dev.firstday.trainer.retention;

import dev.firstday.api.RetentionState;
import dev.firstday.contract.Run;
import dev.firstday.contract.RunResult;
import dev.firstday.sdk.store.Store;
import dev.firstday.sdk.store.SweepMarks;
import dev.firstday.sdk.store.SweepMarks.State;
import dev.firstday.sdk.store.VersionLog;
import dev.firstday.trainer.Worker;
import dev.firstday.trainer.retention.References.Learnt;
import dev.firstday.trainer.retention.Sweep.Action;
import dev.firstday.trainer.retention.Sweep.Decision;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Sweeps the versions of a model. What goes are the files that a manifest names and no other
 * version does. A deletion that was begun is final: half a model is of no use to anybody.
 */
public final class RetentionWorker implements Worker<Run.Sweep> {
  /**
   * So many numbers of marked versions and as many of deleted ones fit into an answer. No more are
   * marked at a time, so that whoever reads the status knows of each.
   */
  static final int AT_A_TIME = 250;

  private final Store store;
  private final References references;
  private final Clock clock;

  public RetentionWorker(Store store, Clock clock) {
    this.store = store;
    this.references = new References(store);
    this.clock = clock;
  }

  @Override
  public RunResult run(Run.Sweep run) {
    VersionLog log = store.modelVersions(run.model());
    SweepMarks marks = store.modelSweepMarks(run.model());
    Map<Integer, State> states = marks.states();
    List<Decision> decisions =
        bounded(
            Sweep.plan(
                versions(log, marks, states),
                referred(run, states),
                run.retention(),
                clock.instant()));
    Sweeper sweeper =
        new Sweeper(
            run.model(),
            store.objects(),
            marks,
            going -> onlyOf(run.model(), going),
            AT_A_TIME,
            clock);
    if (run.retention() == null || !Boolean.TRUE.equals(run.retention().dryRun())) {
      return answer(run, sweeper.carryOut(decisions), marks.states());
    }
    RetentionState foreseen = sweeper.foresee(decisions, states);
    // a Deployment takes up no version that is marked, and waits for the mark to go
    sweeper.carryOut(Sweep.those(decisions, Action.UNMARK));
    return answer(run, foreseen, marks.states());
  }

  private static List<Sweep.Version> versions(
      VersionLog log, SweepMarks marks, Map<Integer, State> states) {
    List<Integer> there =
        log.numbers().stream().filter(number -> states.get(number) != State.DELETED).toList();
    return log.read(there).stream().map(record -> Sweep.Version.of(record, states, marks)).toList();
  }

  private static Map<Integer, String> referred(Run.Sweep run, Map<Integer, State> states) {
    Map<Integer, String> referred = new TreeMap<>();
    run.referred().stream()
        .filter(number -> states.get(number) != State.DELETING)
        .forEach(number -> referred.put(number, "a resource refers to it"));
    return referred;
  }

  /** The oldest first; the others are marked when these are gone. */
  private static List<Decision> bounded(List<Decision> decisions) {
    int waiting = Sweep.those(decisions, Action.WAIT).size();
    Set<Decision> marking =
        Sweep.those(decisions, Action.MARK).stream()
            .limit(Math.max(0, AT_A_TIME - waiting))
            .collect(Collectors.toSet());
    return decisions.stream()
        .filter(decision -> decision.action() != Action.MARK || marking.contains(decision))
        .toList();
  }

  /** Who else needs a file is asked when those that go are on record, and so no more recorded. */
  private Map<Integer, Set<String>> onlyOf(String model, List<Sweep.Version> going) {
    Set<Integer> numbers = going.stream().map(Sweep.Version::number).collect(Collectors.toSet());
    List<Learnt> others =
        references.models().stream()
            .filter(
                kept -> !kept.model().equals(model) || !numbers.contains(kept.version().number()))
            .toList();
    Set<String> needed = references.neededBeside(others);
    Map<Integer, Set<String>> their = new TreeMap<>();
    for (Sweep.Version version : going) {
      Set<String> files = new TreeSet<>(references.files(version));
      files.removeAll(needed);
      their.put(version.number(), files);
    }
    return their;
  }

  /** A version whose deletion has begun is none any more, whatever is left of it. */
  private static RunResult answer(Run.Sweep run, RetentionState done, Map<Integer, State> after) {
    Set<Integer> marked = new TreeSet<>();
    Set<Integer> deleted = new TreeSet<>();
    after.forEach((number, state) -> (state == State.MARKED ? marked : deleted).add(number));
    return new RunResult.Sweep(
        run.uid(),
        deleted.size(),
        new RetentionState(
            Sweeper.newest(marked, AT_A_TIME),
            Sweeper.newest(deleted, AT_A_TIME),
            done.wouldMark(),
            done.wouldDelete(),
            done.bytes(),
            done.nextAt()));
  }
}
