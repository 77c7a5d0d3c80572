package dev.firstday.operator.readiness;

import dev.firstday.api.Dataset;
import dev.firstday.api.Model;
import dev.firstday.api.ModelDeployment;
import dev.firstday.api.ReadinessTest;
import dev.firstday.api.ReadinessTestStatus;
import dev.firstday.api.TrainingJob;
import dev.firstday.operator.kube.EventEmitter;
import dev.firstday.operator.kube.StatusWriter;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Scores namespaces: observe, plan, status. */
@ControllerConfiguration(name = "readinesstest")
public final class ReadinessReconciler implements Reconciler<ReadinessTest> {
  private final EventEmitter events;
  private final Clock clock;
  private final StatusWriter<ReadinessTestStatus, ReadinessTest> statuses =
      new StatusWriter<>(ReadinessTest::new);

  public ReadinessReconciler(EventEmitter events, Clock clock) {
    this.events = events;
    this.clock = clock;
  }

  @Override
  public List<EventSource<?, ReadinessTest>> prepareEventSources(
      EventSourceContext<ReadinessTest> context) {
    return List.of(
        all(Dataset.class, context),
        all(TrainingJob.class, context),
        all(Model.class, context),
        all(ModelDeployment.class, context));
  }

  @Override
  public UpdateControl<ReadinessTest> reconcile(
      ReadinessTest test, Context<ReadinessTest> context) {
    ReadinessObservation seen = observe(test, context);
    ReadinessPlan plan = ReadinessPlanner.plan(test, seen);
    events.emit(test, plan.events(), seen.now());
    return statuses.write(test, plan.status(), Optional.empty(), seen.now(), context);
  }

  @Override
  public ErrorStatusUpdateControl<ReadinessTest> updateErrorStatus(
      ReadinessTest test, Context<ReadinessTest> context, Exception cause) {
    Instant now = now();
    return statuses.writeFailure(
        test, cause, now, context, standing -> ReadinessPlanner.failing(test, standing, now));
  }

  private ReadinessObservation observe(ReadinessTest test, Context<ReadinessTest> context) {
    return new ReadinessObservation(
        seen(Dataset.class, test, context),
        seen(TrainingJob.class, test, context),
        seen(Model.class, test, context),
        seen(ModelDeployment.class, test, context),
        now());
  }

  /** Whatever changes in a namespace wakes its tests. */
  private static <R extends HasMetadata> EventSource<R, ReadinessTest> all(
      Class<R> kind, EventSourceContext<ReadinessTest> context) {
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(kind, ReadinessTest.class)
            .withSecondaryToPrimaryMapper(
                resource ->
                    context
                        .getPrimaryCache()
                        .list(resource.getMetadata().getNamespace())
                        .map(ResourceID::fromResource)
                        .collect(Collectors.toSet()))
            .build(),
        context);
  }

  /** Those of the namespace, whether they came before the test or after it. */
  private static <R extends HasMetadata> List<R> seen(
      Class<R> kind, ReadinessTest test, Context<ReadinessTest> context) {
    InformerEventSource<R, ReadinessTest> source =
        (InformerEventSource<R, ReadinessTest>)
            context.eventSourceRetriever().getEventSourceFor(kind);
    return source
        .list(test.getMetadata().getNamespace(), resource -> true)
        .sorted(Comparator.comparing((R resource) -> resource.getMetadata().getName()))
        .toList();
  }

  /** Statuses keep seconds. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }
}
