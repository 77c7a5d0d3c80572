package dev.firstday.operator.deployment;

import dev.firstday.api.Comparison;
import dev.firstday.operator.deployment.canary.Evidence;
import dev.firstday.operator.deployment.canary.Finding;
import dev.firstday.operator.kube.EventDraft;

/** A candidate that is sent captured requests, before any caller's request reaches it. */
record ReplayRules(Settings settings, DeploymentObservation seen, Evidence evidence, Moves moves) {

  Move next(Rollout rollout) {
    if (!evidence.exists()) {
      return moves.mustWait(rollout)
          ? moves.waiting(rollout)
          : moves.routersSilent(rollout, Phase.REPLAY);
    }
    Findings findings = Findings.of(settings, seen, evidence);
    return findings
        .failure()
        .map(why -> rejected(rollout, why))
        .orElseGet(() -> goOn(rollout, findings))
        .with(findings.all());
  }

  private Move rejected(Rollout rollout, Finding why) {
    return moves.reject(
        rollout, why.reason(), "captured requests: " + why.evidenceInWords(), why.examples());
  }

  private Move goOn(Rollout rollout, Findings findings) {
    if (moves.mustWait(rollout)) {
      return moves.waiting(rollout);
    }
    if (!evidence.replay().done()) {
      return moves.undecided(
          rollout,
          Phase.REPLAY,
          "%d captured requests are compared, %d at most will be%s"
              .formatted(
                  evidence.replay().requests(), settings.replay().requests(), evidence.waiting()));
    }
    if (settings.callersWillTell() || findings.allow()) {
      return through(rollout);
    }
    return moves.undecided(
        rollout,
        Phase.REPLAY,
        "%s, which proves too little: %s".formatted(compared(), findings.outlook()));
  }

  private Move through(Rollout rollout) {
    Move onward = moves.onward(rollout);
    return onward.next().stage() == rollout.stage()
        ? onward
        : onward.after(
            EventDraft.normal("Replayed", "%s: %s".formatted(rollout.candidate(), compared())));
  }

  private String compared() {
    Comparison replay = evidence.replay();
    if (replay.requests() == 0) {
      return "there are no captured requests to compare by";
    }
    return replay.requests() < settings.replay().requests()
        ? "all %d captured requests there are were compared".formatted(replay.requests())
        : "%d captured requests were compared".formatted(replay.requests());
  }
}
