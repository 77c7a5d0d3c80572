package dev.firstday.operator.deployment;

import dev.firstday.operator.deployment.DeploymentObservation.Predictors;
import dev.firstday.operator.deployment.canary.Evidence;
import java.util.Locale;

/** A candidate that callers' requests are sent to: as a shadow, for a share of them, or for all. */
record LiveRules(Settings settings, DeploymentObservation seen, Evidence evidence, Moves moves) {
  /** Requests that a stage or step compares at least, however clear the evidence before it. */
  static final long PAIRS_A_STEP = 10;

  Move next(Rollout rollout) {
    Phase phase = phase(rollout);
    if (!settings.paired()) {
      return new GatewayRules(settings, seen, moves).next(rollout, phase);
    }
    if (!evidence.exists()) {
      return moves.mustWait(rollout) ? moves.waiting(rollout) : moves.routersSilent(rollout, phase);
    }
    Findings findings = Findings.of(settings, seen, evidence);
    return findings
        .failure()
        .map(why -> moves.reject(rollout, why.reason(), why.evidenceInWords(), why.examples()))
        .orElseGet(() -> goOn(rollout, phase, findings))
        .with(findings.all());
  }

  private Move goOn(Rollout rollout, Phase phase, Findings findings) {
    if (moves.mustWait(rollout)) {
      return moves.waiting(rollout);
    }
    if (!pods(rollout).canServe(settings.scaling())) {
      return moves.undecided(rollout, phase, pods(rollout).readiness(settings.scaling(), "pods"));
    }
    if (rollout.stage() == Stage.BAKING) {
      return moves.bakes(rollout);
    }
    return findings.allow() && missing(rollout) <= 0
        ? moves.onward(rollout)
        : moves.undecided(rollout, phase, outlook(rollout, findings));
  }

  /** Pods that were ready may have gone: without them it must not get more requests. */
  private Predictors pods(Rollout rollout) {
    return seen.predictorsOf(rollout.candidate());
  }

  private static Phase phase(Rollout rollout) {
    return switch (rollout.stage()) {
      case SHADOW -> Phase.SHADOW;
      case CANARY -> Phase.CANARY;
      case BAKING -> Phase.BAKING;
      case IDLE, STARTING, GOLDEN, REPLAY ->
          throw new IllegalArgumentException("no caller is sent to stage " + rollout.stage());
    };
  }

  private String outlook(Rollout rollout, Findings findings) {
    return findings.allow()
        ? String.format(
            Locale.ROOT,
            "no check objects, this step needs about %,d more requests of its own",
            missing(rollout))
        : findings.outlook();
  }

  private long missing(Rollout rollout) {
    return PAIRS_A_STEP - (evidence.live().requests() - rollout.progress().comparedBefore());
  }
}
