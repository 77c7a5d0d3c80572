package dev.firstday.operator.deployment.gateway;

import dev.firstday.operator.deployment.gateway.GatewaySight.Missing;
import dev.firstday.operator.deployment.gateway.GatewaySight.Present;
import dev.firstday.operator.deployment.gateway.GatewaySight.Unavailable;
import dev.firstday.operator.kube.Applier;
import dev.firstday.operator.kube.Owner;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GRPCRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.net.HttpURLConnection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads and writes HTTPRoutes and GRPCRoutes. They are asked for at each pass and never watched: a
 * cluster need not have these kinds, and a watch on a kind that is not there would keep the
 * operator from starting.
 */
public final class GatewayRoutes {
  static final String GROUP = "gateway.networking.k8s.io";
  private static final String HTTP_FIELD = "spec.routing.gatewayAPI";
  private static final String GRPC_FIELD = "spec.routing.gatewayAPI.grpcHostnames";

  private final KubernetesClient client;
  private final Owner owner;

  public GatewayRoutes(KubernetesClient client, Owner owner) {
    this.client = client;
    this.owner = owner;
  }

  /**
   * Both routes, where both are to be, as if they were one: it has the shares that both have. Where
   * an HTTPRoute sends requests already and a GRPCRoute cannot be had, it is the HTTPRoute, whose
   * shares have to be right all the same.
   *
   * @param grpc whether there is to be a GRPCRoute too
   * @param versions the number of the version that a Service belongs to
   * @throws KubernetesClientException when the API server could not be asked
   */
  public GatewaySight look(
      String name, boolean grpc, Function<String, Optional<Integer>> versions) {
    GatewaySight http = look(HTTPRoute.class, HTTP_FIELD, name, RouteState::of, versions);
    return grpc && !(http instanceof Unavailable)
        ? both(http, look(GRPCRoute.class, GRPC_FIELD, name, RouteState::of, versions))
        : http;
  }

  private static GatewaySight both(GatewaySight http, GatewaySight grpc) {
    if (!(http instanceof Present one)) {
      return grpc instanceof Unavailable ? grpc : http;
    }
    if (grpc instanceof Unavailable lacking) {
      return new Present(one.name(), one.weights(), one.followed(), one.problem(), lacking);
    }
    if (!(grpc instanceof Present other)) {
      return grpc;
    }
    return new Present(
        one.name(),
        one.weights().equals(other.weights()) ? one.weights() : Map.of(),
        one.followed() && other.followed(),
        one.problem().isEmpty() ? other.problem() : one.problem());
  }

  private <R extends HasMetadata> GatewaySight look(
      Class<R> kind,
      String field,
      String name,
      Function<R, RouteState> state,
      Function<String, Optional<Integer>> versions) {
    String word = HasMetadata.getKind(kind);
    try {
      Optional<R> route = find(kind, name);
      if (route.isPresent()) {
        return owner.owns(route.get())
            ? present(state.apply(route.get()), versions)
            : new Unavailable(
                word + "Taken",
                "%s %s is there and belongs to something else; delete or rename it"
                    .formatted(word, name));
      }
      return client.supports(GROUP + "/v1", word)
          ? new Missing(name)
          : new Unavailable(
              "GatewayAPIMissing",
              "%s: this cluster has no %ss (%s/v1); install the Gateway API's CRDs"
                  .formatted(field, word, GROUP));
    } catch (KubernetesClientException e) {
      if (!isForbidden(e)) {
        throw e;
      }
      return new Unavailable(
          "GatewayAPIForbidden",
          "%s: the operator may not use %ss; set gatewayAPI.enabled in the chart's values"
              .formatted(field, word));
    }
  }

  private static GatewaySight present(
      RouteState route, Function<String, Optional<Integer>> versions) {
    return new Present(
        route.route().getMetadata().getName(),
        route.weights(versions),
        route.followed(),
        route.problem());
  }

  /** Writes a route, unless it is as it should be. */
  public <R extends HasMetadata> void write(
      Class<R> kind, R route, Applier applier, Context<?> context) {
    applier.apply(route, find(kind, route.getMetadata().getName()), context);
  }

  /** Who may not see a route of that kind has made none. */
  public void remove(Class<? extends HasMetadata> kind, String name, Applier applier) {
    try {
      find(kind, name).filter(owner::owns).ifPresent(applier::delete);
    } catch (KubernetesClientException e) {
      if (!isForbidden(e)) {
        throw e;
      }
    }
  }

  private static boolean isForbidden(KubernetesClientException e) {
    return e.getCode() == HttpURLConnection.HTTP_FORBIDDEN;
  }

  private <R extends HasMetadata> Optional<R> find(Class<R> kind, String name) {
    return Optional.ofNullable(
        client.resources(kind).inNamespace(owner.namespace()).withName(name).get());
  }
}
