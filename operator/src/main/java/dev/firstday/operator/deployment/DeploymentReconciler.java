package dev.firstday.operator.deployment;

import dev.firstday.api.ModelDeployment;
import dev.firstday.api.ModelDeploymentStatus;
import dev.firstday.api.Routing.GatewayApi;
import dev.firstday.operator.deployment.DeploymentObservation.Router;
import dev.firstday.operator.deployment.DeploymentPlan.Resize;
import dev.firstday.operator.deployment.gateway.GatewayRoutes;
import dev.firstday.operator.deployment.gateway.GatewayStep;
import dev.firstday.operator.deployment.gateway.RouteMaker;
import dev.firstday.operator.deployment.metrics.MetricsClient;
import dev.firstday.operator.deployment.routing.RouterClient;
import dev.firstday.operator.kube.Applier;
import dev.firstday.operator.kube.EventEmitter;
import dev.firstday.operator.kube.Owner;
import dev.firstday.operator.kube.SharedKinds;
import dev.firstday.operator.kube.StatusWriter;
import dev.firstday.operator.kube.Unreadable;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GRPCRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Serves versions of models and rolls out new ones: observe, plan, act, status. */
@ControllerConfiguration(name = "deployment")
public final class DeploymentReconciler implements Reconciler<ModelDeployment> {
  private static final int UNPROCESSABLE = 422;
  private static final Set<Integer> REFUSALS =
      Set.of(HttpURLConnection.HTTP_BAD_REQUEST, HttpURLConnection.HTTP_FORBIDDEN, UNPROCESSABLE);

  private final DeploymentConfig config;
  private final SharedKinds kinds;
  private final DeploymentObserver observer;
  private final RouterClient routers;
  private final Applier applier;
  private final EventEmitter events;
  private final Clock clock;
  private final StatusWriter<ModelDeploymentStatus, ModelDeployment> statuses =
      new StatusWriter<>(ModelDeployment::new);

  public DeploymentReconciler(
      DeploymentConfig config,
      SharedKinds kinds,
      RouterClient routers,
      MetricsClient metrics,
      Applier applier,
      EventEmitter events,
      Clock clock) {
    this.config = config;
    this.kinds = kinds;
    this.observer = new DeploymentObserver(kinds, routers, metrics, config, clock);
    this.routers = routers;
    this.applier = applier;
    this.events = events;
    this.clock = clock;
  }

  @Override
  public List<EventSource<?, ModelDeployment>> prepareEventSources(
      EventSourceContext<ModelDeployment> context) {
    return DeploymentWatches.of(kinds, context);
  }

  @Override
  public UpdateControl<ModelDeployment> reconcile(
      ModelDeployment resource, Context<ModelDeployment> context) {
    Unreadable.refuse(resource);
    DeploymentObservation seen = observer.observe(resource, context);
    DeploymentPlan plan = DeploymentPlanner.plan(resource.getSpec(), resource.getStatus(), seen);
    try {
      act(resource, plan, context);
    } catch (KubernetesClientException e) {
      if (!REFUSALS.contains(e.getCode())) {
        throw e;
      }
      plan =
          DeploymentPlanner.refused(
              plan, Applier.words(e), resource.getSpec(), resource.getStatus(), seen);
    }
    events.emit(resource, plan.events(), seen.now());
    return statuses.write(resource, plan.status(), plan.wakeUp(seen.now()), seen.now(), context);
  }

  @Override
  public ErrorStatusUpdateControl<ModelDeployment> updateErrorStatus(
      ModelDeployment resource, Context<ModelDeployment> context, Exception cause) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    return statuses.writeFailure(
        resource, cause, now, context, standing -> StatusRules.failing(resource, standing, now));
  }

  /**
   * Routes before deletions: no request may go to a version whose pods are gone. Numbers of pods
   * before all else: one that nobody owns any more would fall to 1.
   */
  private void act(
      ModelDeployment resource, DeploymentPlan plan, Context<ModelDeployment> context) {
    Owner owner = Owner.of(resource);
    DeploymentChildren children = new DeploymentChildren(owner, config);
    List<HasMetadata> desired =
        children.of(plan, resource.getSpec().resources()).stream()
            .map(child -> plan.comparing() ? withImageOf(child, owner, context) : child)
            .toList();
    for (Resize resize : plan.resizes()) {
      deployment(children.predictorName(resize.version()), owner, context)
          .ifPresent(deployment -> applier.resize(deployment, resize.replicas()));
    }
    applier.apply(desired, context);
    share(resource, plan.gateway(), children, context);
    if (!plan.push().isEmpty()) {
      routers.push(plan.push().stream().map(Router::address).toList(), plan.routes());
    }
    Set<String> leaving = Set.copyOf(plan.leaving().stream().map(children::predictorName).toList());
    prune(Service.class, owner, desired, leaving, context);
    prune(HorizontalPodAutoscaler.class, owner, desired, leaving, context);
    prune(Deployment.class, owner, desired, leaving, context);
    prune(PodDisruptionBudget.class, owner, desired, leaving, context);
  }

  private void share(
      ModelDeployment resource,
      GatewayStep step,
      DeploymentChildren children,
      Context<ModelDeployment> context) {
    GatewayRoutes routes = new GatewayRoutes(context.getClient(), Owner.of(resource));
    String name = children.routerServiceName();
    if (step instanceof GatewayStep.Write write) {
      GatewayApi spec = resource.getSpec().routing().gatewayAPI();
      RouteMaker made = children.routes(spec, write.weights());
      routes.write(HTTPRoute.class, made.http(config.servicePort()), applier, context);
      if (!spec.hasGrpc()) {
        routes.remove(GRPCRoute.class, name, applier);
      } else if (write.grpc()) {
        routes.write(
            GRPCRoute.class, made.grpc(DeploymentChildren.GRPC_SERVICE_PORT), applier, context);
      }
    } else if (step instanceof GatewayStep.Remove) {
      // the HTTPRoute last: as long as it is there, the other one is looked for
      routes.remove(GRPCRoute.class, name, applier);
      routes.remove(HTTPRoute.class, name, applier);
    }
  }

  /** Where no pod is ready none is lost, and another image may be the cure. */
  private static HasMetadata withImageOf(
      HasMetadata child, Owner owner, Context<ModelDeployment> context) {
    return child instanceof Deployment desired
        ? deployment(desired.getMetadata().getName(), owner, context)
            .filter(there -> Sizes.ready(there) > 0)
            .map(there -> Images.keep(desired, there))
            .orElse(desired)
        : child;
  }

  private static Optional<Deployment> deployment(
      String name, Owner owner, Context<ModelDeployment> context) {
    return context.getSecondaryResources(Deployment.class).stream()
        .filter(owner::owns)
        .filter(deployment -> deployment.getMetadata().getName().equals(name))
        .findFirst();
  }

  private <R extends HasMetadata> void prune(
      Class<R> kind,
      Owner owner,
      List<HasMetadata> desired,
      Set<String> leaving,
      Context<ModelDeployment> context) {
    Stream<R> stay =
        context.getSecondaryResources(kind).stream()
            .filter(child -> leaving.contains(child.getMetadata().getName()));
    applier.prune(kind, owner, Stream.concat(desired.stream(), stay).toList(), context);
  }
}
