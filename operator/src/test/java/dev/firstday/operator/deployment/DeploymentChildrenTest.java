package dev.firstday.operator.deployment;

import static dev.firstday.operator.deployment.World.counts;
import static dev.firstday.operator.deployment.World.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.firstday.api.ModelDeploymentSpec.Replay;
import dev.firstday.api.ModelDeploymentSpec.Rollout;
import dev.firstday.api.ModelDeploymentSpec.Track;
import dev.firstday.api.Routing.Gateway;
import dev.firstday.api.Routing.GatewayApi;
import dev.firstday.api.Signing;
import dev.firstday.api.WorkerResources;
import dev.firstday.operator.deployment.gateway.GatewaySight;
import dev.firstday.operator.deployment.gateway.RouteMaker;
import dev.firstday.operator.kube.Owner;
import dev.firstday.operator.kube.PodConfig;
import dev.firstday.operator.kube.StorageConfig;
import dev.firstday.operator.worker.DefaultResources;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DeploymentChildrenTest {
  private final World world = new World();

  @Test
  void aRolloutHasARouterAndPredictorsOfBothVersions() {
    world.stable(1).record(2);

    assertThat(children(world.pass(), 1))
        .extracting(child -> child.getKind() + " " + child.getMetadata().getName())
        .containsExactly(
            "ConfigMap late-routes",
            "Service late",
            "Deployment late-router",
            "Service late-v1",
            "Deployment late-v1",
            "Service late-v2",
            "Deployment late-v2");
  }

  @Test
  void severalRoutersGetADisruptionBudget() {
    assertThat(children(world.record(1).pass(), 2))
        .extracting(child -> child.getKind() + " " + child.getMetadata().getName())
        .contains("PodDisruptionBudget late-router")
        .doesNotContain("PodDisruptionBudget late-v1");
  }

  /** Each remembers what it was asked, and a label that comes later may come to any of them. */
  @Test
  void severalRoutersFindEachOther() {
    List<HasMetadata> children = children(world.record(1).pass(), 2);
    Service peers = service("late-router", children);
    assertThat(peers.getSpec().getClusterIP()).isEqualTo("None");
    Deployment routers = deployment("late-router", children);
    assertThat(routers.getSpec().getTemplate().getMetadata().getLabels())
        .containsAllEntriesOf(peers.getSpec().getSelector());
    assertThat(routers.getSpec().getTemplate().getSpec().getContainers().get(0).getEnv())
        .anySatisfy(
            variable -> {
              assertThat(variable.getName()).isEqualTo("FIRSTDAY_ROUTER_PEERS");
              assertThat(variable.getValue()).isEqualTo(peers.getMetadata().getName());
            });
    assertThat(children(world.pass(), 1))
        .extracting(child -> child.getKind() + " " + child.getMetadata().getName())
        .doesNotContain("Service late-router");
  }

  @Test
  void everyChildBelongsToTheDeployment() {
    assertThat(children(world.record(1).pass(), 2))
        .allSatisfy(
            child -> {
              assertThat(child.getMetadata().getNamespace()).isEqualTo("demo");
              assertThat(child.getMetadata().getOwnerReferences())
                  .extracting("uid", "controller")
                  .containsExactly(tuple("uid-1", true));
              assertThat(child.getMetadata().getLabels())
                  .containsEntry("app.kubernetes.io/managed-by", "firstday");
            });
  }

  @Test
  void noPodTemplateChangesWithTheRoutes() {
    world.stable(1).record(2).settle().golden(counts(20, 0, 0, 0)).settle();
    assertThat(world.candidateWeight()).isEqualTo(10);
    List<PodTemplateSpec> before = templates(world.pass());
    world.live(counts(100, 0, 0, 0)).settle();

    assertThat(world.candidateWeight()).isEqualTo(50);
    assertThat(templates(world.pass())).isEqualTo(before);
  }

  /** Another spec.signing starts no pod anew; those that start go by it, or do not start. */
  @Test
  void noPodTemplateChangesWithTheSigning() {
    world.stable(1);
    DeploymentPlan before = world.pass();
    assertThat(signing(before)).isEqualTo("{\"mode\":\"ignore\"}");

    world.signing =
        new Signing(Signing.Mode.REQUIRE, List.of(new Signing.PublicKey("team", "PEM")));
    DeploymentPlan after = world.pass();

    assertThat(signing(after))
        .isEqualTo("{\"mode\":\"require\",\"publicKeys\":[{\"name\":\"team\",\"pem\":\"PEM\"}]}");
    assertThat(templates(after)).isEqualTo(templates(before));
    EnvVarSource source =
        deployment("late-v1", children(after, 1))
            .getSpec()
            .getTemplate()
            .getSpec()
            .getContainers()
            .get(0)
            .getEnv()
            .stream()
            .filter(variable -> variable.getName().equals("FIRSTDAY_SIGNING"))
            .findFirst()
            .orElseThrow()
            .getValueFrom();
    assertThat(source.getConfigMapKeyRef().getName()).isEqualTo("late-routes");
    assertThat(source.getConfigMapKeyRef().getKey()).isEqualTo("signing.json");
    assertThat(source.getConfigMapKeyRef().getOptional()).isNull();
  }

  /** Who deletes a Model does not get unsigned versions served by that. */
  @Test
  void aModelThatIsGoneIsTakenAtItsLastWord() {
    world.stable(1);
    world.signing =
        new Signing(Signing.Mode.REQUIRE, List.of(new Signing.PublicKey("team", "PEM")));
    world.settle();
    world.modelFound = false;

    assertThat(signing(world.pass())).contains("\"require\"");
  }

  @Test
  void predictorsKnowWhatToServeAndWhereItIsStored() {
    Deployment predictor = deployment("late-v1", children(world.record(1).pass(), 1));
    Container container = predictor.getSpec().getTemplate().getSpec().getContainers().get(0);

    assertThat(container.getArgs()).containsExactly("predict");
    assertThat(values(container))
        .containsEntry("FIRSTDAY_MODEL", "late-arrival")
        .containsEntry("FIRSTDAY_MODEL_VERSION", "1")
        .containsEntry("FIRSTDAY_MODEL_DIGEST", version(1).digest())
        .containsEntry("FIRSTDAY_S3_BUCKET", "bucket")
        .as("a forwarded port ends at the loopback address, so all are listened on")
        .doesNotContainKey("FIRSTDAY_BIND_ADDRESS");
    assertThat(container.getResources().getRequests()).containsEntry("cpu", new Quantity("2"));
    assertThat(predictor.getSpec().getStrategy().getRollingUpdate().getMaxUnavailable().getIntVal())
        .isZero();
  }

  @Test
  void routersGetNoStorageAndNoCredentials() {
    Deployment router = deployment("late-router", children(world.record(1).pass(), 1));
    Container container = router.getSpec().getTemplate().getSpec().getContainers().get(0);

    assertThat(container.getArgs()).containsExactly("route");
    assertThat(container.getEnvFrom()).isEmpty();
    assertThat(container.getEnv()).extracting(EnvVar::getName).noneMatch(n -> n.contains("S3"));
    assertThat(values(container))
        .containsEntry("FIRSTDAY_ROUTES_FILE", "/etc/firstday/routes/routes.json");
  }

  @Test
  void aRouterThatCapturesGetsTheStorageAsAPredictorDoes() {
    Rollout replayed =
        new Rollout(new Replay(null, null), null, null, null, null, null, null, null, null);
    world.edit(World.spec(null, Track.NEWEST, replayed, false));
    DeploymentPlan plan = world.record(1).pass();
    Container router = container("late-router", plan);
    Container predictor = container("late-v1", plan);

    assertThat(router.getEnvFrom()).isEqualTo(predictor.getEnvFrom()).isNotEmpty();
    assertThat(values(router))
        .containsEntry("FIRSTDAY_S3_BUCKET", values(predictor).get("FIRSTDAY_S3_BUCKET"))
        .containsEntry("FIRSTDAY_DEPLOYMENT", "late")
        .containsEntry("FIRSTDAY_ROUTES_FILE", "/etc/firstday/routes/routes.json");
  }

  private static Container container(String deployment, DeploymentPlan plan) {
    return deployment(deployment, children(plan, 1))
        .getSpec()
        .getTemplate()
        .getSpec()
        .getContainers()
        .get(0);
  }

  @Test
  void podsAreHardenedAndDrained() {
    assertThat(templates(world.record(1).pass()))
        .allSatisfy(
            template -> {
              assertThat(template.getSpec().getAutomountServiceAccountToken()).isFalse();
              assertThat(template.getSpec().getSecurityContext().getRunAsNonRoot()).isTrue();
              assertThat(template.getSpec().getTerminationGracePeriodSeconds()).isEqualTo(30);
              Container container = template.getSpec().getContainers().get(0);
              assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
              assertThat(container.getSecurityContext().getCapabilities().getDrop())
                  .containsExactly("ALL");
              assertThat(container.getReadinessProbe().getHttpGet().getPath()).isEqualTo("/readyz");
              assertThat(container.getLifecycle().getPreStop().getSleep().getSeconds())
                  .isPositive();
            });
  }

  @Test
  void callersReachTheRouterAndNotItsAdministration() {
    List<HasMetadata> children = children(world.record(1).pass(), 1);

    assertThat(service("late", children).getSpec().getPorts())
        .extracting("port")
        .containsExactly(80);
    assertThat(service("late-v1", children).getSpec().getPorts())
        .extracting("port")
        .containsExactly(80, 8081);
  }

  @Test
  void anAutoscalerChoosesTheNumberOfPodsAndNobodyElse() {
    List<HasMetadata> children = children(world.autoscale(2, 7).record(1).pass(), 1);

    var autoscaler =
        (HorizontalPodAutoscaler) named("HorizontalPodAutoscaler", "late-v1", children);
    assertThat(autoscaler.getSpec().getScaleTargetRef().getName()).isEqualTo("late-v1");
    assertThat(autoscaler.getSpec().getMinReplicas()).isEqualTo(2);
    assertThat(autoscaler.getSpec().getMaxReplicas()).isEqualTo(7);
    var metric = autoscaler.getSpec().getMetrics().get(0).getContainerResource();
    assertThat(deployment("late-v1", children).getSpec().getTemplate().getSpec().getContainers())
        .extracting(Container::getName)
        .containsExactly(metric.getContainer());
    assertThat(metric.getTarget().getAverageUtilization()).isEqualTo(80);
    assertThat(deployment("late-v1", children).getSpec().getReplicas()).isNull();
    assertThat(deployment("late-router", children).getSpec().getReplicas()).isEqualTo(1);
    assertThat(children).anyMatch(c -> c.getKind().equals("PodDisruptionBudget"));
  }

  @Test
  void anAutoscalerGoesByRequestsInFlightTooWhereTheSpecSaysHowMany() {
    world.edit(Specs.autoscaled(world.spec, 2, 7, 8));
    List<HasMetadata> children = children(world.record(1).pass(), 1);

    var metrics =
        ((HorizontalPodAutoscaler) named("HorizontalPodAutoscaler", "late-v1", children))
            .getSpec()
            .getMetrics();
    assertThat(metrics).extracting("type").containsExactly("ContainerResource", "Pods");
    assertThat(metrics.get(1).getPods().getMetric().getName())
        .isEqualTo("firstday_predictor_requests_in_flight");
    assertThat(metrics.get(1).getPods().getTarget().getType()).isEqualTo("AverageValue");
    assertThat(metrics.get(1).getPods().getTarget().getAverageValue()).isEqualTo(new Quantity("8"));
    assertThat(world.status.effective().autoscaling().inFlight()).isEqualTo(8);
  }

  @Test
  void aGatewayIsToldWhichPortSpeaksHttp2WhereItSendsGrpc() {
    Service without = (Service) named("Service", "late-v1", children(world.record(1).pass(), 1));
    assertThat(without.getSpec().getPorts()).extracting("name").containsExactly("http", "admin");

    world.gateway = new GatewaySight.Missing("late");
    world.edit(
        Specs.behindGateway(world.spec, List.of(), Rollout.DEFAULT, List.of("grpc.late.test")));
    Service with = (Service) named("Service", "late-v1", children(world.pass(), 1));
    assertThat(with.getSpec().getPorts())
        .extracting("name", "port", "appProtocol")
        .containsExactly(
            tuple("http", 80, null),
            tuple("admin", 8081, null),
            tuple("grpc", 8001, "kubernetes.io/h2c"));
    assertThat(with.getSpec().getPorts().get(2).getTargetPort())
        .isEqualTo(with.getSpec().getPorts().get(0).getTargetPort());
  }

  @Test
  void routesHaveTheRoutersNameAndOneBackendAVersion() {
    RouteMaker made =
        maker(1)
            .routes(
                new GatewayApi(
                    new Gateway("public", "infra", "https"),
                    List.of("late.test"),
                    null,
                    List.of("grpc.late.test")),
                new TreeMap<>(Map.of(1, 90, 2, 10)));
    var route = made.http(80);
    var grpc = made.grpc(DeploymentChildren.GRPC_SERVICE_PORT);

    assertThat(grpc.getSpec().getHostnames()).containsExactly("grpc.late.test");
    assertThat(grpc.getSpec().getRules().get(0).getBackendRefs())
        .extracting("name", "port", "weight")
        .containsExactly(tuple("late-v1", 8001, 90), tuple("late-v2", 8001, 10));
    assertThat(route.getMetadata().getName()).isEqualTo("late");
    assertThat(route.getSpec().getHostnames()).containsExactly("late.test");
    assertThat(route.getSpec().getParentRefs())
        .extracting("namespace", "name", "sectionName")
        .containsExactly(tuple("infra", "public", "https"));
    assertThat(route.getSpec().getRules().get(0).getBackendRefs())
        .extracting("name", "port", "weight")
        .containsExactly(tuple("late-v1", 80, 90), tuple("late-v2", 80, 10));
  }

  static List<HasMetadata> children(DeploymentPlan plan, int routers) {
    return maker(routers).of(plan, new WorkerResources(Map.of("cpu", "2"), null));
  }

  private static DeploymentChildren maker(int routers) {
    var resources = new DefaultResources("100m", "1Gi");
    var config =
        new DeploymentConfig(
            new PodConfig(
                "server:1",
                "IfNotPresent",
                "",
                new StorageConfig("http://s3", "bucket", "us-east-1", "", "firstday-s3")),
            resources,
            resources,
            routers,
            80,
            false,
            "");
    var owner = new Owner("firstday.dev/v1alpha1", "Deployment", "demo", "late", "uid-1");
    return new DeploymentChildren(owner, config);
  }

  private static List<PodTemplateSpec> templates(DeploymentPlan plan) {
    return children(plan, 1).stream()
        .filter(Deployment.class::isInstance)
        .map(child -> ((Deployment) child).getSpec().getTemplate())
        .toList();
  }

  static Deployment deployment(String name, List<HasMetadata> children) {
    return (Deployment) named("Deployment", name, children);
  }

  private static Service service(String name, List<HasMetadata> children) {
    return (Service) named("Service", name, children);
  }

  private static HasMetadata named(String kind, String name, List<HasMetadata> children) {
    return children.stream()
        .filter(c -> c.getKind().equals(kind) && c.getMetadata().getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private String signing(DeploymentPlan plan) {
    return children(plan, 1).stream()
        .filter(ConfigMap.class::isInstance)
        .map(child -> ((ConfigMap) child).getData().get("signing.json"))
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, String> values(Container container) {
    return container.getEnv().stream()
        .collect(Collectors.toMap(EnvVar::getName, v -> v.getValue() == null ? "" : v.getValue()));
  }
}
