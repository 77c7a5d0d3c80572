package dev.firstday.operator.deployment;

import dev.firstday.operator.deployment.canary.Evidence;
import dev.firstday.operator.deployment.canary.Finding;
import dev.firstday.operator.deployment.canary.MetricResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A candidate that callers' requests are sent to: as a shadow, for a share of them, or for all. */
record LiveRules(Settings settings, DeploymentObservation seen, Evidence evidence, Moves moves) {
  /** Requests that a stage or step compares at least, however clear the evidence before it. */
  static final long PAIRS_A_STEP = 10;

  Move next(Rollout rollout) {
    Phase phase = phase(rollout);
    if (!evidence.exists()) {
      return moves.mustWait(rollout) ? moves.waiting(rollout) : moves.routersSilent(rollout, phase);
    }
    List<Finding> checks = new ArrayList<>(settings.checklist().judge(evidence.live()));
    settings.checklist().distribution(evidence.live()).ifPresent(checks::add);
    settings.checks().prometheus().stream()
        .map(check -> new MetricResult(check, seen.metric(check.name())))
        .forEach(checks::add);
    Optional<Finding> failed = checks.stream().filter(Finding::stops).findFirst();
    if (failed.isPresent()) {
      Finding why = failed.get();
      return moves
          .reject(rollout, why.reason(), why.evidenceInWords(), why.examples())
          .with(checks);
    }
    return goOn(rollout, phase, checks).with(checks);
  }

  private Move goOn(Rollout rollout, Phase phase, List<Finding> checks) {
    if (moves.mustWait(rollout)) {
      return moves.waiting(rollout);
    }
    if (rollout.stage() == Stage.BAKING) {
      return bake(rollout);
    }
    boolean passed = checks.stream().allMatch(Finding::allows) && missing(rollout) <= 0;
    return passed
        ? moves.onward(rollout)
        : moves.undecided(rollout, phase, outlook(rollout, checks));
  }

  private Move bake(Rollout rollout) {
    Instant end = rollout.progress().since().plus(settings.bake());
    return seen.now().isBefore(end)
        ? moves.progress(
            rollout, Phase.BAKING, "it answers every request; it is promoted at %s".formatted(end))
        : moves.onward(rollout);
  }

  private static Phase phase(Rollout rollout) {
    return switch (rollout.stage()) {
      case SHADOW -> Phase.SHADOW;
      case CANARY -> Phase.CANARY;
      case BAKING -> Phase.BAKING;
      case IDLE, STARTING, GOLDEN ->
          throw new IllegalArgumentException("no caller is sent to stage " + rollout.stage());
    };
  }

  private String outlook(Rollout rollout, List<Finding> checks) {
    String undecided =
        checks.stream()
            .filter(result -> !result.allows())
            .map(result -> result.evidenceInWords() + ", " + result.outlook())
            .collect(Collectors.joining("; "));
    return undecided.isEmpty()
        ? "all checks pass, this step needs about %d more requests of its own"
            .formatted(missing(rollout))
        : undecided;
  }

  private long missing(Rollout rollout) {
    return PAIRS_A_STEP - (evidence.live().requests() - rollout.progress().comparedBefore());
  }
}
