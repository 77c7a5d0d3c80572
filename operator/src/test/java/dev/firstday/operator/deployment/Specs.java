package dev.firstday.operator.deployment;

import dev.firstday.api.Autoscaling;
import dev.firstday.api.ModelDeploymentSpec;
import dev.firstday.api.ModelDeploymentSpec.Checks;
import dev.firstday.api.ModelDeploymentSpec.PrometheusCheck;
import dev.firstday.api.ModelDeploymentSpec.Rollout;
import dev.firstday.api.Routing;
import dev.firstday.api.WorkerResources;
import java.util.List;
import java.util.Map;

/** Specs made from others. */
final class Specs {
  private Specs() {}

  /**
   * @param inFlight null: cpu alone decides
   */
  static ModelDeploymentSpec autoscaled(
      ModelDeploymentSpec spec, int least, int most, Integer inFlight) {
    return new ModelDeploymentSpec(
        spec.model(),
        spec.version(),
        spec.track(),
        null,
        new Autoscaling(least, most, null, inFlight),
        new WorkerResources(Map.of("cpu", "1"), null),
        spec.routing(),
        spec.rollout(),
        spec.capture(),
        spec.suspend());
  }

  /** Behind a Gateway, with these checks and no others. */
  static ModelDeploymentSpec behindGateway(
      ModelDeploymentSpec spec, List<PrometheusCheck> checks, Rollout rollout) {
    return behindGateway(spec, checks, rollout, null);
  }

  /**
   * @param grpcHostnames null: REST alone comes by the Gateway
   */
  static ModelDeploymentSpec behindGateway(
      ModelDeploymentSpec spec,
      List<PrometheusCheck> checks,
      Rollout rollout,
      List<String> grpcHostnames) {
    return new ModelDeploymentSpec(
        spec.model(),
        spec.version(),
        spec.track(),
        null,
        null,
        null,
        new Routing(
            new Routing.GatewayApi(
                new Routing.Gateway("public", "infra", null),
                List.of("late.test"),
                null,
                grpcHostnames)),
        new Rollout(
            rollout.replay(),
            null,
            rollout.steps(),
            new Checks(null, null, null, null, null, null, null, null, null, null, checks),
            null,
            rollout.bakeSeconds(),
            rollout.phaseDeadlineSeconds(),
            rollout.onUndecided(),
            null),
        spec.capture(),
        spec.suspend());
  }
}
