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
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.assertj.core.groups.Tuple;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * On a real API server with the Gateway API's own CRD of HTTPRoutes, which the test brings and
 * takes away again. No Gateway is there: the test plays one.
 */
@EnabledIfEnvironmentVariable(
    named = "KUBECONFIG",
    matches = ".+",
    disabledReason = "needs a cluster: set KUBECONFIG")
@EnabledIfEnvironmentVariable(
    named = "GATEWAY_API_CRDS",
    matches = ".+",
    disabledReason =
        "needs the Gateway API's CRDs: set GATEWAY_API_CRDS (cluster-tests/gateway-api)")
class GatewayReconcilerTest {
  private LiveDeployment live;
  private CustomResourceDefinition kind;

  @BeforeEach
  void start() throws IOException {
    Path file =
        Path.of(System.getenv("GATEWAY_API_CRDS"), "gateway.networking.k8s.io_httproutes.yaml");
    kind = Serialization.unmarshal(Files.readString(file), CustomResourceDefinition.class);
    live = new LiveDeployment();
    live.cluster.client().resource(kind).delete();
  }

  @AfterEach
  void stop() {
    live.cluster.client().resource(kind).delete();
    live.close();
  }

  @Test
  void callersComeByAnHttpRouteThatFollowsTheRollout() {
    live.record(1);
    live.cluster.client().resource(behindGateway()).create();
    ModelDeployment stalled = live.await(d -> d.getStatus().phase().equals("Failed"));
    assertThat(reason(stalled, "Stalled")).isEqualTo("GatewayAPIMissing");
    assertThat(live.names(Deployment.class)).isEmpty();

    live.cluster.client().resource(kind).create();
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
                    new Routing.Gateway("public", "infra", null), List.of("late.test"), null)),
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
  }

  /** Plays the Gateway: it has taken up the route as it is now. */
  private void follow() {
    route()
        .editStatus(
            route ->
                new HTTPRouteBuilder(route)
                    .withNewStatus()
                    .addNewParent()
                    .withControllerName("firstday.dev/test")
                    .withParentRef(route.getSpec().getParentRefs().get(0))
                    .withConditions(
                        new ConditionBuilder()
                            .withType("Accepted")
                            .withStatus("True")
                            .withReason("Accepted")
                            .withMessage("")
                            .withObservedGeneration(route.getMetadata().getGeneration())
                            .withLastTransitionTime(Instant.EPOCH.toString())
                            .build())
                    .endParent()
                    .endStatus()
                    .build());
  }

  private Resource<HTTPRoute> route() {
    return live.cluster
        .client()
        .resources(HTTPRoute.class)
        .inNamespace(live.cluster.namespace())
        .withName("late");
  }

  private static String reason(ModelDeployment deployment, String type) {
    return deployment.getStatus().conditions().stream()
        .filter(condition -> condition.type().equals(type))
        .findFirst()
        .map(Condition::reason)
        .orElse("");
  }
}
