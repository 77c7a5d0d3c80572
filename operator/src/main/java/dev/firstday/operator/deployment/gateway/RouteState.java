package dev.firstday.operator.deployment.gateway;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GRPCRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ParentReference;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.RouteParentStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a route says, of either kind.
 *
 * @param backends weights by the names of Services
 * @param parents what Gateways say of it
 */
record RouteState(
    HasMetadata route,
    ParentReference gateway,
    Map<String, Integer> backends,
    List<RouteParentStatus> parents) {
  private static final String ACCEPTED = "Accepted";
  private static final String RESOLVED = "ResolvedRefs";
  private static final String FALSE = "False";

  static RouteState of(HTTPRoute route) {
    Map<String, Integer> backends = new TreeMap<>();
    route.getSpec().getRules().stream()
        .flatMap(rule -> rule.getBackendRefs().stream())
        .forEach(ref -> backends.put(ref.getName(), ref.getWeight()));
    return new RouteState(
        route,
        route.getSpec().getParentRefs().get(0),
        backends,
        route.getStatus() == null ? List.of() : route.getStatus().getParents());
  }

  static RouteState of(GRPCRoute route) {
    Map<String, Integer> backends = new TreeMap<>();
    route.getSpec().getRules().stream()
        .flatMap(rule -> rule.getBackendRefs().stream())
        .forEach(ref -> backends.put(ref.getName(), ref.getWeight()));
    return new RouteState(
        route,
        route.getSpec().getParentRefs().get(0),
        backends,
        route.getStatus() == null ? List.of() : route.getStatus().getParents());
  }

  /**
   * @param versions the number of the version that a Service belongs to
   */
  Map<Integer, Integer> weights(Function<String, Optional<Integer>> versions) {
    Map<Integer, Integer> weights = new TreeMap<>();
    backends.forEach(
        (service, weight) ->
            versions.apply(service).ifPresent(version -> weights.put(version, weight)));
    return weights;
  }

  /** Whether no Gateway still goes by an earlier state of it. */
  boolean followed() {
    long generation = route.getMetadata().getGeneration();
    return conditions().stream()
        .filter(condition -> ACCEPTED.equals(condition.getType()))
        .allMatch(condition -> observed(condition) >= generation);
  }

  /** Why no Gateway sends requests by it; empty when one does. */
  String problem() {
    String refused =
        conditions().stream()
            .filter(c -> ACCEPTED.equals(c.getType()) || RESOLVED.equals(c.getType()))
            .filter(c -> FALSE.equals(c.getStatus()))
            .map(c -> c.getReason() + ": " + c.getMessage())
            .collect(Collectors.joining("; "));
    String name =
        gateway.getNamespace() == null
            ? gateway.getName()
            : gateway.getNamespace() + "/" + gateway.getName();
    if (!refused.isEmpty()) {
      return "Gateway %s does not send requests by %s %s: %s"
          .formatted(name, route.getKind(), route.getMetadata().getName(), refused);
    }
    return conditions().stream().anyMatch(c -> ACCEPTED.equals(c.getType()))
        ? ""
        : "no Gateway %s has taken up %s %s"
            .formatted(name, route.getKind(), route.getMetadata().getName());
  }

  private List<Condition> conditions() {
    return parents.stream().flatMap(parent -> parent.getConditions().stream()).toList();
  }

  private static long observed(Condition condition) {
    return condition.getObservedGeneration() == null ? 0 : condition.getObservedGeneration();
  }
}
