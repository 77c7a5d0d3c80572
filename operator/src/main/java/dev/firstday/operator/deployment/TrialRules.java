package dev.firstday.operator.deployment;

import static dev.firstday.operator.deployment.IdleRules.goesOn;

import dev.firstday.operator.deployment.DeploymentObservation.Predictors;
import dev.firstday.operator.deployment.DeploymentObservation.Trouble;
import dev.firstday.operator.deployment.canary.Check;
import dev.firstday.operator.deployment.canary.CheckResult;
import dev.firstday.operator.deployment.canary.Evidence;
import dev.firstday.operator.deployment.canary.Verdict;
import dev.firstday.operator.kube.EventDraft;
import dev.firstday.operator.kube.Standing;
import java.util.List;
import java.util.stream.Collectors;

/** What happens to a candidate on trial: it goes on, it waits, or it is rolled back. */
record TrialRules(Settings settings, DeploymentObservation seen, Wanted wanted, Evidence evidence) {
  /** Live requests a step compares at least, however clear the evidence of the steps before. */
  static final long PAIRS_A_STEP = 10;

  Move next(Rollout rollout) {
    Predictors pods = seen.predictorsOf(rollout.candidate());
    if (rollout.stable().exists() && pods.trouble() instanceof Trouble.Refusal refusal) {
      return reject(rollout, refusal.reason(), refusal.words());
    }
    return switch (rollout.stage()) {
      case IDLE -> throw new IllegalArgumentException("nothing is on trial in stage Idle");
      case STARTING -> starting(rollout, pods);
      case GOLDEN -> golden(rollout);
      case CANARY -> settings.weights().isEmpty() ? golden(rollout) : canary(rollout);
    };
  }

  private Move starting(Rollout rollout, Predictors pods) {
    if (!pods.canServe()) {
      return notStarted(rollout, pods);
    }
    if (settings.suspended()) {
      return suspended(rollout);
    }
    if (seen.reports().isEmpty()) {
      return routersSilent(rollout, Phase.STARTING);
    }
    return progress(
            rollout.enter(Stage.GOLDEN, seen.now()), Phase.GOLDEN, "golden requests are sent")
        .after(
            EventDraft.normal(
                "Started",
                "%s is ready; its golden requests are sent".formatted(rollout.candidate())));
  }

  private Move notStarted(Rollout rollout, Predictors pods) {
    String words =
        "%d of %d pods are ready%s"
            .formatted(
                pods.ready(),
                settings.replicas(),
                pods.trouble().words().isEmpty() ? "" : ": " + pods.trouble().words());
    if (pods.trouble() instanceof Trouble.Refusal refusal) {
      return failed(rollout, refusal.reason(), refusal.words());
    }
    if (settings.suspended()) {
      return suspended(rollout);
    }
    if (!overdue(rollout)) {
      return progress(rollout, Phase.STARTING, words);
    }
    String message = "after %d s %s".formatted(settings.phaseDeadline().toSeconds(), words);
    return rollout.stable().exists()
        ? reject(rollout, "StartDeadlineExceeded", message)
        : failed(rollout, "StartDeadlineExceeded", message);
  }

  private Move golden(Rollout rollout) {
    if (!evidence.exists()) {
      return settings.suspended() ? suspended(rollout) : routersSilent(rollout, Phase.GOLDEN);
    }
    return rollout.stable().exists() ? goldenBesideStable(rollout) : goldenAlone(rollout);
  }

  /**
   * The router asks a first version again what it failed. There is nothing to go back to, so only a
   * rate of errors is held against it, and not each.
   */
  private Move goldenAlone(Rollout rollout) {
    CheckResult errors = Check.ERRORS.judge(evidence.golden(), settings.checks());
    return errors.verdict() == Verdict.FAIL
        ? reject(rollout, errors.check().reason(), "golden requests: " + errors.evidence())
        : goldenDone(rollout, true, List.of());
  }

  private Move goldenBesideStable(Rollout rollout) {
    var counts = evidence.golden();
    if (counts.errors() > 0) {
      return reject(
          rollout,
          Check.ERRORS.reason(),
          "it failed %d of %d golden requests".formatted(counts.errors(), counts.requests()));
    }
    CheckResult disagreement = evidence.judgeGolden(settings.checks());
    List<CheckResult> checks = List.of(disagreement);
    if (disagreement.verdict() == Verdict.FAIL) {
      return reject(
              rollout, disagreement.check().reason(), "golden requests: " + disagreement.evidence())
          .with(checks);
    }
    boolean enough = !settings.weights().isEmpty() || disagreement.withinBound();
    return goldenDone(rollout, enough, checks);
  }

  private Move goldenDone(Rollout rollout, boolean enough, List<CheckResult> checks) {
    if (settings.suspended()) {
      return suspended(rollout).with(checks);
    }
    if (evidence.golden().done() && enough) {
      return rollout.stable().exists() && !settings.weights().isEmpty()
          ? step(rollout, 0).with(checks)
          : promote(rollout).with(checks);
    }
    if (evidence.golden().done()) {
      return undecided(rollout, Phase.GOLDEN, checks);
    }
    if (overdue(rollout)) {
      return reject(
          rollout,
          "GoldenDeadlineExceeded",
          "after %d s its golden requests are not through, %d of them are"
              .formatted(settings.phaseDeadline().toSeconds(), evidence.golden().requests()));
    }
    return progress(
            rollout,
            Phase.GOLDEN,
            "%d golden requests are answered".formatted(evidence.golden().requests()))
        .with(checks);
  }

