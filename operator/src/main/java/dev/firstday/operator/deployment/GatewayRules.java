package dev.firstday.operator.deployment;

import dev.firstday.api.RolloutCommand;
import dev.firstday.operator.deployment.DeploymentObservation.Predictors;
import dev.firstday.operator.deployment.canary.Finding;
import dev.firstday.operator.deployment.canary.MetricResult;
import dev.firstday.operator.deployment.canary.PodHealth;
import dev.firstday.operator.deployment.gateway.GatewaySight;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A candidate that a Gateway sends callers to. Nobody compares its answers with those of the stable
 * version, so that it is judged by what Prometheus says and by its pods: it goes on when all of
 * that is good and has had some time to become bad. Without a check of Prometheus nothing speaks
 * for it but a person.
 */
record GatewayRules(Settings settings, DeploymentObservation seen, Moves moves) {

  Move next(Rollout rollout, Phase phase) {
    Findings findings = findings(rollout);
    return findings
        .failure()
        .map(why -> moves.reject(rollout, why.reason(), why.evidenceInWords()))
        .orElseGet(() -> goOn(rollout, phase, findings))
        .with(findings.all());
  }

  private Move goOn(Rollout rollout, Phase phase, Findings findings) {
    if (moves.mustWait(rollout)) {
      return moves.waiting(rollout);
    }
    if (rollout.stage() == Stage.BAKING) {
      return moves.bakes(rollout);
    }
    Optional<String> missing = missing(rollout, findings);
    return missing.isEmpty()
        ? moves.onward(rollout)
        : moves.undecided(rollout, phase, missing.get());
  }

  /** What keeps the next stage or step from beginning. */
  private Optional<String> missing(Rollout rollout, Findings findings) {
    if (seen.gateway() instanceof GatewaySight.Present route && !route.problem().isEmpty()) {
      return Optional.of(route.problem());
    }
    if (!findings.allow()) {
      return Optional.of(findings.outlook());
    }
    Instant end = rollout.progress().since().plus(settings.stepTime());
    if (seen.now().isBefore(end)) {
      return Optional.of(
          "nothing speaks against it, this step lasts until %s".formatted(Words.time(end)));
    }
    return settings.checks().prometheus().isEmpty() && !asksAPerson(rollout)
        ? Optional.of(
            "behind a Gateway no answers are compared, and spec.rollout.checks.prometheus has no check:"
                + " nothing speaks for it; %s does"
                    .formatted(Words.say(RolloutCommand.PROMOTE, seen)))
        : Optional.empty();
  }

  private boolean asksAPerson(Rollout rollout) {
    int next = rollout.progress().nextStep();
    return next < settings.steps().size() && settings.needsApproval(next);
  }

  private Findings findings(Rollout rollout) {
    Predictors pods = seen.predictorsOf(rollout.candidate());
    List<Finding> checks = new ArrayList<>();
    checks.add(
        new PodHealth(pods.size().ready(), settings.scaling().atLeast(), pods.trouble().words()));
    settings.checks().prometheus().stream()
        .map(check -> new MetricResult(check, seen.metric(check.name())))
        .forEach(checks::add);
    return new Findings(checks);
  }
}
