package dev.firstday.operator.readiness;

import dev.firstday.api.ReadinessTest;
import dev.firstday.api.ReadinessTestStatus;
import dev.firstday.operator.kube.EventEmitter;
import dev.firstday.operator.kube.SharedKind;
import dev.firstday.operator.kube.SharedKinds;
import dev.firstday.operator.kube.StatusWriter;
import dev.firstday.operator.kube.Unreadable;
import io.fabric8.kubernetes.api.model.HasMetadata;
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
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Scores namespaces: observe, plan, status. */
@ControllerConfiguration(name = "readinesstest")
public final class ReadinessReconciler implements Reconciler<ReadinessTest> {
  private final SharedKinds kinds;
  private final EventEmitter events;
  private final Clock clock;
  private final StatusWriter<ReadinessTestStatus, ReadinessTest> statuses =
      new StatusWriter<>(ReadinessTest::new);

  public ReadinessReconciler(SharedKinds kinds, EventEmitter events, Clock clock) {
    this.kinds = kinds;
    this.events = events;
    this.clock = clock;
  }

  @Override
  public List<EventSource<?, ReadinessTest>> prepareEventSources(
      EventSourceContext<ReadinessTest> context) {
    return List.of(
        kinds.datasets().besides(context),
        kinds.trainings().besides(context),
        kinds.models().besides(context),
        kinds.deployments().besides(context));
  }

  @Override
  public UpdateControl<ReadinessTest> reconcile(
      ReadinessTest test, Context<ReadinessTest> context) {
    Unreadable.refuse(test);
    ReadinessObservation seen = observe(test.getMetadata().getNamespace());
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

  private ReadinessObservation observe(String namespace) {
    return new ReadinessObservation(
        seen(kinds.datasets(), namespace),
        seen(kinds.trainings(), namespace),
        seen(kinds.models(), namespace),
        seen(kinds.deployments(), namespace),
        now());
  }

  private static <R extends HasMetadata> List<R> seen(SharedKind<R> kind, String namespace) {
    return kind.in(namespace).stream()
        .sorted(Comparator.comparing((R resource) -> resource.getMetadata().getName()))
        .toList();
  }

  /** Statuses keep seconds. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }
}
