package dev.firstday.cli.rollout;

import dev.firstday.api.Firstday;
import dev.firstday.api.ModelDeployment;
import dev.firstday.api.ModelDeploymentStatus;
import java.util.Map;

/** Whether a rollout is over, and how it ended. */
enum Ending {
  /** The version that is wanted serves. */
  GOOD,
  /** It was rolled back, or cannot start. */
  BAD,
  /** It goes on, by itself or when a person says so. */
  NONE;

  static Ending of(ModelDeployment deployment) {
    ModelDeploymentStatus status = deployment.getStatus();
    if (status == null || status.phase() == null || isBehind(deployment)) {
      return NONE;
    }
    return switch (status.phase()) {
      case "Stable" -> GOOD;
      case "RolledBack", "Failed" -> BAD;
      default -> NONE;
    };
  }

  /** The status speaks of the time before the last edit, or before the last command. */
  private static boolean isBehind(ModelDeployment deployment) {
    ModelDeploymentStatus status = deployment.getStatus();
    return status.observedGeneration() == null
        || !status.isOf(deployment)
        || !pendingCommand(deployment).isEmpty();
  }

  /** The command that the operator has not answered yet; empty: there is none. */
  static String pendingCommand(ModelDeployment deployment) {
    Map<String, String> annotations = deployment.getMetadata().getAnnotations();
    String asked = annotations == null ? null : annotations.get(Firstday.ROLLOUT_ANNOTATION);
    ModelDeploymentStatus status = deployment.getStatus();
    String answered =
        status == null || status.rollout() == null ? null : status.rollout().command();
    return asked == null || asked.strip().equals(answered) ? "" : asked.strip();
  }
}
