package dev.firstday.operator.deployment.gateway;

import dev.firstday.api.Routing.GatewayApi;
import dev.firstday.operator.kube.Applier;
import dev.firstday.operator.kube.Owner;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPBackendRef;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPBackendRefBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.RouteParentStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads and writes HTTPRoutes. They are asked for at each pass and never watched: a cluster need
 * not have that kind, and a watch on a kind that is not there would keep the operator from
 * starting.
 */
public final class HttpRoutes {
  private static final String GROUP = "gateway.networking.k8s.io";
  private static final String ACCEPTED = "Accepted";
  private static final String RESOLVED = "ResolvedRefs";
  private static final String FALSE = "False";

  private final KubernetesClient client;
  private final Owner owner;

  public HttpRoutes(KubernetesClient client, Owner owner) {
    this.client = client;
    this.owner = owner;
  }

  /**
   * @param versions the number of the version that a Service belongs to
   * @throws KubernetesClientException when the API server could not be asked
   */
  public GatewaySight look(String name, Function<String, Optional<Integer>> versions) {
    try {
      Optional<HTTPRoute> route = find(name);
      if (route.isPresent()) {
        return owner.owns(route.get())
            ? present(route.get(), versions)
            : new GatewaySight.Unavailable(
                "HTTPRouteTaken",
                "HTTPRoute %s is there and belongs to something else; delete or rename it"
                    .formatted(name));
      }
      return client.supports(GROUP + "/v1", "HTTPRoute")
          ? new GatewaySight.Missing(name)
          : new GatewaySight.Unavailable(
              "GatewayAPIMissing",
              "spec.routing.gatewayAPI: this cluster has no HTTPRoutes (%s/v1); install the Gateway API's CRDs"
                  .formatted(GROUP));
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_FORBIDDEN) {
        throw e;
      }
      return new GatewaySight.Unavailable(
          "GatewayAPIForbidden",
          "spec.routing.gatewayAPI: the operator may not use HTTPRoutes; set gatewayAPI.enabled in the chart's values");
    }
  }

  /** Writes the HTTPRoute, unless it is as it should be. */
  public void write(HTTPRoute route, Applier applier, Context<?> context) {
    applier.apply(route, find(route.getMetadata().getName()), context);
  }

  public void remove(String name, Applier applier) {
    find(name).filter(owner::owns).ifPresent(applier::delete);
  }

  /**
   * A route of every request for the hostnames. What the API server would fill in is filled in
   * here, so that a comparison with what it stored finds no difference.
   *
   * @param weights by the names of Services
   * @param port of these Services
   */
  public static HTTPRoute route(
      ObjectMeta metadata, GatewayApi spec, Map<String, Integer> weights, int port) {
    return new HTTPRouteBuilder()
        .withMetadata(metadata)
        .withNewSpec()
        .addNewParentRef()
        .withGroup(GROUP)
        .withKind("Gateway")
        .withName(spec.gateway().name())
        .withNamespace(spec.gateway().namespace())
        .withSectionName(spec.gateway().sectionName())
        .endParentRef()
        .withHostnames(spec.hostnames())
        .addNewRule()
        .addNewMatch()
        .withNewPath("PathPrefix", "/")
        .endMatch()
        .withBackendRefs(
            weights.entrySet().stream()
                .map(backend -> backend(backend.getKey(), backend.getValue(), port))
                .toList())
        .endRule()
        .endSpec()
        .build();
  }

  private static HTTPBackendRef backend(String service, int weight, int port) {
    return new HTTPBackendRefBuilder()
        .withGroup("")
        .withKind("Service")
        .withName(service)
        .withPort(port)
        .withWeight(weight)
        .build();
  }

  private Optional<HTTPRoute> find(String name) {
    return Optional.ofNullable(
        client.resources(HTTPRoute.class).inNamespace(owner.namespace()).withName(name).get());
  }

  private static GatewaySight present(
      HTTPRoute route, Function<String, Optional<Integer>> versions) {
    Map<Integer, Integer> weights = new TreeMap<>();
    route.getSpec().getRules().stream()
        .flatMap(rule -> rule.getBackendRefs().stream())
        .forEach(
            ref ->
                versions
                    .apply(ref.getName())
                    .ifPresent(version -> weights.put(version, ref.getWeight())));
    List<RouteParentStatus> parents =
        route.getStatus() == null ? List.of() : route.getStatus().getParents();
    long generation = route.getMetadata().getGeneration();
    return new GatewaySight.Present(
        route.getMetadata().getName(),
        weights,
        parents.stream()
            .flatMap(parent -> parent.getConditions().stream())
            .filter(condition -> ACCEPTED.equals(condition.getType()))
            .allMatch(condition -> observed(condition) >= generation),
        problem(route, parents));
  }

  private static String problem(HTTPRoute route, List<RouteParentStatus> parents) {
    List<Condition> conditions =
        parents.stream().flatMap(parent -> parent.getConditions().stream()).toList();
    String refused =
        conditions.stream()
            .filter(c -> ACCEPTED.equals(c.getType()) || RESOLVED.equals(c.getType()))
            .filter(c -> FALSE.equals(c.getStatus()))
            .map(c -> c.getReason() + ": " + c.getMessage())
            .collect(Collectors.joining("; "));
    var gateway = route.getSpec().getParentRefs().get(0);
    String name =
        gateway.getNamespace() == null
            ? gateway.getName()
            : gateway.getNamespace() + "/" + gateway.getName();
    if (!refused.isEmpty()) {
      return "Gateway %s does not send requests by HTTPRoute %s: %s"
          .formatted(name, route.getMetadata().getName(), refused);
    }
    return conditions.stream().anyMatch(c -> ACCEPTED.equals(c.getType()))
        ? ""
        : "no Gateway %s has taken up HTTPRoute %s".formatted(name, route.getMetadata().getName());
  }

  private static long observed(Condition condition) {
    return condition.getObservedGeneration() == null ? 0 : condition.getObservedGeneration();
  }
}
