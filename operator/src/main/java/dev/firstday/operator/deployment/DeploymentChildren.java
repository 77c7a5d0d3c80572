package dev.firstday.operator.deployment;

import dev.firstday.api.Routing.GatewayApi;
import dev.firstday.api.Signing;
import dev.firstday.api.WorkerResources;
import dev.firstday.contract.Contract;
import dev.firstday.contract.PodEnvironment;
import dev.firstday.contract.Routes;
import dev.firstday.operator.deployment.Scaling.Automatic;
import dev.firstday.operator.deployment.Scaling.Fixed;
import dev.firstday.operator.deployment.gateway.RouteMaker;
import dev.firstday.operator.kube.Labels;
import dev.firstday.operator.kube.Names;
import dev.firstday.operator.kube.Owner;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The objects that a deployment is made of. Routes, and whose signature a version has to have,
 * change without any pod's template.
 */
record DeploymentChildren(Owner owner, DeploymentConfig config) {
  static final String PREDICTOR = "predictor";
  static final String ROUTER = "router";

  /** The version's number, on all that belongs to a version. */
  static final String VERSION_LABEL = "firstday.dev/version";

  /** The version's digest, which is too long for a label. */
  static final String DIGEST_ANNOTATION = "firstday.dev/digest";

  /** The resource's name, on pods, whose owner is another object. */
  static final String OWNER_ANNOTATION = "firstday.dev/owner";

  /** The key of the ConfigMap under which the routes lie. */
  static final String ROUTES_KEY = "routes.json";

  /** The key under which lies what predictors are told of signatures. */
  static final String SIGNING_KEY = "signing.json";

  /** Beside the port of REST, with the number that is usual for the protocol over gRPC. */
  static final int GRPC_SERVICE_PORT = 8001;

  private static final int PROGRESS_DEADLINE_SECONDS = 600;
  private static final int OLD_TEMPLATES_KEPT = 2;

  /** The ConfigMap first: no pod starts without it. */
  List<HasMetadata> of(DeploymentPlan plan, WorkerResources resources) {
    List<HasMetadata> children = new ArrayList<>();
    if (plan.routed()) {
      children.add(routes(plan.routes(), plan.signing()));
      children.add(routerService());
      children.add(routerDeployment(plan.settings().capture() != null));
      if (config.routerReplicas() > 1) {
        children.add(routerPeers());
        children.add(disruptionBudget(routerName(), routerLabels(), Map.of()));
      }
    }
    for (Version version : plan.serving()) {
      children.add(predictorService(version, plan.settings().grpcRouted()));
      children.add(predictorDeployment(version, plan.settings(), resources));
      if (plan.settings().scaling() instanceof Automatic automatic) {
        children.add(autoscaler(version, automatic));
      }
      if (plan.settings().scaling().atMost() > 1) {
        children.add(
            disruptionBudget(predictorName(version), predictorLabels(version), digest(version)));
      }
    }
    return children;
  }

  String routerServiceName() {
    return Names.label(owner.name());
  }

  String routesName() {
    return Names.child(owner.name(), "routes");
  }

  String routerName() {
    return Names.child(owner.name(), "router");
  }

  String predictorName(Version version) {
    return predictorName(version.number());
  }

  private String predictorName(int version) {
    return Names.child(owner.name(), "v" + version);
  }

  /**
   * By which a Gateway sends callers to predictors. They have the router's name.
   *
   * @param weights by versions
   */
  RouteMaker routes(GatewayApi spec, Map<Integer, Integer> weights) {
    Map<String, Integer> backends = new LinkedHashMap<>();
    weights.forEach((version, weight) -> backends.put(predictorName(version), weight));
    return new RouteMaker(metadata(routerServiceName(), routerLabels(), Map.of()), spec, backends);
  }

  private ConfigMap routes(Routes routes, Signing signing) {
    return new ConfigMapBuilder()
        .withMetadata(metadata(routesName(), routerLabels(), Map.of()))
        .withData(Map.of(ROUTES_KEY, Contract.write(routes), SIGNING_KEY, Contract.write(signing)))
        .build();
  }

  private Service routerService() {
    return service(
        metadata(routerServiceName(), routerLabels(), Map.of()),
        List.of(port("http", config.servicePort(), PodEnvironment.HTTP_PORT)));
  }

  /** By which routers find each other: it has the address of each pod. */
  private Service routerPeers() {
    return new ServiceBuilder(
            service(
                metadata(routerName(), routerLabels(), Map.of()),
                List.of(port("admin", PodEnvironment.ADMIN_PORT, PodEnvironment.ADMIN_PORT))))
        .editSpec()
        .withClusterIP("None")
        .endSpec()
        .build();
  }

