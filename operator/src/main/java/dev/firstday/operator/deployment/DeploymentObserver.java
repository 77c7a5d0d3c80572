package dev.firstday.operator.deployment;

import dev.firstday.api.AliasState;
import dev.firstday.api.Firstday;
import dev.firstday.api.Model;
import dev.firstday.api.ModelDeployment;
import dev.firstday.api.ModelStatus;
import dev.firstday.api.Signing;
import dev.firstday.contract.Contract;
import dev.firstday.contract.Routes;
import dev.firstday.operator.deployment.DeploymentObservation.ModelSight;
import dev.firstday.operator.deployment.DeploymentObservation.Predictors;
import dev.firstday.operator.deployment.DeploymentObservation.Router;
import dev.firstday.operator.deployment.DeploymentObservation.Size;
import dev.firstday.operator.deployment.gateway.GatewayRoutes;
import dev.firstday.operator.deployment.gateway.GatewaySight;
import dev.firstday.operator.deployment.metrics.MetricQueries;
import dev.firstday.operator.deployment.metrics.MetricsClient;
import dev.firstday.operator.deployment.routing.RouterAnswer;
import dev.firstday.operator.deployment.routing.RouterClient;
import dev.firstday.operator.kube.Labels;
import dev.firstday.operator.kube.Owner;
import dev.firstday.operator.kube.SharedKinds;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks at the caches, and asks the routers and Prometheus. */
final class DeploymentObserver {
  private final SharedKinds kinds;
  private final RouterClient routers;
  private final MetricsClient metrics;
  private final DeploymentConfig config;
  private final Clock clock;

  DeploymentObserver(
      SharedKinds kinds,
      RouterClient routers,
      MetricsClient metrics,
      DeploymentConfig config,
      Clock clock) {
    this.kinds = kinds;
    this.routers = routers;
    this.metrics = metrics;
    this.config = config;
    this.clock = clock;
  }

  DeploymentObservation observe(ModelDeployment resource, Context<ModelDeployment> context) {
    Owner owner = Owner.of(resource);
    DeploymentChildren children = new DeploymentChildren(owner, config);
    List<Deployment> deployments = owned(Deployment.class, owner, context);
    List<Service> services = owned(Service.class, owner, context);
    GatewaySight gateway =
        gateway(
            resource,
            new GatewayRoutes(context.getClient(), owner),
            children.routerServiceName(),
            services);
    List<Pod> pods = List.copyOf(context.getSecondaryResources(Pod.class));
    Optional<ConfigMap> map = named(owned(ConfigMap.class, owner, context), children.routesName());
    return new DeploymentObservation(
        resource.getMetadata().getName(),
        clock.instant().truncatedTo(ChronoUnit.SECONDS),
        resource.getMetadata().getGeneration(),
        command(resource),
        model(resource, context),
        predictors(
            resource.getSpec().autoscaling() != null,
            deployments,
            services,
            owned(HorizontalPodAutoscaler.class, owner, context),
            pods),
        routers(pods),
        read(map, DeploymentChildren.ROUTES_KEY, Routes.class)
            .orElse(DeploymentObservation.NO_ROUTES),
        read(map, DeploymentChildren.SIGNING_KEY, Signing.class).orElse(Signing.NONE),
        gateway instanceof GatewaySight.Present && resource.getSpec().isBehindGateway()
            ? resource.getSpec().routing().gatewayAPI().hostnames().get(0)
            : endpoint(resource, named(services, children.routerServiceName())),
        named(deployments, children.routerName()).map(Sizes::ready).orElse(0) > 0,
        gateway,
        metrics.query(MetricQueries.of(resource)));
  }

  /** Nobody is asked about routes where there is none to be and none was made before. */
  private static GatewaySight gateway(
      ModelDeployment resource, GatewayRoutes routes, String name, List<Service> services) {
    boolean made = resource.getStatus() != null && resource.getStatus().httpRoute() != null;
    return resource.getSpec().isBehindGateway() || made
        ? routes.look(
            name,
            resource.getSpec().isBehindGateway()
                && resource.getSpec().routing().gatewayAPI().hasGrpc(),
            service ->
                named(services, service).flatMap(DeploymentObserver::version).map(Version::number))
        : GatewaySight.UNUSED;
  }

  private static String command(ModelDeployment resource) {
    Map<String, String> annotations = resource.getMetadata().getAnnotations();
    String command = annotations == null ? null : annotations.get(Firstday.ROLLOUT_ANNOTATION);
    return command == null ? "" : command.strip();
  }

  private ModelSight model(ModelDeployment resource, Context<ModelDeployment> context) {
    return context.getSecondaryResources(Model.class).stream()
        .filter(m -> m.getMetadata().getName().equals(resource.getSpec().model()))
        .findFirst()
        .map(DeploymentObserver::sight)
        .orElseGet(
            () -> ModelSight.none(kinds.models().namesIn(resource.getMetadata().getNamespace())));
  }

