package dev.firstday.operator.deployment;

import static dev.firstday.operator.deployment.LiveDeployment.GOLDEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.firstday.api.Comparison;
import dev.firstday.api.Condition;
import dev.firstday.api.Firstday;
import dev.firstday.api.ModelDeployment;
import dev.firstday.api.ModelDeploymentSpec;
import dev.firstday.api.Routing;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GRPCRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GRPCRouteBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ParentReference;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.RouteParentStatus;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.RouteParentStatusBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.assertj.core.groups.Tuple;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * On a real API server with the Gateway API's own CRDs of HTTPRoutes and GRPCRoutes, which the test
 * brings and takes away again. No Gateway is there: the test plays one.
 */
@EnabledIfEnvironmentVariable(
    named = "KUBECONFIG",
    matches = ".+",
    disabledReason = "needs a cluster: set KUBECONFIG")
@EnabledIfEnvironmentVariable(
    named = "GATEWAY_API_CRDS",
    matches = ".+",
    disabledReason = "needs the Gateway API's CRDs: set GATEWAY_API_CRDS as .ci/run does")
class GatewayReconcilerTest {
  private LiveDeployment live;
  private CustomResourceDefinition httpKind;
  private CustomResourceDefinition grpcKind;

  @BeforeEach
  void start() throws IOException {
    httpKind = kind("httproutes");
    grpcKind = kind("grpcroutes");
    live = new LiveDeployment();
    deleteKinds();
  }

  private static CustomResourceDefinition kind(String plural) throws IOException {
    Path file =
        Path.of(
            System.getenv("GATEWAY_API_CRDS"),
            "gateway.networking.k8s.io_%s.yaml".formatted(plural));
    return Serialization.unmarshal(Files.readString(file), CustomResourceDefinition.class);
  }

  private void deleteKinds() {
    live.cluster.client().resource(httpKind).delete();
    live.cluster.client().resource(grpcKind).delete();
  }

  @AfterEach
  void stop() {
    deleteKinds();
    live.close();
  }

  @Test
  void callersComeByAnHttpRouteThatFollowsTheRollout() {
    live.record(1);
    live.cluster.client().resource(behindGateway()).create();
    ModelDeployment stalled = live.await(d -> d.getStatus().phase().equals("Failed"));
    assertThat(reason(stalled, "Stalled")).isEqualTo("GatewayAPIMissing");
    assertThat(live.names(Deployment.class)).isEmpty();

    live.cluster.client().resource(httpKind).create();
    live.await(
        d -> message(d, "Stalled").contains("grpcHostnames: this cluster has no GRPCRoutes"));
    assertThat(live.names(Deployment.class)).isEmpty();

    live.cluster.client().resource(grpcKind).create();
    live.run("late-v1", 1);
    live.run("late-router", 2);
    live.see(1, GOLDEN, Comparison.NONE);
    live.await(d -> "late.test".equals(d.getStatus().endpoint()));
    assertBackends(Map.of("late-v1", 100));
    assertThat(reason(live.read(), "Ready")).isEqualTo("GatewayNotReady");
    follow();
    ModelDeployment stable =
        live.await(d -> d.getStatus().conditions().get(0).status().equals("True"));
    assertThat(reason(stable, "PairedChecks")).isEqualTo("GatewayAPI");
    live.restartedOperatorWritesNothing();

    live.record(2);
    live.run("late-v2", 1);
    live.see(2, GOLDEN, Comparison.NONE);
    live.await(d -> d.getStatus().phase().equals("Canary"));
    assertBackends(Map.of("late-v1", 90, "late-v2", 10));
    follow();
    live.cluster.patch(
        ModelDeployment.class,
        LiveDeployment.NAME,
        Map.of(
            "metadata",
            Map.of("annotations", Map.of(Firstday.ROLLOUT_ANNOTATION, "rollback now"))));
    live.await(d -> d.getStatus().phase().equals("RolledBack"));
    assertBackends(Map.of("late-v1", 100));
    assertThat(live.names(Deployment.class))
        .as("the Gateway has not said that it follows")
        .contains("late-v2");
    follow();
    Awaitility.await("its pods go")
        .atMost(LiveDeployment.PATIENCE)
        .until(() -> !live.names(Deployment.class).contains("late-v2"));

    live.cluster.patch(
        ModelDeployment.class,
        LiveDeployment.NAME,
        Map.of("spec", Collections.singletonMap("routing", null)));
    Awaitility.await("its routes go, since callers come by the router")
        .atMost(LiveDeployment.PATIENCE)
        .until(() -> route().get() == null && grpcRoute().get() == null);
  }

