package dev.firstday.operator.deployment.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstday.api.Routing.Gateway;
import dev.firstday.api.Routing.GatewayApi;
import dev.firstday.operator.kube.Owner;
import io.fabric8.kubernetes.api.model.APIResourceListBuilder;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What clusters with and without the Gateway API answer. */
class GatewayRoutesTest {
  private static final String GROUP = "/apis/gateway.networking.k8s.io/v1";
  private static final String ROUTE = GROUP + "/namespaces/ns/httproutes/late";
  private static final Owner OWNER =
      new Owner("firstday.dev/v1alpha1", "Deployment", "ns", "late", "uid-1");

  private static final String GRPC_ROUTE = GROUP + "/namespaces/ns/grpcroutes/late";
  private static final GatewayApi SPEC =
      new GatewayApi(
          new Gateway("public", "infra", null),
          List.of("late.test"),
          null,
          List.of("grpc.late.test"));

  private KubernetesMockServer server;
  private KubernetesClient client;

  @BeforeEach
  void start() {
    server = new KubernetesMockServer(false);
    server.init();
    client = server.createClient();
    client.getConfiguration().setRequestRetryBackoffLimit(0);
  }

  @AfterEach
  void stop() {
    client.close();
    server.destroy();
  }

  @Test
  void aClusterWithoutTheKindIsToldApartFromOneWithoutTheRoute() {
    answer(ROUTE, 404, status(404));
    answer(GROUP, 404, status(404));
    assertThat(look())
        .isInstanceOfSatisfying(
            GatewaySight.Unavailable.class,
            sight -> {
              assertThat(sight.reason()).isEqualTo("GatewayAPIMissing");
              assertThat(sight.message()).contains("install the Gateway API's CRDs");
            });
  }

  @Test
  void aRouteThatIsNotThereCanBeMade() {
    answer(ROUTE, 404, status(404));
    answer(
        GROUP,
        200,
        new APIResourceListBuilder()
            .withGroupVersion("gateway.networking.k8s.io/v1")
            .addNewResource()
            .withName("httproutes")
            .withKind("HTTPRoute")
            .endResource()
            .build());
    assertThat(look()).isEqualTo(new GatewaySight.Missing("late"));
  }

  @Test
  void anOperatorWithoutTheRightSaysWhereToGetIt() {
    answer(ROUTE, 403, status(403));
    assertThat(look())
        .isInstanceOfSatisfying(
            GatewaySight.Unavailable.class,
            sight -> assertThat(sight.message()).contains("set gatewayAPI.enabled"));
  }

  @Test
  void aServerInTroubleIsNoAnswer() {
    answer(ROUTE, 500, status(500));
    assertThatThrownBy(this::look).isInstanceOf(KubernetesClientException.class);
  }

  @Test
  void aRouteOfSomebodyElseIsLeftAlone() {
    answer(
        ROUTE,
        200,
        new HTTPRouteBuilder(route())
            .editMetadata()
            .withOwnerReferences(List.of())
            .endMetadata()
            .build());
    assertThat(look())
        .isInstanceOfSatisfying(
            GatewaySight.Unavailable.class,
            sight -> assertThat(sight.reason()).isEqualTo("HTTPRouteTaken"));
  }

  @Test
  void theGatewayTellsWhetherItFollows() {
    answer(ROUTE, 200, route());
    assertThat(look())
        .isEqualTo(
            new GatewaySight.Present(
                "late",
                Map.of(1, 90, 2, 10),
                true,
                "no Gateway infra/public has taken up HTTPRoute late"));

    answer(ROUTE, 200, said("True", "Accepted", 3L));
    assertThat(look()).isEqualTo(new GatewaySight.Present("late", Map.of(1, 90, 2, 10), true, ""));

    answer(ROUTE, 200, said("True", "Accepted", 2L));
    assertThat(look()).isEqualTo(new GatewaySight.Present("late", Map.of(1, 90, 2, 10), false, ""));

    answer(ROUTE, 200, said("False", "NotAllowedByListeners", 3L));
    assertThat(((GatewaySight.Present) look()).problem())
        .isEqualTo(
            "Gateway infra/public does not send requests by HTTPRoute late: NotAllowedByListeners: words");
  }

  @Test
  void aClusterWithoutGrpcRoutesSaysWhoAsksForThem() {
    answer(ROUTE, 200, said("True", "Accepted", 3L));
    answer(GRPC_ROUTE, 404, status(404));
    answer(GROUP, 404, status(404));
    assertThat(look(true))
        .isInstanceOfSatisfying(
            GatewaySight.Present.class,
            sight -> {
              assertThat(sight.weights()).isEqualTo(Map.of(1, 90, 2, 10));
              assertThat(sight.lacking().reason()).isEqualTo("GatewayAPIMissing");
              assertThat(sight.lacking().message())
                  .startsWith(
                      "spec.routing.gatewayAPI.grpcHostnames: this cluster has no GRPCRoutes");
            });
  }

  @Test
  void bothRoutesCountAsOne() {
    answer(ROUTE, 200, said("True", "Accepted", 3L));
    answer(GRPC_ROUTE, 200, maker(Map.of("late-v1", 90, "late-v2", 10)).grpc(8001));
    assertThat(look(true))
        .isEqualTo(
            new GatewaySight.Present(
                "late",
                Map.of(1, 90, 2, 10),
                true,
                "no Gateway infra/public has taken up GRPCRoute late"));

    answer(ROUTE, 200, said("True", "Accepted", 3L));
    answer(GRPC_ROUTE, 200, maker(Map.of("late-v1", 100)).grpc(8001));
    assertThat(((GatewaySight.Present) look(true)).weights())
        .as("shares that one of them has not")
        .isEmpty();
  }

  @Test
  void aGrpcRouteThatIsNotThereYetCanBeMade() {
    answer(ROUTE, 200, route());
    answer(GRPC_ROUTE, 404, status(404));
    answer(
        GROUP,
        200,
        new APIResourceListBuilder()
            .withGroupVersion("gateway.networking.k8s.io/v1")
            .addNewResource()
            .withName("grpcroutes")
            .withKind("GRPCRoute")
            .endResource()
            .build());
    assertThat(look(true)).isEqualTo(new GatewaySight.Missing("late"));
  }

  private GatewaySight look() {
    return look(false);
  }

  private GatewaySight look(boolean grpc) {
    return new GatewayRoutes(client, OWNER)
        .look("late", grpc, service -> Optional.of(Integer.valueOf(service.replace("late-v", ""))));
  }

  private void answer(String path, int code, Object body) {
    server.expect().get().withPath(path).andReturn(code, body).once();
  }

  private static Object status(int code) {
    return new StatusBuilder().withCode(code).withMessage("no").build();
  }

  private static HTTPRoute route() {
    return maker(Map.of("late-v1", 90, "late-v2", 10)).http(80);
  }

  private static RouteMaker maker(Map<String, Integer> weights) {
    ObjectMeta metadata =
        new ObjectMetaBuilder()
            .withNamespace("ns")
            .withName("late")
            .withGeneration(3L)
            .withOwnerReferences(OWNER.reference())
            .build();
    return new RouteMaker(metadata, SPEC, new TreeMap<>(weights));
  }

  private static HTTPRoute said(String accepted, String reason, Long generation) {
    return new HTTPRouteBuilder(route())
        .withNewStatus()
        .addNewParent()
        .withConditions(
            new ConditionBuilder()
                .withType("Accepted")
                .withStatus(accepted)
                .withReason(reason)
                .withMessage("words")
                .withObservedGeneration(generation)
                .build())
        .endParent()
        .endStatus()
        .build();
  }
}
