package dev.firstday.operator.deployment;

import dev.firstday.operator.deployment.DeploymentObservation.Predictors;
import dev.firstday.operator.deployment.DeploymentObservation.Trouble;
import dev.firstday.operator.deployment.canary.Evidence;

/** What happens to a candidate on trial: it goes on, it waits, or it is rolled back. */
record TrialRules(Settings settings, DeploymentObservation seen, Moves moves, Evidence evidence) {

  static final String CRASH_LOOP = "CrashLoop";

  /** What its pods say ends it in every stage, with or without callers. */
  Move next(Rollout rollout) {
    Predictors pods = seen.predictorsOf(rollout.candidate());
    if (rollout.stable().exists()) {
      if (pods.trouble() instanceof Trouble.Refusal refusal) {
        return moves.reject(rollout, refusal.reason(), refusal.words());
      }
      if (pods.trouble() instanceof Trouble.CrashLoop crashes && !stableCrashes(rollout)) {
        return moves.reject(rollout, CRASH_LOOP, crashes.words());
      }
    }
    return switch (rollout.stage()) {
      case IDLE -> throw new IllegalArgumentException("nothing is on trial in stage Idle");
      case STARTING -> new StartRules(settings, seen, moves).next(rollout, pods);
      case GOLDEN -> new GoldenRules(settings, seen, evidence, moves).next(rollout);
      case REPLAY -> edited(rollout) ? passed(rollout) : replay().next(rollout);
      case SHADOW, CANARY, BAKING ->
          edited(rollout)
              ? passed(rollout)
              : new LiveRules(settings, seen, evidence, moves).next(rollout);
    };
  }

  /** What ends the pods of both versions is no fault of the candidate. */
  private boolean stableCrashes(Rollout rollout) {
    return seen.predictorsOf(rollout.stable()).trouble() instanceof Trouble.CrashLoop;
  }

  /** What led to a stage that the spec no longer has. */
  private Move passed(Rollout rollout) {
    return settings.replay() != null && evidence.replay().done()
        ? replay().next(rollout)
        : new GoldenRules(settings, seen, evidence, moves).next(rollout);
  }

  private ReplayRules replay() {
    return new ReplayRules(settings, seen, evidence, moves);
  }

  /** The spec has no such stage any more: what led to it leads past it. */
  private boolean edited(Rollout rollout) {
    return rollout.stage() == Stage.REPLAY && settings.replay() == null
        || rollout.stage() == Stage.SHADOW && settings.shadowPercent() == 0
        || rollout.stage() == Stage.CANARY && settings.steps().isEmpty();
  }
}
