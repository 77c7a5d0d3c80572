package dev.firstday.operator.trainingjob;

import dev.firstday.api.Dataset;
import dev.firstday.api.Model;
import dev.firstday.api.TrainingJob;
import dev.firstday.api.TrainingJobStatus;
import dev.firstday.operator.kube.EventEmitter;
import dev.firstday.operator.kube.SharedKinds;
import dev.firstday.operator.kube.StatusWriter;
import dev.firstday.operator.kube.Unreadable;
import dev.firstday.operator.worker.WorkerConfig;
import dev.firstday.operator.worker.WorkerObservation;
import dev.firstday.operator.worker.WorkerState;
import dev.firstday.operator.worker.Workers;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Trains models: observe, plan, act, status. */
@ControllerConfiguration(name = "trainingjob")
public final class TrainingJobReconciler implements Reconciler<TrainingJob> {
  private final WorkerConfig config;
  private final SharedKinds kinds;
  private final Workers workers;
  private final TrainerClient trainers;
  private final EventEmitter events;
  private final Clock clock;
  private final StatusWriter<TrainingJobStatus, TrainingJob> statuses =
      new StatusWriter<>(TrainingJob::new);

  public TrainingJobReconciler(
      WorkerConfig config,
      SharedKinds kinds,
      Workers workers,
      TrainerClient trainers,
      EventEmitter events,
      Clock clock) {
    this.config = config;
    this.kinds = kinds;
    this.workers = workers;
    this.trainers = trainers;
    this.events = events;
    this.clock = clock;
  }

  @Override
  public List<EventSource<?, TrainingJob>> prepareEventSources(
      EventSourceContext<TrainingJob> context) {
    return Stream.concat(
            workers.eventSources(context).stream(),
            Stream.of(
                kinds.trainings().publish(context),
                kinds
                    .datasets()
                    .namedBy(training -> Set.of(training.getSpec().dataset().name()), context),
                kinds.models().namedBy(training -> Set.of(training.getSpec().model()), context)))
        .toList();
  }

  @Override
  public UpdateControl<TrainingJob> reconcile(TrainingJob training, Context<TrainingJob> context) {
    Unreadable.refuse(training);
    TrainingJobObservation seen = observe(training, context);
    TrainingJobPlan plan = TrainingJobPlanner.plan(training, seen, config);
    workers.end(plan.step().obsolete());
    Optional<WorkerState.Lost> refusal = workers.start(plan.start(), training);
    if (refusal.isPresent()) {
      plan = TrainingJobPlanner.rejected(training, plan, refusal.get(), seen, config);
    }
    events.emit(training, plan.events(), seen.now());
    return statuses.write(training, plan.status(), plan.wakeUp(), seen.now(), context);
  }

  @Override
  public ErrorStatusUpdateControl<TrainingJob> updateErrorStatus(
      TrainingJob training, Context<TrainingJob> context, Exception cause) {
    Instant now = now();
    return statuses.writeFailure(
        training,
        cause,
        now,
        context,
        standing -> TrainingJobPlanner.failing(training, standing, now));
  }

  private TrainingJobObservation observe(TrainingJob training, Context<TrainingJob> context) {
    TrainingJobStatus status = training.getStatus();
    Instant now = now();
    WorkerObservation seen =
        workers.observe(status == null ? null : status.run(), training, context);
    Set<Dataset> datasets = context.getSecondaryResources(Dataset.class);
    Set<Model> models = context.getSecondaryResources(Model.class);
    String namespace = training.getMetadata().getNamespace();
    return new TrainingJobObservation(
        seen,
        List.copyOf(datasets),
        List.copyOf(models),
        new TrainingJobObservation.Others(
            datasets.isEmpty() ? kinds.datasets().namesIn(namespace) : List.of(),
            models.isEmpty() ? kinds.models().namesIn(namespace) : List.of()),
        ProgressRules.isDue(status, now)
            ? seen.address(status.run().job()).flatMap(trainers::ask)
            : Optional.empty(),
        now);
  }

  /** Statuses keep seconds. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }
}
