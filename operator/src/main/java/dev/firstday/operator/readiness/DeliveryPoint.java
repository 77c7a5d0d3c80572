package dev.firstday.operator.readiness;

import dev.firstday.api.ModelDeployment;
import dev.firstday.api.ModelDeploymentSpec;
import dev.firstday.api.ModelDeploymentStatus;
import java.util.List;

/** Point 9: there is a model deployer and a model debugger. */
final class DeliveryPoint {
  private DeliveryPoint() {}

  static List<Finding> findings(Tally<ModelDeployment> deployments) {
    return List.of(
        deployments.of(
            "a version that serves",
            deployment -> stable(deployment) != null,
            deployment ->
                "%s/%d".formatted(deployment.getSpec().model(), stable(deployment).number()),
            "see why Deployment %s serves none: firstday why deployment %<s"),
        deployments.of(
            "a rollout that can fail (spec.rollout)",
            deployment -> isTried(deployment.getSpec().rollout()),
            "give Deployment %s spec.rollout steps, shadow or replay: with none, a new version meets callers untried"),
        deployments.of(
            "requests that are kept (spec.capture)",
            deployment -> deployment.getSpec().capture() != null,
            "give Deployment %s spec.capture: without it nobody can look at what was asked and answered"),
        Finding.missing(
            "a debugger: this release of Firstday has none",
            "look at a request, and what each version answered: firstday captures"));
  }

  private static ModelDeploymentStatus.Target stable(ModelDeployment deployment) {
    return deployment.getStatus() == null ? null : deployment.getStatus().stable();
  }

  /** Whether anything comes between a version's start and all of its callers. */
  private static boolean isTried(ModelDeploymentSpec.Rollout rollout) {
    return rollout == null
        || rollout.steps() == null
        || !rollout.steps().isEmpty()
        || rollout.shadow() != null
        || rollout.replay() != null;
  }
}
