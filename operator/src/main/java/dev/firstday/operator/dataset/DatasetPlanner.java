package dev.firstday.operator.dataset;

import dev.firstday.api.Dataset;
import dev.firstday.api.DatasetStatus;
import dev.firstday.api.DatasetStatus.RefreshState;
import dev.firstday.api.Firstday;
import dev.firstday.api.RunState;
import dev.firstday.contract.Contract;
import dev.firstday.contract.RunResult;
import dev.firstday.operator.kube.Standing;
import dev.firstday.operator.worker.RunDocument;
import dev.firstday.operator.worker.RunEvents;
import dev.firstday.operator.worker.RunOrder;
import dev.firstday.operator.worker.RunStep;
import dev.firstday.operator.worker.Runs;
import dev.firstday.operator.worker.WorkerConfig;
import dev.firstday.operator.worker.WorkerState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Decides what happens to a data set. Each spec is one run that ends with a version, and so is each
 * {@link Turn} of its refresh; its phases are
 *
 * <ul>
 *   <li>Pending: the pod of the run for the spec does not run yet;
 *   <li>Snapshotting: it runs;
 *   <li>Ready: the latest version passed its checks;
 *   <li>Refreshing: a turn looks for new data, or at the latest version again; what was found
 *       before holds until it ends;
 *   <li>Refused: a check failed; the version is recorded and never becomes the latest;
 *   <li>Degraded: the latest version failed when it was checked again, and stays the latest;
 *   <li>Failed: the run failed; another attempt follows, unless the spec itself is wrong;
 *   <li>Suspended.
 * </ul>
 *
 * The latest good version stays usable in all of them. A turn that is due while a run is under way
 * or the data set is suspended waits; a new spec waits for nothing.
 */
final class DatasetPlanner {
  private DatasetPlanner() {}

  static DatasetPlan plan(Dataset dataset, DatasetObservation seen, WorkerConfig config) {
    Turn turn = turn(dataset, seen.now());
    RunOrder order = order(dataset, turn);
    RunState run = dataset.getStatus() == null ? null : dataset.getStatus().run();
    RunStep step =
        RunDocument.fitting(
            Runs.advance(run, order, seen.workers(), seen.now()),
            order,
            DatasetChildren.run(dataset, order, turn, seen),
            dataset.getSpec().recipe(),
            seen.workers(),
            seen.now());
    return plan(dataset, turn, step, seen, config);
  }

  /** The plan when the API server would not have the Job of the plan before. */
  static DatasetPlan rejected(
      Dataset dataset,
      DatasetPlan plan,
      WorkerState.Lost why,
      DatasetObservation seen,
      WorkerConfig config) {
    Turn turn = turn(dataset, seen.now());
    RunStep step =
        Runs.rejected(plan.step(), order(dataset, turn), why, seen.workers(), seen.now());
    return plan(dataset, turn, step, seen, config);
  }

  /** What a run is for now: the turn under way, or the next one, if it is due and no run is. */
  static Turn turn(Dataset dataset, Instant now) {
    DatasetStatus status = dataset.getStatus();
    if (status == null || status.run() == null) {
      return Turn.ofSpec(now);
    }
    Past past = Past.of(status);
    Turn current = past.turn();
    if (!order(dataset, current).uid().equals(status.run().uid())) {
      return Turn.ofSpec(now);
    }
    return isSuspended(dataset) || !Runs.isOver(status.run())
        ? current
        : RefreshClock.of(dataset.getSpec())
            .next(past, dataset.getMetadata().getGeneration(), now)
            .filter(next -> !next.at().isAfter(now))
            .orElse(current);
  }

