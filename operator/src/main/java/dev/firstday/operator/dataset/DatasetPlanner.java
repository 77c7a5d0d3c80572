package dev.firstday.operator.dataset;

import dev.firstday.api.Dataset;
import dev.firstday.api.DatasetSpec;
import dev.firstday.api.DatasetStatus;
import dev.firstday.api.Firstday;
import dev.firstday.api.RunState;
import dev.firstday.contract.Contract;
import dev.firstday.contract.RunResult;
import dev.firstday.operator.kube.Standing;
import dev.firstday.operator.kube.Transitions;
import dev.firstday.operator.worker.RunEvents;
import dev.firstday.operator.worker.RunOrder;
import dev.firstday.operator.worker.RunStandings;
import dev.firstday.operator.worker.RunStep;
import dev.firstday.operator.worker.Runs;
import dev.firstday.operator.worker.WorkerConfig;
import dev.firstday.operator.worker.WorkerState;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Decides what happens to a data set. Each spec is one run that ends with a version; its phases are
 *
 * <ul>
 *   <li>Pending: the pod of the run does not run yet;
 *   <li>Snapshotting: it runs;
 *   <li>Ready: the version passed its checks and is the latest;
 *   <li>Refused: a check failed; the version is recorded and never becomes the latest;
 *   <li>Failed: there is no version; another attempt follows, unless the spec itself is wrong;
 *   <li>Suspended.
 * </ul>
 *
 * The latest good version stays usable in all of them.
 */
final class DatasetPlanner {
  private DatasetPlanner() {}

  static DatasetPlan plan(Dataset dataset, DatasetObservation seen, WorkerConfig config) {
    RunOrder order = order(dataset);
    RunState run = dataset.getStatus() == null ? null : dataset.getStatus().run();
    return plan(dataset, order, Runs.advance(run, order, seen.workers(), seen.now()), seen, config);
  }

  /** The plan when the API server would not have the Job of the plan before. */
  static DatasetPlan rejected(
      Dataset dataset,
      DatasetPlan plan,
      WorkerState.Lost why,
      DatasetObservation seen,
      WorkerConfig config) {
    RunOrder order = order(dataset);
    return plan(
        dataset,
        order,
        Runs.rejected(plan.step(), order, why, seen.workers(), seen.now()),
        seen,
        config);
  }

  /** The uid changes with everything that asks for another version, and with nothing else. */
  static RunOrder order(Dataset dataset) {
    DatasetSpec spec = dataset.getSpec();
    Map<String, String> annotations = dataset.getMetadata().getAnnotations();
    String refresh =
        annotations == null ? "" : annotations.getOrDefault(Firstday.REFRESH_ANNOTATION, "");
    return new RunOrder(
        Contract.digest(List.of(dataset.getMetadata().getUid(), spec.recipe(), refresh)),
        dataset.getMetadata().getName(),
        RunResult.Snapshot.class,
        RunOrder.UNLIMITED,
        Boolean.TRUE.equals(spec.suspend()));
  }

  private static DatasetPlan plan(
      Dataset dataset, RunOrder order, RunStep step, DatasetObservation seen, WorkerConfig config) {
    DatasetStatus before = dataset.getStatus();
    Versions versions = Versions.of(before).after(step);
    Standing standing = standing(order, step, versions);
    DatasetStatus status =
        status(dataset, phase(order, step, versions), standing, versions, step.run(), seen.now());
    List<Job> start =
        step instanceof RunStep.Start
            ? List.of(DatasetChildren.job(dataset, order, step.run().job(), config))
            : List.of();
    return new DatasetPlan(
        step,
        start,
        status,
        RunEvents.of(
            before == null ? null : before.run(),
            step.run(),
            Transitions.verdict(before, standing)));
  }

  /** The status when passes fail: what was known stays. */
  static DatasetStatus failing(Dataset dataset, Standing standing, Instant now) {
    DatasetStatus before = dataset.getStatus();
    Versions versions = Versions.of(before);
    return status(
        dataset,
        before == null ? "Pending" : before.phase(),
        standing,
        versions,
        before == null ? null : before.run(),
        now);
  }

  private static DatasetStatus status(
      Dataset dataset,
      String phase,
      Standing standing,
      Versions versions,
      RunState run,
      Instant now) {
    DatasetStatus before = dataset.getStatus();
    Long generation = dataset.getMetadata().getGeneration();
    return new DatasetStatus(
        generation,
        phase,
        standing.conditions(before == null ? null : before.conditions(), generation, now),
        versions.latest(),
        versions.refused(),
        versions.all(),
        versions.checks(),
        null,
        null,
        null,
        run);
  }

  private static Standing standing(RunOrder order, RunStep step, Versions versions) {
    boolean done = Runs.isDone(step.run(), order);
    boolean ready = done && versions.refused() == null;
    if (order.suspended()) {
      Standing suspended =
          Standing.suspended(
              "Suspended", "spec.suspend is true: no version is built; set it to false to go on");
      return ready ? suspended.whileReady() : suspended;
    }
    if (ready) {
      return Standing.ready("ChecksPassed", versions.summary());
    }
    return done
        ? Standing.stalled("ChecksFailed", versions.refusal())
        : RunStandings.of(step, order);
  }

  private static String phase(RunOrder order, RunStep step, Versions versions) {
    if (order.suspended()) {
      return "Suspended";
    }
    if (Runs.isDone(step.run(), order)) {
      return versions.refused() == null ? "Ready" : "Refused";
    }
    if (step instanceof RunStep.Follow follow && follow.isRunning()) {
      return "Snapshotting";
    }
    return step.run().failure() != null ? "Failed" : "Pending";
  }
}