  /**
   * @param captures whether the router stores requests
   */
  private Deployment routerDeployment(boolean captures) {
    String peers = config.routerReplicas() > 1 ? routerName() : null;
    return deployment(
        metadata(routerName(), routerLabels(), Map.of()),
        config.routerReplicas(),
        captures
            ? new ServerPods(config).capturingRouter(routesName(), peers, owner.name())
            : new ServerPods(config).router(routesName(), peers));
  }

  /**
   * @param grpcRouted whether a Gateway sends it calls of gRPC: it has to know which port speaks
   *     HTTP/2, as the other one does only when it is asked to
   */
  private Service predictorService(Version version, boolean grpcRouted) {
    List<ServicePort> ports = new ArrayList<>();
    ports.add(port("http", config.servicePort(), PodEnvironment.HTTP_PORT));
    ports.add(port("admin", PodEnvironment.ADMIN_PORT, PodEnvironment.ADMIN_PORT));
    if (grpcRouted) {
      ports.add(
          new ServicePortBuilder(port("grpc", GRPC_SERVICE_PORT, PodEnvironment.HTTP_PORT))
              .withAppProtocol("kubernetes.io/h2c")
              .build());
    }
    return service(
        metadata(predictorName(version), predictorLabels(version), digest(version)), ports);
  }

  /** Without a number of pods where that is an autoscaler's to choose. */
  private Deployment predictorDeployment(
      Version version, Settings settings, WorkerResources resources) {
    return deployment(
        metadata(predictorName(version), predictorLabels(version), digest(version)),
        settings.scaling() instanceof Fixed fixed ? fixed.replicas() : null,
        new ServerPods(config).predictor(settings.model(), version, routesName(), resources));
  }

  private HorizontalPodAutoscaler autoscaler(Version version, Automatic scaling) {
    String name = predictorName(version);
    return new HorizontalPodAutoscalerBuilder()
        .withMetadata(metadata(name, predictorLabels(version), digest(version)))
        .withSpec(Autoscalers.spec(name, scaling))
        .build();
  }

  private static Service service(ObjectMeta metadata, List<ServicePort> ports) {
    return new ServiceBuilder()
        .withMetadata(metadata)
        .withNewSpec()
        .withType("ClusterIP")
        .withSelector(metadata.getLabels())
        .withPorts(ports)
        .endSpec()
        .build();
  }

  /** A pod that answers goes only after its successor does. */
  private Deployment deployment(ObjectMeta metadata, Integer replicas, PodSpec pod) {
    Map<String, String> annotations = new TreeMap<>(metadata.getAnnotations());
    annotations.put(OWNER_ANNOTATION, owner.name());
    return new DeploymentBuilder()
        .withMetadata(metadata)
        .withNewSpec()
        .withReplicas(replicas)
        .withRevisionHistoryLimit(OLD_TEMPLATES_KEPT)
        .withProgressDeadlineSeconds(PROGRESS_DEADLINE_SECONDS)
        .withNewSelector()
        .withMatchLabels(metadata.getLabels())
        .endSelector()
        .withNewStrategy()
        .withType("RollingUpdate")
        .withNewRollingUpdate()
        .withNewMaxUnavailable(0)
        .withNewMaxSurge(1)
        .endRollingUpdate()
        .endStrategy()
        .withNewTemplate()
        .withNewMetadata()
        .withLabels(metadata.getLabels())
        .withAnnotations(annotations)
        .endMetadata()
        .withSpec(pod)
        .endTemplate()
        .endSpec()
        .build();
  }

  private PodDisruptionBudget disruptionBudget(
      String name, Map<String, String> labels, Map<String, String> annotations) {
    return new PodDisruptionBudgetBuilder()
        .withMetadata(metadata(name, labels, annotations))
        .withNewSpec()
        .withNewMaxUnavailable(1)
        .withNewSelector()
        .withMatchLabels(labels)
        .endSelector()
        .endSpec()
        .build();
  }

  private ObjectMeta metadata(
      String name, Map<String, String> labels, Map<String, String> annotations) {
    return new ObjectMetaBuilder()
        .withNamespace(owner.namespace())
        .withName(name)
        .withLabels(labels)
        .withAnnotations(annotations)
        .withOwnerReferences(owner.reference())
        .build();
  }

  private Map<String, String> routerLabels() {
    return Labels.of(owner, ROUTER);
  }

  private Map<String, String> predictorLabels(Version version) {
    return Labels.with(
        Labels.of(owner, PREDICTOR), VERSION_LABEL, String.valueOf(version.number()));
  }

  private static Map<String, String> digest(Version version) {
    return Map.of(DIGEST_ANNOTATION, version.digest());
  }

  private static ServicePort port(String name, int port, int target) {
    return new ServicePortBuilder()
        .withName(name)
        .withPort(port)
        .withProtocol("TCP")
        .withNewTargetPort(target)
        .build();
  }
}
