package dev.firstday.operator.deployment;

import dev.firstday.operator.deployment.DeploymentObservation.Predictors;
import dev.firstday.operator.deployment.DeploymentObservation.Trouble;
import dev.firstday.operator.deployment.canary.Evidence;

/** What happens to a candidate on trial: it goes on, it waits, or it is rolled back. */
record TrialRules(Settings settings, DeploymentObservation seen, Moves moves, Evidence evidence) {

  Move next(Rollout rollout) {
    Predictors pods = seen.predictorsOf(rollout.candidate());
    if (rollout.stable().exists() && pods.trouble() instanceof Trouble.Refusal refusal) {
      return moves.reject(rollout, refusal.reason(), refusal.words());
    }
    return switch (rollout.stage()) {
      case IDLE -> throw new IllegalArgumentException("nothing is on trial in stage Idle");
      case STARTING -> new StartRules(settings, seen, moves).next(rollout, pods);
      case GOLDEN -> new GoldenRules(settings, evidence, moves).next(rollout);
      case SHADOW, CANARY, BAKING ->
          edited(rollout)
              ? new GoldenRules(settings, evidence, moves).next(rollout)
              : new LiveRules(settings, seen, evidence, moves).next(rollout);
    };
  }

  /** The spec has no such stage any more: what led to it leads past it. */
  private boolean edited(Rollout rollout) {
    return rollout.stage() == Stage.SHADOW && settings.shadowPercent() == 0
        || rollout.stage() == Stage.CANARY && settings.steps().isEmpty();
  }
}
