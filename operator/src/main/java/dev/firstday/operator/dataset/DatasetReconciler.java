package dev.firstday.operator.dataset;

import dev.firstday.api.Dataset;
import dev.firstday.api.DatasetStatus;
import dev.firstday.api.Model;
import dev.firstday.api.ModelDeployment;
import dev.firstday.api.TrainingJob;
import dev.firstday.operator.kube.EventEmitter;
import dev.firstday.operator.kube.SharedKinds;
import dev.firstday.operator.kube.StatusWriter;
import dev.firstday.operator.kube.Unreadable;
import dev.firstday.operator.worker.WorkerConfig;
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
import java.util.stream.Stream;

/** Builds and checks versions of data sets: observe, plan, act, status. */
@ControllerConfiguration(name = "dataset")
public final class DatasetReconciler implements Reconciler<Dataset> {
  private final WorkerConfig config;
  private final SharedKinds kinds;
  private final Workers workers;
  private final EventEmitter events;
  private final Clock clock;
  private final StatusWriter<DatasetStatus, Dataset> statuses = new StatusWriter<>(Dataset::new);

  public DatasetReconciler(
      WorkerConfig config, SharedKinds kinds, Workers workers, EventEmitter events, Clock clock) {
    this.config = config;
    this.kinds = kinds;
    this.workers = workers;
    this.events = events;
    this.clock = clock;
  }

  @Override
  public List<EventSource<?, Dataset>> prepareEventSources(EventSourceContext<Dataset> context) {
    return Stream.concat(
            workers.eventSources(context).stream(),
            Stream.of(
                kinds.datasets().publish(context),
                kinds.trainings().naming(Pins::datasetsOf, context),
                kinds.models().naming(Pins::datasetsOf, context),
                kinds.deployments().naming(Pins::datasetsOf, context)))
        .toList();
  }

  @Override
  public UpdateControl<Dataset> reconcile(Dataset dataset, Context<Dataset> context) {
    Unreadable.refuse(dataset);
    DatasetObservation seen = observe(dataset, context);
    DatasetPlan plan = DatasetPlanner.plan(dataset, seen, config);
    workers.end(plan.step().obsolete());
    Optional<WorkerState.Lost> refusal = workers.start(plan.start(), dataset);
    if (refusal.isPresent()) {
      plan = DatasetPlanner.rejected(dataset, plan, refusal.get(), seen, config);
    }
    events.emit(dataset, plan.events(), seen.now());
    return statuses.write(dataset, plan.status(), plan.wakeUp(), seen.now(), context);
  }

  @Override
  public ErrorStatusUpdateControl<Dataset> updateErrorStatus(
      Dataset dataset, Context<Dataset> context, Exception cause) {
    Instant now = now();
    return statuses.writeFailure(
        dataset, cause, now, context, standing -> DatasetPlanner.failing(dataset, standing, now));
  }

  private DatasetObservation observe(Dataset dataset, Context<Dataset> context) {
    DatasetStatus status = dataset.getStatus();
    Pins pins =
        Pins.of(
            dataset.getMetadata().getName(),
            context.getSecondaryResources(TrainingJob.class),
            context.getSecondaryResources(Model.class),
            context.getSecondaryResources(ModelDeployment.class));
    return new DatasetObservation(
        workers.observe(status == null ? null : status.run(), dataset, context),
        kinds.areReadable(dataset.getMetadata().getNamespace()) ? pins : pins.andOthers(),
        now());
  }

  /** Statuses keep seconds. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }
}
