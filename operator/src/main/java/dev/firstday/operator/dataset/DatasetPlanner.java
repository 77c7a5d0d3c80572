package dev.firstday.operator.dataset;

import dev.firstday.api.Dataset;
import dev.firstday.api.DatasetSpec;
import dev.firstday.api.DatasetStatus;
import dev.firstday.api.Firstday;
import dev.firstday.api.RunState;
import dev.firstday.contract.Contract;
import dev.firstday.contract.RunResult;
import dev.firstday.operator.kube.EventDraft;
import dev.firstday.operator.kube.Standing;
import dev.firstday.operator.worker.RunOrder;
import dev.firstday.operator.worker.RunStep;
import dev.firstday.operator.worker.Runs;
import dev.firstday.operator.worker.WorkerConfig;
import dev.firstday.operator.worker.WorkerState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

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
  private static final int LISTED_VERSIONS = 10;

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
    DatasetSpec awake =
        new DatasetSpec(
            spec.source(),
            spec.transform(),
            spec.columns(),
            spec.split(),
            spec.checks(),
            spec.resources(),
            null);
    Map<String, String> annotations = dataset.getMetadata().getAnnotations();
    String refresh =
        annotations == null ? "" : annotations.getOrDefault(Firstday.REFRESH_ANNOTATION, "");
    return new RunOrder(
        Contract.digest(List.of(dataset.getMetadata().getUid(), awake, refresh)),
        dataset.getMetadata().getName(),
        RunResult.Snapshot.class,
        RunOrder.UNLIMITED,
        Boolean.TRUE.equals(spec.suspend()));
  }

  private static DatasetPlan plan(
      Dataset dataset, RunOrder order, RunStep step, DatasetObservation seen, WorkerConfig config) {
    Versions versions = versions(dataset.getStatus(), step);
    Standing standing = standing(order, step, versions);
    DatasetStatus status =
        new DatasetStatus(
            dataset.getMetadata().getGeneration(),
            phase(order, step, versions),
            standing.conditions(
                dataset.getStatus() == null ? null : dataset.getStatus().conditions(),
                dataset.getMetadata().getGeneration(),
                seen.now()),
            versions.latest(),
            versions.refused(),
            versions.all(),
            versions.checks(),
            step.run());
    return new DatasetPlan(
        step,
        step.start()
            ? Optional.of(DatasetChildren.job(dataset, order, step.run().job(), config))
            : Optional.empty(),
        status,
        events(dataset.getStatus(), standing),
        step.wakeUp());
  }

  private record Versions(
      DatasetStatus.Version latest,
      DatasetStatus.Version refused,
      List<DatasetStatus.Version> all,
      DatasetStatus.Checks checks) {}

  private static Versions versions(DatasetStatus before, RunStep step) {
    Versions known =
        before == null
            ? new Versions(null, null, List.of(), null)
            : new Versions(
                before.latest(),
                before.refused(),
                before.versions() == null ? List.of() : before.versions(),
                before.checks());
    if (step.answer().isEmpty() || !(step.answer().get() instanceof RunResult.Snapshot snapshot)) {
      return known;
    }
    DatasetStatus.Version version = snapshot.version();
    boolean refused = Boolean.TRUE.equals(version.refused());
    List<DatasetStatus.Version> all =
        Stream.concat(
                Stream.of(version),
                known.all().stream().filter(v -> !v.number().equals(version.number())))
            .limit(LISTED_VERSIONS)
            .toList();
    return new Versions(
        refused ? known.latest() : version, refused ? version : null, all, snapshot.checks());
  }

  private static Standing standing(RunOrder order, RunStep step, Versions versions) {
    boolean ready = isDone(order, step) && versions.refused() == null && versions.latest() != null;
    if (order.suspended()) {
      Standing suspended =
          Standing.suspended(
              "Suspended", "spec.suspend is true: no version is built; set it to false to go on");
      return ready ? suspended.whileReady() : suspended;
    }
    if (ready) {
      DatasetStatus.Version latest = versions.latest();
      return Standing.ready(
          "ChecksPassed",
          "version %d has %d rows to train on and %d to validate on"
              .formatted(latest.number(), latest.trainRows(), latest.validationRows()));
    }
    if (isDone(order, step)) {
      return Standing.stalled("ChecksFailed", refusal(versions));
    }
    RunState run = step.run();
    if (Runs.isStuck(run, order)) {
      return Standing.stalled(run.failure(), Runs.failureMessage(run));
    }
    return run.failure() == null
        ? step.progress()
            .map(progress -> Standing.reconciling(progress.reason(), progress.message()))
            .orElseGet(() -> Standing.reconciling("Pending", "the run has not begun"))
        : Standing.reconciling(run.failure(), Runs.failureMessage(run));
  }

  private static String refusal(Versions versions) {
    List<String> failures =
        versions.checks() == null || versions.checks().failures() == null
            ? List.of()
            : versions.checks().failures();
    String inUse =
        versions.latest() == null
            ? "there is no other"
            : "version %d stays in use".formatted(versions.latest().number());
    return "version %d was refused (%s), %s: mend the rows or the bounds in spec.checks, and for rows mended in place set the annotation %s to a new value"
        .formatted(
            versions.refused().number(),
            String.join("; ", failures),
            inUse,
            Firstday.REFRESH_ANNOTATION);
  }

  private static String phase(RunOrder order, RunStep step, Versions versions) {
    if (order.suspended()) {
      return "Suspended";
    }
    if (isDone(order, step)) {
      return versions.refused() == null ? "Ready" : "Refused";
    }
    if (step.run().failure() != null) {
      return "Failed";
    }
    return step.progress().filter(p -> p.reason().equals("Running")).isPresent()
        ? "Snapshotting"
        : "Pending";
  }

  private static boolean isDone(RunOrder order, RunStep step) {
    return Runs.isDone(step.run()) && order.uid().equals(step.run().uid());
  }

  /** One for each verdict, when it is reached. */
  private static List<EventDraft> events(DatasetStatus before, Standing standing) {
    return List.of();
  }
}
