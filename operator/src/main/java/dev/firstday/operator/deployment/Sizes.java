package dev.firstday.operator.deployment;

import dev.firstday.operator.deployment.DeploymentObservation.Size;
import dev.firstday.operator.kube.Applier;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import java.util.Map;
import java.util.Objects;

/** Reads off Deployments and autoscalers how many pods there are and should be. */
final class Sizes {
  private Sizes() {}

  /**
   * @param autoscaled whether the number of pods changes at any time: then a Deployment that its
   *     controller has not looked at since is taken for one that was scaled, and not for one with
   *     another template
   */
  static Size of(Deployment deployment, boolean autoscaled) {
    DeploymentStatus status = deployment.getStatus();
    boolean settled =
        status != null
            && (autoscaled || isObserved(deployment, status))
            && Objects.equals(status.getReplicas(), status.getUpdatedReplicas());
    return new Size(
        deployment.getSpec().getReplicas(), isOperatorsOwn(deployment), ready(deployment), settled);
  }

  static int ready(Deployment deployment) {
    return deployment.getStatus() == null || deployment.getStatus().getReadyReplicas() == null
        ? 0
        : deployment.getStatus().getReadyReplicas();
  }

  /** Why the autoscaler does not work; empty when it does, or has not said yet. */
  static String problem(HorizontalPodAutoscaler autoscaler) {
    return autoscaler.getStatus() == null || autoscaler.getStatus().getConditions() == null
        ? ""
        : autoscaler.getStatus().getConditions().stream()
            .filter(c -> !"ScalingLimited".equals(c.getType()) && "False".equals(c.getStatus()))
            .map(c -> c.getReason() + ": " + c.getMessage())
            .findFirst()
            .orElse("");
  }

  private static boolean isObserved(Deployment deployment, DeploymentStatus status) {
    return status.getObservedGeneration() != null
        && status.getObservedGeneration() >= deployment.getMetadata().getGeneration();
  }

  private static boolean isOperatorsOwn(Deployment deployment) {
    return deployment.getMetadata().getManagedFields().stream()
        .filter(entry -> Applier.FIELD_MANAGER.equals(entry.getManager()))
        .anyMatch(Sizes::namesReplicas);
  }

  private static boolean namesReplicas(ManagedFieldsEntry entry) {
    return entry.getFieldsV1() != null
        && entry.getFieldsV1().getAdditionalProperties().get("f:spec") instanceof Map<?, ?> spec
        && spec.containsKey("f:replicas");
  }
}
