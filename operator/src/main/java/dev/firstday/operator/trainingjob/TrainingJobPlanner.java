package dev.firstday.operator.trainingjob;

import dev.firstday.api.Dataset;
import dev.firstday.api.DatasetStatus;
import dev.firstday.api.Firstday;
import dev.firstday.api.RunState;
import dev.firstday.api.TrainingJob;
import dev.firstday.api.TrainingJobSpec;
import dev.firstday.api.TrainingJobStatus;
import dev.firstday.api.TrainingJobStatus.Chain;
import dev.firstday.api.TrainingJobStatus.Effective;
import dev.firstday.api.TrainingProgress;
import dev.firstday.contract.Contract;
import dev.firstday.contract.Run.DatasetVersionReference;
import dev.firstday.contract.RunResult;
import dev.firstday.operator.kube.EventDraft;
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
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Decides what happens to a training job. Each spec is one run, on the data set version that was
 * the latest when it began, and another whenever there are newer data and {@code spec.retrain} says
 * so; its phases are
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
 * Succeeded and Refused last until the spec or the retrain annotation changes or newer data are
 * due, whatever becomes of the Job.
 */
final class TrainingJobPlanner {
  private static final EventDraft IDLE_GPUS =
      EventDraft.warning(
          "GpusIdle",
          "the pod has GPUs and trains on processors: the operator knows no image that computes on"
              + " GPUs; set the chart's images.trainerCuda, or ask for no GPUs in spec.resources");

  private TrainingJobPlanner() {}

  static TrainingJobPlan plan(
      TrainingJob training, TrainingJobObservation seen, WorkerConfig config) {
    Pass pass = Pass.of(training, seen, config);
    TrainingJobStatus before = training.getStatus();
    if (before != null && before.run() != null && before.chain() != null) {
      DatasetVersionReference dataset = pass.reference(before.chain());
      RunOrder order = pass.order(dataset);
      if (order.uid().equals(before.run().uid()) && !pass.hasNewerData(before)) {
        return pass.plan(order, pass.advance(order, dataset), Outcome.of(before));
      }
    }
    if (pass.inputs() instanceof Inputs.Missing missing) {
      return pass.idle(
          pass.isSuspended() && missing.standing().state() == Standing.State.RECONCILING
              ? TrainingJobStandings.SUSPENDED
              : missing.standing());
    }
    DatasetVersionReference dataset = ((Inputs.Resolved) pass.inputs()).dataset();
    RunOrder order = pass.order(dataset);
    return order.suspended()
        ? pass.idle(TrainingJobStandings.SUSPENDED)
        : pass.plan(order, pass.advance(order, dataset), Outcome.begin(dataset));
  }

  /** The plan when the API server would not have the Job of the plan before. */
  static TrainingJobPlan rejected(
      TrainingJob training,
      TrainingJobPlan plan,
      WorkerState.Lost why,
      TrainingJobObservation seen,
      WorkerConfig config) {
    Pass pass = Pass.of(training, seen, config);
    Chain chain = plan.status().chain();
    RunOrder order = pass.order(pass.reference(chain));
    RunStep step = Runs.rejected(plan.step(), order, why, seen.workers(), seen.now());
    return pass.plan(order, step, new Outcome(chain, null));
  }

  /** The status when passes fail: what was known stays. */
  static TrainingJobStatus failing(TrainingJob training, Standing standing, Instant now) {
    TrainingJobStatus before = training.getStatus();
    return before == null
        ? status(training, "Pending", standing, Outcome.NONE, null, null, null, now)
        : status(
            training,
            before.phase(),
            standing,
            Outcome.of(before),
            before.run(),
            before.effective(),
            before.progress(),
            now);
  }

  private static TrainingJobStatus status(
      TrainingJob training,
      String phase,
      Standing standing,
      Outcome outcome,
      RunState run,
      Effective effective,
      TrainingProgress progress,
      Instant now) {
    TrainingJobStatus before = training.getStatus();
    Long generation = training.getMetadata().getGeneration();
    return new TrainingJobStatus(
        generation,
        phase,
        standing.conditions(before == null ? null : before.conditions(), generation, now),
        outcome.chain(),
        run,
        outcome.result(),
        effective,
        progress);
  }

