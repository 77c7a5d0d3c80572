package dev.firstday.operator.deployment;

import dev.firstday.operator.deployment.gateway.GatewaySight;
import dev.firstday.operator.deployment.gateway.GatewayStep;
import java.util.Map;
import java.util.TreeMap;

/**
 * The shares that a Gateway gives to the versions. A Gateway answers 500 or 503 for a version whose
 * Service is gone or has no pod that answers, and it does not ask another one: a version has no
 * share before it can answer, and none any more before its Service goes.
 */
record ShareRules(Settings settings, DeploymentObservation seen) {
  private static final int ALL = 100;

  GatewayStep step(Rollout rollout) {
    if (settings.paired()) {
      return seen.gateway() instanceof GatewaySight.Present
          ? new GatewayStep.Remove()
          : GatewayStep.NOTHING;
    }
    return seen.gateway() instanceof GatewaySight.Unavailable || !rollout.stable().exists()
        ? GatewayStep.NOTHING
        : new GatewayStep.Write(weights(rollout), seen.gateway().missing().isEmpty());
  }

  /** Whether no Gateway sends requests to a version that is not in these shares. */
  boolean followed(GatewayStep step) {
    return !(step instanceof GatewayStep.Write write)
        || seen.gateway() instanceof GatewaySight.Present route
            && route.followed()
            && route.weights().equals(write.weights());
  }

  private Map<Integer, Integer> weights(Rollout rollout) {
    Version candidate = rollout.candidate();
    boolean answers = seen.predictorsOf(candidate).size().ready() > 0;
    int weight = answers ? rollout.weight(settings.weights()) : 0;
    Map<Integer, Integer> weights = new TreeMap<>();
    weights.put(rollout.stable().number(), ALL - weight);
    if (weight > 0) {
      weights.put(candidate.number(), weight);
    }
    return weights;
  }
}