  /** The uid changes with everything that asks for another run, and with nothing else. */
  static RunOrder order(Dataset dataset, Turn turn) {
    Map<String, String> annotations = dataset.getMetadata().getAnnotations();
    String refresh =
        annotations == null ? "" : annotations.getOrDefault(Firstday.REFRESH_ANNOTATION, "");
    Stream<Object> wanted =
        Stream.of(dataset.getMetadata().getUid(), dataset.getSpec().recipe(), refresh);
    Stream<Object> due =
        turn.isForSpec() ? Stream.empty() : Stream.of(turn.trigger(), turn.at().toString());
    return new RunOrder(
        Contract.digest(Stream.concat(wanted, due).toList()),
        dataset.getMetadata().getName(),
        RunResult.Snapshot.class,
        RunOrder.UNLIMITED,
        null,
        isSuspended(dataset));
  }

  private static DatasetPlan plan(
      Dataset dataset, Turn turn, RunStep step, DatasetObservation seen, WorkerConfig config) {
    DatasetStatus before = dataset.getStatus();
    RunOrder order = order(dataset, turn);
    RefreshClock clock = RefreshClock.of(dataset.getSpec());
    Versions versions = Versions.of(before).after(step, seen.pins().numbers());
    DatasetStandings standings = new DatasetStandings(order, turn, step, before, versions, clock);
    Long generation = dataset.getMetadata().getGeneration();
    Past past =
        new Past(step.run(), refresh(before, step, turn, generation, order), versions.retention());
    Optional<Instant> next =
        order.suspended()
            ? Optional.empty()
            : clock.next(past, generation, seen.now()).map(Turn::at);
    return new DatasetPlan(
        step,
        step instanceof RunStep.Start
            ? List.of(DatasetChildren.job(dataset, order, turn, step.run().job(), seen, config))
            : List.of(),
        new DatasetStatus(
            generation,
            standings.phase(),
            standings.conditions(generation, seen.now()),
            versions.latest(),
            versions.refused(),
            versions.all(),
            versions.checks(),
            past.refresh() == null ? null : withNext(past.refresh(), next),
            seen.pins().numbers().isEmpty() ? null : seen.pins().numbers(),
            versions.retention(),
            step.run()),
        RunEvents.of(before == null ? null : before.run(), step.run(), standings.events()),
        earlier(step.wakeUp(), Runs.isOver(step.run()) ? next : Optional.empty()));
  }

  /** The status when passes fail: what was known stays. */
  static DatasetStatus failing(Dataset dataset, Standing standing, Instant now) {
    DatasetStatus before = dataset.getStatus();
    Versions versions = Versions.of(before);
    Long generation = dataset.getMetadata().getGeneration();
    return new DatasetStatus(
        generation,
        before == null ? "Pending" : before.phase(),
        standing.conditions(before == null ? null : before.conditions(), generation, now),
        versions.latest(),
        versions.refused(),
        versions.all(),
        versions.checks(),
        before == null ? null : before.refresh(),
        before == null ? null : before.pinned(),
        versions.retention(),
        before == null ? null : before.run());
  }

  /** Of the run that the status will have, which may still be that of an earlier turn. */
  private static RefreshState refresh(
      DatasetStatus before, RunStep step, Turn turn, Long generation, RunOrder order) {
    RunState run = step.run();
    RefreshState known = before == null ? null : before.refresh();
    if (run == null || !order.uid().equals(run.uid())) {
      return known;
    }
    boolean begins =
        before == null || before.run() == null || !run.uid().equals(before.run().uid());
    return new RefreshState(
        turn.trigger(), turn.at(), null, begins || known == null ? generation : known.generation());
  }

  private static RefreshState withNext(RefreshState refresh, Optional<Instant> next) {
    return new RefreshState(
        refresh.trigger(), refresh.lastAt(), next.orElse(null), refresh.generation());
  }

  private static Optional<Instant> earlier(Optional<Instant> one, Optional<Instant> other) {
    return Stream.of(one, other).flatMap(Optional::stream).min(Instant::compareTo);
  }

  private static boolean isSuspended(Dataset dataset) {
    return Boolean.TRUE.equals(dataset.getSpec().suspend());
  }
}
