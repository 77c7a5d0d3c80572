package dev.firstday.cli.rollout;

import dev.firstday.api.ModelDeploymentStatus.RolloutState;

/**
 * What the operator made of a command.
 *
 * @param result what became of it, or why it was refused
 */
record Reply(boolean obeyed, String result) {

  static Reply of(RolloutState rollout) {
    return new Reply(
        Boolean.TRUE.equals(rollout.commandObeyed()),
        rollout.commandResult() == null ? "" : rollout.commandResult());
  }

  /** For people: a refusal says that it is one. */
  String words() {
    return obeyed ? result : "refused: " + result;
  }
}
