package dev.firstday.operator.deployment.gateway;

import dev.firstday.api.Routing.GatewayApi;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GRPCBackendRef;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GRPCBackendRefBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GRPCRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GRPCRouteBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPBackendRef;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPBackendRefBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ParentReference;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ParentReferenceBuilder;
import java.util.Map;

/**
 * Routes of every request for some hostnames. What the API server would fill in is filled in here,
 * so that a comparison with what it stored finds no difference.
 *
 * @param weights by the names of Services
 */
public record RouteMaker(ObjectMeta metadata, GatewayApi spec, Map<String, Integer> weights) {

  /**
   * @param port of the Services
   */
  public HTTPRoute http(int port) {
    return new HTTPRouteBuilder()
        .withMetadata(metadata)
        .withNewSpec()
        .withParentRefs(gateway())
        .withHostnames(spec.hostnames())
        .addNewRule()
        .addNewMatch()
        .withNewPath("PathPrefix", "/")
        .endMatch()
        .withBackendRefs(
            weights.entrySet().stream()
                .map(backend -> httpBackend(backend.getKey(), backend.getValue(), port))
                .toList())
        .endRule()
        .endSpec()
        .build();
  }

  /**
   * @param port of the Services, which has to speak HTTP/2 without TLS
   */
  public GRPCRoute grpc(int port) {
    return new GRPCRouteBuilder()
        .withMetadata(metadata)
        .withNewSpec()
        .withParentRefs(gateway())
        .withHostnames(spec.grpcHostnames())
        .addNewRule()
        .withBackendRefs(
            weights.entrySet().stream()
                .map(backend -> grpcBackend(backend.getKey(), backend.getValue(), port))
                .toList())
        .endRule()
        .endSpec()
        .build();
  }

  private ParentReference gateway() {
    return new ParentReferenceBuilder()
        .withGroup(GatewayRoutes.GROUP)
        .withKind("Gateway")
        .withName(spec.gateway().name())
        .withNamespace(spec.gateway().namespace())
        .withSectionName(spec.gateway().sectionName())
        .build();
  }

  private static HTTPBackendRef httpBackend(String service, int weight, int port) {
    return new HTTPBackendRefBuilder()
        .withGroup("")
        .withKind("Service")
        .withName(service)
        .withPort(port)
        .withWeight(weight)
        .build();
  }

  private static GRPCBackendRef grpcBackend(String service, int weight, int port) {
    return new GRPCBackendRefBuilder()
        .withGroup("")
        .withKind("Service")
        .withName(service)
        .withPort(port)
        .withWeight(weight)
        .build();
  }
}
