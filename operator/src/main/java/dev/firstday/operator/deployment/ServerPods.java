package dev.firstday.operator.deployment;

import dev.firstday.api.WorkerResources;
import dev.firstday.contract.PodEnvironment;
import dev.firstday.operator.kube.Pods;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The pods of the server image: predictors of one version, and routers. */
record ServerPods(DeploymentConfig config) {
  private static final String HTTP = "http";
  private static final String ADMIN = "admin";
  private static final String ROUTES_VOLUME = "routes";
  private static final String ROUTES_PATH = "/etc/firstday/routes";
  private static final int READ_BY_ALL = 0644;
  private static final Quantity PREDICTOR_TMP = new Quantity("1Gi");
  private static final Quantity ROUTER_TMP = new Quantity("64Mi");

  /** Time for Services to forget the pod before it stops listening. */
  private static final long DRAIN_SECONDS = 5;

  private static final long GRACE_SECONDS = 30;

  /** A router that captures nothing gets neither the place nor the credentials. */
  private static final Set<String> STORAGE =
      Set.of(
          PodEnvironment.S3_ENDPOINT,
          PodEnvironment.S3_BUCKET,
          PodEnvironment.S3_REGION,
          PodEnvironment.S3_PREFIX);

  /**
   * @param configMap which says whose signature the version has to have; a pod reads it when it
   *     starts, and does not start without it
   */
  PodSpec predictor(String model, Version version, String configMap, WorkerResources resources) {
    Container container =
        new ContainerBuilder(
                server(
                    DeploymentChildren.PREDICTOR,
                    "predict",
                    List.of(
                        variable(PodEnvironment.MODEL, model),
                        variable(PodEnvironment.MODEL_VERSION, String.valueOf(version.number())),
                        variable(PodEnvironment.MODEL_DIGEST, version.digest()),
                        fromConfigMap(
                            PodEnvironment.SIGNING, configMap, DeploymentChildren.SIGNING_KEY))))
            .withResources(config.predictorResources().resolve(resources))
            .build();
    return pod(container, PREDICTOR_TMP);
  }

  /**
   * @param peers the name that has the addresses of all routers; null: there is one
   */
  PodSpec router(String configMap, String peers) {
    Container server = routing(peers, List.of());
    List<EnvVar> withoutStorage =
        server.getEnv().stream().filter(v -> !STORAGE.contains(v.getName())).toList();
    return routerPod(
        new ContainerBuilder(server).withEnv(withoutStorage).withEnvFrom(List.of()).build(),
        configMap);
  }

  /** A router that stores requests: it gets the place and the credentials, as a predictor does. */
  PodSpec capturingRouter(String configMap, String peers, String deployment) {
    return routerPod(
        routing(peers, List.of(variable(PodEnvironment.DEPLOYMENT, deployment))), configMap);
  }

  private Container routing(String peers, List<EnvVar> more) {
    List<EnvVar> variables = new ArrayList<>(more);
    if (peers != null) {
      variables.add(variable(PodEnvironment.ROUTER_PEERS, peers));
    }
    variables.add(
        variable(PodEnvironment.ROUTES_FILE, ROUTES_PATH + "/" + DeploymentChildren.ROUTES_KEY));
    return server(DeploymentChildren.ROUTER, "route", variables);
  }

  private PodSpec routerPod(Container server, String configMap) {
    Container container =
        new ContainerBuilder(server)
            .withResources(config.routerResources().resolve(null))
            .addNewVolumeMount()
            .withName(ROUTES_VOLUME)
            .withMountPath(ROUTES_PATH)
            .withReadOnly(true)
            .endVolumeMount()
            .build();
    return new PodSpecBuilder(pod(container, ROUTER_TMP))
        .addNewVolume()
        .withName(ROUTES_VOLUME)
        .withNewConfigMap()
        .withName(configMap)
        .withDefaultMode(READ_BY_ALL)
        .endConfigMap()
        .endVolume()
        .build();
  }

  private Container server(String name, String mode, List<EnvVar> variables) {
    return new ContainerBuilder(Pods.container(name, config.pods(), variables))
        .withArgs(mode)
        .withPorts(port(HTTP, PodEnvironment.HTTP_PORT), port(ADMIN, PodEnvironment.ADMIN_PORT))
        .withStartupProbe(probe("/healthz", 2, 300))
        .withLivenessProbe(probe("/healthz", 10, 6))
        .withReadinessProbe(probe("/readyz", 1, 3))
        .withNewLifecycle()
        .withNewPreStop()
        .withNewSleep(DRAIN_SECONDS)
        .endPreStop()
        .endLifecycle()
        .build();
  }

  private PodSpec pod(Container container, Quantity tmp) {
    return new PodSpecBuilder(Pods.spec(container, config.pods(), tmp))
        .withTerminationGracePeriodSeconds(GRACE_SECONDS)
        .build();
  }

  private static Probe probe(String path, int periodSeconds, int failures) {
    return new ProbeBuilder()
        .withNewHttpGet()
        .withPath(path)
        .withNewPort(ADMIN)
        .withScheme("HTTP")
        .endHttpGet()
        .withPeriodSeconds(periodSeconds)
        .withTimeoutSeconds(2)
        .withSuccessThreshold(1)
        .withFailureThreshold(failures)
        .build();
  }

  private static ContainerPort port(String name, int number) {
    return new ContainerPortBuilder()
        .withName(name)
        .withContainerPort(number)
        .withProtocol("TCP")
        .build();
  }

  private static EnvVar fromConfigMap(String name, String configMap, String key) {
    return new EnvVarBuilder()
        .withName(name)
        .withNewValueFrom()
        .withNewConfigMapKeyRef()
        .withName(configMap)
        .withKey(key)
        .endConfigMapKeyRef()
        .endValueFrom()
        .build();
  }

  private static EnvVar variable(String name, String value) {
    return new EnvVarBuilder().withName(name).withValue(value).build();
  }
}
