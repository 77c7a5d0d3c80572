package dev.firstday.operator.deployment;

import dev.firstday.operator.deployment.DeploymentObservation.Predictors;
import dev.firstday.operator.deployment.DeploymentObservation.Trouble;
import dev.firstday.operator.kube.EventDraft;

/** A candidate whose pods start. */
record StartRules(Settings settings, DeploymentObservation seen, Moves moves) {

  Move next(Rollout rollout, Predictors pods) {
    if (!pods.canServe(settings.scaling())) {
      return notStarted(rollout, pods);
    }
    if (moves.mustWait(rollout)) {
      return moves.waiting(rollout);
    }
    if (seen.reports().isEmpty()) {
      return moves.routersSilent(rollout, Phase.STARTING);
    }
    return rollout
        .candidateReplacedAt()
        .map(replacedAt -> moves.takeBack(rollout, replacedAt))
        .orElseGet(() -> golden(rollout));
  }

  private Move golden(Rollout rollout) {
    return moves
        .progress(
            rollout.enter(Stage.GOLDEN, 0, seen.now()), Phase.GOLDEN, "golden requests are sent")
        .after(
            EventDraft.normal(
                "Started",
                "%s is ready; its golden requests are sent".formatted(rollout.candidate())));
  }

  private Move notStarted(Rollout rollout, Predictors pods) {
    String words = pods.readiness(settings.scaling(), "pods");
    if (pods.trouble() instanceof Trouble.Refusal refusal) {
      return moves.failed(rollout, refusal.reason(), refusal.words());
    }
    if (!rollout.stable().exists() && pods.trouble() instanceof Trouble.CrashLoop crashes) {
      return moves.failed(rollout, TrialRules.CRASH_LOOP, crashes.words());
    }
    if (moves.mustWait(rollout)) {
      return moves.waiting(rollout);
    }
    if (!moves.overdue(rollout)) {
      return moves.progress(rollout, Phase.STARTING, words);
    }
    String message = "after %d s %s".formatted(settings.phaseDeadline().toSeconds(), words);
    return rollout.stable().exists()
        ? moves.reject(rollout, "StartDeadlineExceeded", message)
        : moves.failed(rollout, "StartDeadlineExceeded", message);
  }
}
