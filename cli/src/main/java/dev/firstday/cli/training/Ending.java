package dev.firstday.cli.training;

import dev.firstday.api.Condition;
import dev.firstday.api.ResourceStatus;
import dev.firstday.api.TrainingJob;
import java.util.Objects;

/** Whether there is more to come of a training. */
enum Ending {
  /** It goes on, or will. */
  NONE,
  /** A version was recorded. */
  GOOD,
  /** Nothing was, and nothing will be until somebody acts. */
  BAD;

  static Ending of(TrainingJob training) {
    ResourceStatus status = training.getStatus();
    if (status == null
        || status.conditions() == null
        || !Objects.equals(status.observedGeneration(), training.getMetadata().getGeneration())) {
      return NONE;
    }
    if (holds(status, "Ready")) {
      return GOOD;
    }
    return holds(status, "Stalled") || holds(status, "Suspended") ? BAD : NONE;
  }

  private static boolean holds(ResourceStatus status, String type) {
    return status.conditions().stream()
        .filter(condition -> condition.type().equals(type))
        .map(Condition::status)
        .anyMatch("True"::equals);
  }
}
