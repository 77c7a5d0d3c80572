package dev.firstday.operator.trainingjob;

import dev.firstday.api.Firstday;
import dev.firstday.api.RunState;
import dev.firstday.api.TrainingJob;
import dev.firstday.api.TrainingJobSpec;
import dev.firstday.api.TrainingJobStatus;
import dev.firstday.api.TrainingJobStatus.Chain;
import dev.firstday.contract.Contract;
import dev.firstday.contract.Run.DatasetVersionReference;
import dev.firstday.contract.RunResult;
import dev.firstday.operator.kube.Standing;
import dev.firstday.operator.kube.Transitions;
import dev.firstday.operator.worker.RunDocument;
import dev.firstday.operator.worker.RunEvents;
import dev.firstday.operator.worker.RunOrder;
import dev.firstday.operator.worker.RunStep;
import dev.firstday.operator.worker.Runs;
import dev.firstday.operator.worker.WorkerConfig;
import dev.firstday.operator.worker.WorkerState;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Decides what happens to a training job. Each spec is one run, on the data set version that was
 * the latest when it began; its phases are
 *
 * <ul>
 *   <li>Pending: data set or model are not there yet, or the pod does not run yet;
 *   <li>Training: it runs;
 *   <li>Succeeded: a version of the model was recorded;
 *   <li>Refused: a gate failed and nothing was recorded;
 *   <li>Failed: an attempt failed; while {@code spec.retries} lasts, another follows;
 *   <li>Suspended.
 * </ul>
 *
 * Succeeded and Refused last until the spec or the retrain annotation changes, whatever becomes of
 * the Job.
 */
final class TrainingJobPlanner {
  private static final int RETRIES = 3;

  private TrainingJobPlanner() {}

  static TrainingJobPlan plan(
      TrainingJob training, TrainingJobObservation seen, WorkerConfig config) {
    TrainingJobStatus before = training.getStatus();
    if (before != null && before.run() != null && before.chain() != null) {
      RunOrder order = order(training, reference(training, before.chain()));
      if (order.uid().equals(before.run().uid())) {
        RunStep step = advance(training, order, reference(training, before.chain()), seen);
        return plan(training, order, step, Outcome.of(before), seen, config);
      }
    }
    Inputs inputs = Inputs.of(training.getSpec(), seen);
    if (inputs instanceof Inputs.Missing missing) {
      return idle(training, missing.standing(), seen);
    }
    DatasetVersionReference dataset = ((Inputs.Resolved) inputs).dataset();
    RunOrder order = order(training, dataset);
    if (order.suspended()) {
      return idle(training, TrainingJobStandings.SUSPENDED, seen);
    }
    RunStep step = advance(training, order, dataset, seen);
    return plan(training, order, step, Outcome.begin(dataset), seen, config);
  }

  private static RunStep advance(
      TrainingJob training,
      RunOrder order,
      DatasetVersionReference dataset,
      TrainingJobObservation seen) {
    TrainingJobStatus before = training.getStatus();
    return RunDocument.fitting(
        Runs.advance(before == null ? null : before.run(), order, seen.workers(), seen.now()),
        order,
        TrainingJobChildren.run(training, order, dataset),
        training.getSpec(),
        seen.workers(),
        seen.now());
  }

  /** The plan when the API server would not have the Job of the plan before. */
  static TrainingJobPlan rejected(
      TrainingJob training,
      TrainingJobPlan plan,
      WorkerState.Lost why,
      TrainingJobObservation seen,
      WorkerConfig config) {
    Chain chain = plan.status().chain();
    RunOrder order = order(training, reference(training, chain));
    RunStep step = Runs.rejected(plan.step(), order, why, seen.workers(), seen.now());
    return plan(training, order, step, new Outcome(chain, null), seen, config);
  }

  /** The uid changes with everything that asks for another run, and with nothing else. */
  static RunOrder order(TrainingJob training, DatasetVersionReference dataset) {
    TrainingJobSpec spec = training.getSpec();
    Map<String, String> annotations = training.getMetadata().getAnnotations();
    String retrain =
        annotations == null ? "" : annotations.getOrDefault(Firstday.RETRAIN_ANNOTATION, "");
    return new RunOrder(
        Contract.digest(List.of(training.getMetadata().getUid(), spec.recipe(), retrain, dataset)),
        training.getMetadata().getName(),
        RunResult.Train.class,
        Objects.requireNonNullElse(spec.retries(), RETRIES),
        Boolean.TRUE.equals(spec.suspend()));
  }

  private static TrainingJobPlan plan(
      TrainingJob training,
      RunOrder order,
      RunStep step,
      Outcome before,
      TrainingJobObservation seen,
      WorkerConfig config) {
    Outcome outcome = before.after(step, training.getSpec().model());
    Standing standing = TrainingJobStandings.of(order, step, outcome);
    DatasetVersionReference dataset = reference(training, outcome.chain());
    List<Job> start =
        step instanceof RunStep.Start
            ? List.of(TrainingJobChildren.job(training, order, step.run().job(), dataset, config))
            : List.of();
    return new TrainingJobPlan(
        step,
        start,
        status(
            training,
            TrainingJobStandings.phase(order, step, outcome),
            standing,
            outcome,
            step.run(),
            seen.now()),
        RunEvents.of(
            training.getStatus() == null ? null : training.getStatus().run(),
            step.run(),
            Transitions.verdict(training.getStatus(), standing)));
  }

  /** Nothing may run; what was there before stays to be seen. */
  private static TrainingJobPlan idle(
      TrainingJob training, Standing standing, TrainingJobObservation seen) {
    TrainingJobStatus before = training.getStatus();
    RunStep step = Runs.pause(before == null ? null : before.run(), seen.workers());
    Outcome outcome = before == null ? Outcome.NONE : Outcome.of(before);
    String phase = Boolean.TRUE.equals(training.getSpec().suspend()) ? "Suspended" : "Pending";
    return new TrainingJobPlan(
        step,
        List.of(),
        status(training, phase, standing, outcome, step.run(), seen.now()),
        Transitions.verdict(before, standing));
  }

  /** The status when passes fail: what was known stays. */
  static TrainingJobStatus failing(TrainingJob training, Standing standing, Instant now) {
    TrainingJobStatus before = training.getStatus();
    return before == null
        ? status(training, "Pending", standing, Outcome.NONE, null, now)
        : status(training, before.phase(), standing, Outcome.of(before), before.run(), now);
  }

  private static TrainingJobStatus status(
      TrainingJob training,
      String phase,
      Standing standing,
      Outcome outcome,
      RunState run,
      Instant now) {
    TrainingJobStatus before = training.getStatus();
    Long generation = training.getMetadata().getGeneration();
    return new TrainingJobStatus(
        generation,
        phase,
        standing.conditions(before == null ? null : before.conditions(), generation, now),
        outcome.chain(),
        run,
        outcome.result());
  }

  private static DatasetVersionReference reference(TrainingJob training, Chain chain) {
    return new DatasetVersionReference(
        training.getSpec().dataset().name(), chain.datasetVersion(), chain.datasetDigest());
  }
}
