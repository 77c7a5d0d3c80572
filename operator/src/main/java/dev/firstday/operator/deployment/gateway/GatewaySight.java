package dev.firstday.operator.deployment.gateway;

import java.util.Map;
import java.util.Optional;

/** What a pass sees of the HTTPRoute by which a Gateway shares out callers' requests. */
public sealed interface GatewaySight {
  GatewaySight UNUSED = new Unused();

  /** There is none, and the spec wants none. */
  record Unused() implements GatewaySight {}

  /**
   * There can be none for now.
   *
   * @param reason a condition's reason
   * @param message what is missing, and the cure
   */
  record Unavailable(String reason, String message) implements GatewaySight {}

  /** It can be made under this name. */
  record Missing(String name) implements GatewaySight {}

  /**
   * It is there.
   *
   * @param weights of the versions that it names, by their numbers
   * @param followed whether no Gateway still goes by an earlier state of it
   * @param problem why no Gateway sends requests by it; empty when one does
   * @param lacking why there can be no GRPCRoute beside it, though the spec asks for one; null
   *     where nothing is lacking
   */
  record Present(
      String name,
      Map<Integer, Integer> weights,
      boolean followed,
      String problem,
      Unavailable lacking)
      implements GatewaySight {
    /** With all that the spec asks for. */
    public Present(String name, Map<Integer, Integer> weights, boolean followed, String problem) {
      this(name, weights, followed, problem, null);
    }
  }

  /** Why not all can be that the spec asks for. */
  default Optional<Unavailable> missing() {
    return this instanceof Unavailable all
        ? Optional.of(all)
        : this instanceof Present route ? Optional.ofNullable(route.lacking()) : Optional.empty();
  }
}
