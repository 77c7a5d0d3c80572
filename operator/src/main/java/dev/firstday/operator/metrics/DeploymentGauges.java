package dev.firstday.operator.metrics;

import dev.firstday.api.ModelDeploymentStatus;
import dev.firstday.api.ModelDeploymentStatus.Target;
import dev.firstday.operator.metrics.Subject.Label;

/** What a Deployment's status says: what it serves, and how far a rollout is. */
final class DeploymentGauges {
  private DeploymentGauges() {}

  static void tell(Subject subject, ModelDeploymentStatus status) {
    if (status.phase() != null) {
      subject.tell(
          "firstday_deployment_phase",
          "1 for the phase that it is in.",
          1,
          new Label("phase", status.phase()));
    }
    target(subject, "stable", status.stable());
    target(subject, "candidate", status.candidate());
    if (status.candidate() != null && status.rollout() != null) {
      subject.tell(
          "firstday_deployment_stage_started_timestamp_seconds",
          "When the stage of the rollout under way, or the step of its canary, began.",
          status.rollout().phaseStartedAt());
    }
  }

  private static void target(Subject subject, String role, Target target) {
    if (target == null) {
      return;
    }
    Label label = new Label("role", role);
    subject.tell(
        "firstday_deployment_weight_percent",
        "Percent of requests that the version answers.",
        target.weight(),
        label);
    subject.tell("firstday_deployment_version", "Number of the version.", target.number(), label);
    subject.tell(
        "firstday_deployment_replicas",
        "Predictor pods that the version is to have.",
        target.replicas(),
        label);
    subject.tell(
        "firstday_deployment_ready_replicas",
        "Predictor pods of the version that are ready.",
        target.readyReplicas(),
        label);
  }
}
