package dev.firstday.operator.model;

import dev.firstday.api.Dataset;
import dev.firstday.api.Model;
import dev.firstday.api.ModelDeployment;
import dev.firstday.api.ModelStatus;
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
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lists and looks after the versions of models: observe, plan, act, status. */
@ControllerConfiguration(name = "model")
public final class ModelReconciler implements Reconciler<Model> {
  private final WorkerConfig config;
  private final SharedKinds kinds;
  private final Workers workers;
  private final EventEmitter events;
  private final Clock clock;
  private final StatusWriter<ModelStatus, Model> statuses = new StatusWriter<>(Model::new);

  public ModelReconciler(
      WorkerConfig config, SharedKinds kinds, Workers workers, EventEmitter events, Clock clock) {
    this.config = config;
    this.kinds = kinds;
    this.workers = workers;
    this.events = events;
    this.clock = clock;
  }

  @Override
  public List<EventSource<?, Model>> prepareEventSources(EventSourceContext<Model> context) {
    return Stream.concat(
            workers.eventSources(context).stream(),
            Stream.of(
                kinds.models().publish(context),
                kinds.trainings().naming(ModelReconciler::modelsOf, context),
                kinds
                    .deployments()
                    .naming(deployment -> Set.of(deployment.getSpec().model()), context),
                kinds.datasets().namedBy(FreshData::datasetsOf, context)))
        .toList();
  }

  @Override
  public UpdateControl<Model> reconcile(Model model, Context<Model> context) {
    Unreadable.refuse(model);
    ModelObservation seen = observe(model, context);
    ModelPlan plan = ModelPlanner.plan(model, seen, config);
    workers.end(plan.step().obsolete());
    Optional<WorkerState.Lost> refusal = workers.start(plan.start(), model);
    if (refusal.isPresent()) {
      plan = ModelPlanner.rejected(model, plan, refusal.get(), seen, config);
    }
    events.emit(model, plan.events(), seen.now());
    return statuses.write(model, plan.status(), plan.wakeUp(), seen.now(), context);
  }

  @Override
  public ErrorStatusUpdateControl<Model> updateErrorStatus(
      Model model, Context<Model> context, Exception cause) {
    Instant now = now();
    return statuses.writeFailure(
        model, cause, now, context, standing -> ModelPlanner.failing(model, standing, now));
  }

  private ModelObservation observe(Model model, Context<Model> context) {
    ModelStatus status = model.getStatus();
    return new ModelObservation(
        workers.observe(status == null ? null : status.run(), model, context),
        List.copyOf(context.getSecondaryResources(TrainingJob.class)),
        List.copyOf(context.getSecondaryResources(ModelDeployment.class)),
        List.copyOf(context.getSecondaryResources(Dataset.class)),
        kinds.areReadable(model.getMetadata().getNamespace()),
        now());
  }

  /** Statuses keep seconds. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  /** The model it feeds now, and the one that its last version went to. */
  private static Set<String> modelsOf(TrainingJob training) {
    Stream<String> recorded =
        training.getStatus() == null
                || training.getStatus().chain() == null
                || training.getStatus().chain().model() == null
            ? Stream.empty()
            : Stream.of(training.getStatus().chain().model().split("/", 2)[0]);
    return Stream.concat(Stream.of(training.getSpec().model()), recorded)
        .collect(Collectors.toSet());
  }
}