  private Move canary(Rollout rollout) {
    if (!evidence.exists()) {
      return settings.suspended() ? suspended(rollout) : routersSilent(rollout, Phase.CANARY);
    }
    List<CheckResult> checks = evidence.judgeLive(settings.checks());
    for (CheckResult check : checks) {
      if (check.verdict() == Verdict.FAIL) {
        return reject(rollout, check.check().reason(), check.evidence()).with(checks);
      }
    }
    Rollout counted = rollout.rebase(evidence.live().requests());
    if (settings.suspended()) {
      return suspended(counted).with(checks);
    }
    boolean passed =
        checks.stream().allMatch(c -> c.verdict() == Verdict.PASS) && missing(counted) <= 0;
    return passed ? advance(counted).with(checks) : undecided(counted, Phase.CANARY, checks);
  }

  private Move undecided(Rollout rollout, Phase phase, List<CheckResult> checks) {
    String outlook = outlook(rollout, checks);
    if (!overdue(rollout)) {
      return progress(rollout, phase, outlook).with(checks);
    }
    return switch (settings.onUndecided()) {
      case HOLD -> held(rollout, "Undecided", outlook).with(checks);
      case PROMOTE -> advance(rollout).with(checks);
      case ROLLBACK ->
          reject(
                  rollout,
                  "Undecided",
                  "undecided after %d s: %s"
                      .formatted(settings.phaseDeadline().toSeconds(), outlook))
              .with(checks);
    };
  }

  private Move advance(Rollout rollout) {
    int next = rollout.stage() == Stage.CANARY ? rollout.step() + 1 : 0;
    return next < settings.weights().size() ? step(rollout, next) : promote(rollout);
  }

  private Move step(Rollout rollout, int step) {
    Rollout next = rollout.enterStep(step, evidence.live().requests(), seen.now());
    int weight = next.weight(settings.weights());
    return progress(next, Phase.CANARY, "it gets %d %% of the requests".formatted(weight))
        .after(
            EventDraft.normal(
                "WeightRaised",
                "%s answers %d %% of the requests".formatted(rollout.candidate(), weight)));
  }

  private Move promote(Rollout rollout) {
    String message = "%s is promoted".formatted(rollout.candidate());
    return Move.stay(
            rollout.promote(seen.now()),
            Phase.PROMOTING,
            Standing.reconciling("Promoting", message))
        .after(EventDraft.normal("Promoted", message));
  }

  private Move reject(Rollout rollout, String reason, String message) {
    Rollout next = rollout.reject(reason, message, seen.generation(), seen.now());
    return new IdleRules(settings, seen, wanted)
        .rejected(next, next.rejected().get(0))
        .after(
            EventDraft.warning(
                "RolledBack", "%s: %s: %s".formatted(rollout.candidate(), reason, message)));
  }

  /** A first version has nothing to go back to: its pods are left to recover. */
  private Move failed(Rollout rollout, String reason, String message) {
    return Move.stay(
        rollout,
        Phase.FAILED,
        Standing.stalled(reason, "%s cannot start: %s".formatted(rollout.candidate(), message)));
  }

  private Move routersSilent(Rollout rollout, Phase phase) {
    String message =
        seen.routers().isEmpty()
            ? "no router pod runs yet"
            : seen.reports().isEmpty()
                ? "no router answers: "
                    + seen.routers().stream()
                        .map(r -> r.pod() + " " + r.answer().words())
                        .collect(Collectors.joining(", "))
                : "the routers take up the new routes";
    return overdue(rollout) || phase == Phase.CANARY && seen.reports().isEmpty()
        ? held(rollout, "RoutersSilent", message)
        : progress(rollout, phase, message);
  }

  private Move held(Rollout rollout, String reason, String message) {
    return Move.stay(
        rollout,
        Phase.HELD,
        Standing.reconciling(
            reason, "%s is held: %s%s".formatted(rollout.candidate(), message, goesOn(rollout))));
  }

  private Move suspended(Rollout rollout) {
    return Move.stay(
        rollout,
        Phase.SUSPENDED,
        Standing.suspended(
            "Suspended",
            "%s stays in stage %s until spec.suspend is taken away%s"
                .formatted(rollout.candidate(), rollout.stage().word(), goesOn(rollout))));
  }

  private Move progress(Rollout rollout, Phase phase, String message) {
    return Move.stay(
        rollout,
        phase,
        Standing.reconciling(
            phase.word(), "%s: %s%s".formatted(rollout.candidate(), message, goesOn(rollout))));
  }

  private String outlook(Rollout rollout, List<CheckResult> checks) {
    String undecided =
        checks.stream()
            .filter(c -> c.verdict() == Verdict.UNDECIDED)
            .map(c -> c.evidence() + ", " + c.outlook())
            .collect(Collectors.joining("; "));
    return undecided.isEmpty()
        ? "all checks pass, this step needs about %d more requests of its own"
            .formatted(missing(rollout))
        : undecided;
  }

  private long missing(Rollout rollout) {
    return PAIRS_A_STEP - (evidence.live().requests() - rollout.comparedBefore());
  }

  private boolean overdue(Rollout rollout) {
    return !seen.now().isBefore(rollout.since().plus(settings.phaseDeadline()));
  }
}