  /** What every step of one pass knows. */
  private record Pass(
      TrainingJob training,
      Settings settings,
      Retraining retraining,
      Inputs inputs,
      TrainingJobObservation seen,
      WorkerConfig config) {

    static Pass of(TrainingJob training, TrainingJobObservation seen, WorkerConfig config) {
      return new Pass(
          training,
          Settings.of(training, config),
          Retraining.of(training.getSpec()),
          Inputs.of(training.getSpec(), seen),
          seen,
          config);
    }

    /**
     * Whether there are newer data than those of the last run, and it is time to learn from them.
     */
    boolean hasNewerData(TrainingJobStatus before) {
      return inputs instanceof Inputs.Resolved resolved
          && !resolved.dataset().digest().equals(before.chain().datasetDigest())
          && !isSuspended()
          && retraining.isDue(before.run(), newerSince(before.chain()), seen.now());
    }

    /** When the first of the newer versions that are still listed was recorded. */
    private Instant newerSince(Chain chain) {
      return seen.datasets().stream()
          .map(Dataset::getStatus)
          .flatMap(
              status ->
                  Stream.concat(
                      Stream.of(status.latest()),
                      status.versions() == null ? Stream.empty() : status.versions().stream()))
          .filter(version -> version.number() > chain.datasetVersion())
          .filter(version -> !Boolean.TRUE.equals(version.refused()))
          .map(DatasetStatus.Version::recordedAt)
          .filter(Objects::nonNull)
          .min(Instant::compareTo)
          .orElse(seen.now());
    }

    /** The uid changes with everything that asks for another run, and with nothing else. */
    RunOrder order(DatasetVersionReference dataset) {
      TrainingJobSpec spec = training.getSpec();
      Map<String, String> annotations = training.getMetadata().getAnnotations();
      String retrain =
          annotations == null ? "" : annotations.getOrDefault(Firstday.RETRAIN_ANNOTATION, "");
      return new RunOrder(
          Contract.digest(
              List.of(training.getMetadata().getUid(), spec.recipe(), retrain, dataset)),
          training.getMetadata().getName(),
          RunResult.Train.class,
          settings.retries(),
          spec.schedulingDeadlineSeconds() == null
              ? null
              : Duration.ofSeconds(spec.schedulingDeadlineSeconds()),
          isSuspended());
    }

    boolean isSuspended() {
      return Boolean.TRUE.equals(training.getSpec().suspend());
    }

    RunStep advance(RunOrder order, DatasetVersionReference dataset) {
      TrainingJobStatus before = training.getStatus();
      return RunDocument.fitting(
          Runs.advance(before == null ? null : before.run(), order, seen.workers(), seen.now()),
          order,
          TrainingJobChildren.run(training, settings, order, dataset),
          training.getSpec(),
          seen.workers(),
          seen.now());
    }

    TrainingJobPlan plan(RunOrder order, RunStep step, Outcome before) {
      Outcome outcome = before.after(step, training.getSpec().model());
      Standing standing = retraining.told(TrainingJobStandings.of(order, step, outcome), inputs);
      return new TrainingJobPlan(
          step,
          start(order, step, outcome),
          wakeUp(step),
          status(TrainingJobStandings.phase(order, step, outcome), standing, outcome, step),
          RunEvents.of(
              training.getStatus() == null ? null : training.getStatus().run(),
              step.run(),
              events(step, standing)));
    }

    /** Nothing may run; what was there before stays to be seen. */
    TrainingJobPlan idle(Standing standing) {
      TrainingJobStatus before = training.getStatus();
      RunStep step = Runs.pause(before == null ? null : before.run(), seen.workers());
      Outcome outcome = before == null ? Outcome.NONE : Outcome.of(before);
      String phase = isSuspended() ? "Suspended" : "Pending";
      return new TrainingJobPlan(
          step,
          List.of(),
          wakeUp(step),
          status(phase, standing, outcome, step),
          Transitions.verdict(before, standing));
    }

    private Optional<Instant> wakeUp(RunStep step) {
      return Stream.of(
              step.wakeUp(), retraining.wakeUp(seen.now()), ProgressRules.wakeUp(step, seen.now()))
          .flatMap(Optional::stream)
          .min(Comparator.naturalOrder());
    }

    DatasetVersionReference reference(Chain chain) {
      return new DatasetVersionReference(
          training.getSpec().dataset().name(), chain.datasetVersion(), chain.datasetDigest());
    }

    private List<Job> start(RunOrder order, RunStep step, Outcome outcome) {
      return step instanceof RunStep.Start
          ? List.of(
              TrainingJobChildren.job(
                  training, settings, order, step.run().job(), reference(outcome.chain()), config))
          : List.of();
    }

    private List<EventDraft> events(RunStep step, Standing standing) {
      List<EventDraft> verdict = Transitions.verdict(training.getStatus(), standing);
      return step instanceof RunStep.Start && settings.idleGpus()
          ? Stream.concat(Stream.of(IDLE_GPUS), verdict.stream()).toList()
          : verdict;
    }

    private TrainingJobStatus status(
        String phase, Standing standing, Outcome outcome, RunStep step) {
      TrainingJobStatus before = training.getStatus();
      return TrainingJobPlanner.status(
          training,
          phase,
          standing,
          outcome,
          step.run(),
          settings.effective(),
          ProgressRules.after(
              before == null ? null : before.progress(), seen.report(), step, seen.now()),
          seen.now());
    }
  }
}