  private ModelDeployment behindGateway() {
    ModelDeployment deployment = live.deployment();
    deployment.setSpec(
        new ModelDeploymentSpec(
            LiveDeployment.MODEL,
            null,
            ModelDeploymentSpec.Track.NEWEST,
            null,
            null,
            null,
            new Routing(
                new Routing.GatewayApi(
                    new Routing.Gateway("public", "infra", null),
                    List.of("late.test"),
                    null,
                    List.of("grpc.late.test"))),
            null,
            null,
            null));
    return deployment;
  }

  private void assertBackends(Map<String, Integer> weights) {
    assertThat(route().get().getSpec().getRules().get(0).getBackendRefs())
        .extracting("name", "weight")
        .containsExactlyInAnyOrder(
            weights.entrySet().stream()
                .map(backend -> tuple(backend.getKey(), backend.getValue()))
                .toArray(Tuple[]::new));
    assertThat(grpcRoute().get().getSpec().getHostnames()).containsExactly("grpc.late.test");
    assertThat(grpcRoute().get().getSpec().getRules().get(0).getBackendRefs())
        .extracting("name", "weight", "port")
        .containsExactlyInAnyOrder(
            weights.entrySet().stream()
                .map(backend -> tuple(backend.getKey(), backend.getValue(), 8001))
                .toArray(Tuple[]::new));
  }

  /** Plays the Gateway: it has taken up both routes as they are now. */
  private void follow() {
    route()
        .editStatus(
            route ->
                new HTTPRouteBuilder(route)
                    .withNewStatus()
                    .withParents(accepted(route.getMetadata(), parent(route)))
                    .endStatus()
                    .build());
    followGrpc();
  }

  private void followGrpc() {
    grpcRoute()
        .editStatus(
            route ->
                new GRPCRouteBuilder(route)
                    .withNewStatus()
                    .withParents(
                        accepted(route.getMetadata(), route.getSpec().getParentRefs().get(0)))
                    .endStatus()
                    .build());
  }

  private static ParentReference parent(HTTPRoute route) {
    return route.getSpec().getParentRefs().get(0);
  }

  private static RouteParentStatus accepted(ObjectMeta route, ParentReference parent) {
    return new RouteParentStatusBuilder()
        .withControllerName("firstday.dev/test")
        .withParentRef(parent)
        .withConditions(
            new ConditionBuilder()
                .withType("Accepted")
                .withStatus("True")
                .withReason("Accepted")
                .withMessage("")
                .withObservedGeneration(route.getGeneration())
                .withLastTransitionTime(Instant.EPOCH.toString())
                .build())
        .build();
  }

  private Resource<GRPCRoute> grpcRoute() {
    return live.cluster
        .client()
        .resources(GRPCRoute.class)
        .inNamespace(live.cluster.namespace())
        .withName("late");
  }

  private Resource<HTTPRoute> route() {
    return live.cluster
        .client()
        .resources(HTTPRoute.class)
        .inNamespace(live.cluster.namespace())
        .withName("late");
  }

  private static String message(ModelDeployment deployment, String type) {
    return deployment.getStatus().condition(type).map(Condition::message).orElse("");
  }

  private static String reason(ModelDeployment deployment, String type) {
    return deployment.getStatus().condition(type).map(Condition::reason).orElse("");
  }
}
