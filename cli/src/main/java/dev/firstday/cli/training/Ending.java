package dev.firstday.cli.training;

import dev.firstday.api.ResourceStatus;
import dev.firstday.api.TrainingJob;

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
    if (status == null || status.conditions() == null || !status.isOf(training)) {
      return NONE;
    }
    if (status.holds("Ready")) {
      return GOOD;
    }
    return status.holds("Stalled") || status.holds("Suspended") ? BAD : NONE;
  }
}