  private static ModelSight sight(Model model) {
    ModelStatus status = model.getStatus();
    return new ModelSight(
        true,
        status == null ? List.of() : listed(status.versions()),
        status == null ? List.of() : listed(status.health()),
        status == null ? Map.of() : aliases(listed(status.aliases())),
        model.getSpec() == null ? List.of() : listed(model.getSpec().golden()),
        status == null || status.retention() == null
            ? List.of()
            : listed(status.retention().marked()),
        model.getSpec() == null || model.getSpec().signing() == null
            ? Signing.NONE
            : model.getSpec().signing(),
        List.of());
  }

  private static Map<String, Integer> aliases(List<AliasState> states) {
    return states.stream()
        .collect(Collectors.toMap(AliasState::name, state -> state.now().version()));
  }

  private static <T> List<T> listed(List<T> given) {
    return given == null ? List.of() : given;
  }

  private static List<Predictors> predictors(
      boolean autoscaled,
      List<Deployment> deployments,
      List<Service> services,
      List<HorizontalPodAutoscaler> autoscalers,
      List<Pod> pods) {
    return Stream.<HasMetadata>concat(deployments.stream(), services.stream())
        .map(DeploymentObserver::version)
        .flatMap(Optional::stream)
        .distinct()
        .map(
            version ->
                new Predictors(
                    version,
                    of(version, services).map(DeploymentObserver::address).orElse(""),
                    of(version, deployments)
                        .map(deployment -> Sizes.of(deployment, autoscaled))
                        .orElse(Size.NONE),
                    PodTroubles.of(
                        version, pods.stream().filter(pod -> isOf(version, pod)).toList()),
                    of(version, autoscalers).map(Sizes::problem).orElse("")))
        .toList();
  }

  private List<Router> routers(List<Pod> pods) {
    List<Pod> running =
        pods.stream()
            .filter(
                pod ->
                    DeploymentChildren.ROUTER.equals(
                        pod.getMetadata().getLabels().get(Labels.COMPONENT)))
            .filter(DeploymentObserver::isRunning)
            .toList();
    Map<String, RouterAnswer> answers =
        routers.reports(running.stream().map(DeploymentObserver::address).toList());
    return running.stream()
        .map(
            pod -> new Router(pod.getMetadata().getName(), address(pod), answers.get(address(pod))))
        .toList();
  }

  /** What nobody can read is none: it is written anew. */
  private static <T> Optional<T> read(Optional<ConfigMap> map, String key, Class<T> type) {
    try {
      return map.map(ConfigMap::getData)
          .map(data -> data.get(key))
          .map(json -> Contract.read(json, type));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private String endpoint(ModelDeployment resource, Optional<Service> router) {
    if (router.isEmpty()) {
      return "";
    }
    if (!config.endpointByAddress()) {
      return "http://%s.%s.svc%s"
          .formatted(
              router.get().getMetadata().getName(),
              resource.getMetadata().getNamespace(),
              config.servicePort() == DeploymentConfig.HTTP ? "" : ":" + config.servicePort());
    }
    String address = address(router.get());
    return address.isEmpty() ? "" : "http://" + address;
  }

  private static boolean isRunning(Pod pod) {
    return pod.getStatus() != null
        && pod.getStatus().getPodIP() != null
        && PodTroubles.containers(pod)
            .anyMatch(c -> c.getState() != null && c.getState().getRunning() != null);
  }

  private static String address(Pod pod) {
    return pod.getStatus().getPodIP();
  }

  private static String address(Service service) {
    String address = service.getSpec().getClusterIP();
    return address == null || address.isEmpty() || address.equals("None")
        ? ""
        : address + ":" + service.getSpec().getPorts().get(0).getPort();
  }

  private static boolean isOf(Version version, HasMetadata object) {
    return version(object).filter(version::equals).isPresent();
  }

  private static <R extends HasMetadata> Optional<R> of(Version version, List<R> objects) {
    return objects.stream().filter(object -> isOf(version, object)).findFirst();
  }

  private static Optional<Version> version(HasMetadata object) {
    String number =
        object.getMetadata().getLabels() == null
            ? null
            : object.getMetadata().getLabels().get(DeploymentChildren.VERSION_LABEL);
    String digest =
        object.getMetadata().getAnnotations() == null
            ? null
            : object.getMetadata().getAnnotations().get(DeploymentChildren.DIGEST_ANNOTATION);
    return number == null || digest == null || !number.matches("[0-9]{1,9}")
        ? Optional.empty()
        : Optional.of(new Version(Integer.parseInt(number), digest));
  }

  private static <R extends HasMetadata> Optional<R> named(List<R> objects, String name) {
    return objects.stream().filter(o -> o.getMetadata().getName().equals(name)).findFirst();
  }

  private static <R extends HasMetadata> List<R> owned(
      Class<R> kind, Owner owner, Context<ModelDeployment> context) {
    return context.getSecondaryResources(kind).stream().filter(owner::owns).toList();
  }
}
