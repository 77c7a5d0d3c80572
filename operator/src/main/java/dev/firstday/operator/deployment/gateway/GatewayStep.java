package dev.firstday.operator.deployment.gateway;

import java.util.Map;

/** What becomes of the HTTPRoute. */
public sealed interface GatewayStep {
  GatewayStep NOTHING = new Nothing();

  /** It is left as it is, be it there or not. */
  record Nothing() implements GatewayStep {}

  /** The spec wants it no more. */
  record Remove() implements GatewayStep {}

  /**
   * It gives each version its share.
   *
   * @param weights percent of the requests, by the versions' numbers; none is left out but 0
   * @param grpc whether a GRPCRoute can be written too, where the spec asks for one
   */
  record Write(Map<Integer, Integer> weights, boolean grpc) implements GatewayStep {}
}
