package dev.firstday.operator.deployment.gateway;

import java.util.Map;

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
   */
  record Present(String name, Map<Integer, Integer> weights, boolean followed, String problem)
      implements GatewaySight {}
}
