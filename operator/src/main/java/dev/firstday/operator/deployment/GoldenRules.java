package dev.firstday.operator.deployment;

import dev.firstday.operator.deployment.canary.Check;
import dev.firstday.operator.deployment.canary.CheckResult;
import dev.firstday.operator.deployment.canary.Evidence;
import dev.firstday.operator.deployment.canary.Finding;
import dev.firstday.operator.deployment.canary.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A candidate that is sent its golden requests, before any caller sees it. */
record GoldenRules(Settings settings, DeploymentObservation seen, Evidence evidence, Moves moves) {
  static final String CASE_FAILED = "GoldenCaseFailed";

  Move next(Rollout rollout) {
    if (rollout.stage() == Stage.GOLDEN && !cases().areSent()) {
      return edited(rollout.with(rollout.progress().restartClock(seen.now())));
    }
    if (!evidence.exists()) {
      return moves.mustWait(rollout)
          ? moves.waiting(rollout)
          : moves.routersSilent(rollout, Phase.GOLDEN);
    }
    if (rollout.stage() != Stage.GOLDEN || seen.model().golden().isEmpty()) {
      return byRequests(rollout);
    }
    CaseRules cases = cases();
    return cases
        .failure(moves.overdue(rollout))
        .map(words -> moves.reject(rollout, CASE_FAILED, words))
        .orElseGet(() -> byRequests(rollout))
        .with(cases.current());
  }

  /** What was said of other cases does not count, and the time that went by is not theirs. */
  private Move edited(Rollout rollout) {
    Move move =
        moves.mustWait(rollout)
            ? moves.waiting(rollout)
            : moves.progress(
                rollout,
                Phase.GOLDEN,
                "the golden cases of Model %s are other ones now, and are sent"
                    .formatted(settings.model()));
    return move.with(cases().current());
  }

  private CaseRules cases() {
    return new CaseRules(settings, seen, evidence.cases());
  }

  private Move byRequests(Rollout rollout) {
    Move move = rollout.stable().exists() ? besideStable(rollout) : alone(rollout);
    return move.with(move.checks().stream().map(GoldenRules::told).toList());
  }

  /** By a name of its own: what follows is another sequence of evidence, which begins anew. */
  private static Finding told(Finding finding) {
    return finding instanceof CheckResult result ? result.onGoldenRequests() : finding;
  }

  /**
   * The router asks a first version again what it failed. There is nothing to go back to, so only a
   * rate of bad answers is held against it, and not each.
   */
  private Move alone(Rollout rollout) {
    Optional<CheckResult> failed =
        settings.checklist().badAnswers().stream()
            .map(check -> check.judge(evidence.golden()))
            .filter(CheckResult::stops)
            .findFirst();
    return failed
        .map(
            result ->
                moves.reject(
                    rollout,
                    result.check().reason(),
                    "golden requests: " + result.evidenceInWords()))
        .orElseGet(() -> done(rollout, true, List.of()));
  }

  private Move besideStable(Rollout rollout) {
    for (Check check : settings.checklist().badAnswers()) {
      if (check.blames(evidence.golden())) {
        return moves.reject(
            rollout,
            check.reason(),
            "it failed %d of %d golden requests"
                .formatted(
                    evidence.golden().tally(check.name()).bad(), evidence.golden().requests()));
      }
    }
    CheckResult disagreement = settings.checklist().disagreement().judge(evidence.golden());
    List<CheckResult> failures =
        settings.checklist().badAnswers().stream()
            .map(check -> check.judge(evidence.golden()))
            .filter(result -> result.tally().bad() > 0)
            .toList();
    List<Finding> checks = new ArrayList<>(failures);
    checks.add(disagreement);
    if (disagreement.verdict() == Verdict.FAIL) {
      return moves
          .reject(
              rollout,
              disagreement.check().reason(),
              "golden requests: " + disagreement.evidenceInWords())
          .with(checks);
    }
    boolean moreToCome = settings.replay() != null || settings.callersWillTell();
    boolean enough = failures.isEmpty() && disagreement.withinBound();
    return done(rollout, moreToCome || enough, checks);
  }

  private Move done(Rollout rollout, boolean enough, List<Finding> checks) {
    if (moves.mustWait(rollout)) {
      return moves.waiting(rollout).with(checks);
    }
    boolean casesMatter = rollout.stage() == Stage.GOLDEN;
    Optional<String> invalid = casesMatter ? cases().invalid() : Optional.empty();
    if (invalid.isPresent()) {
      return moves.invalidCase(rollout, invalid.get()).with(checks);
    }
    if (evidence.golden().done() && (!casesMatter || cases().through())) {
      return (enough
              ? moves.onward(rollout)
              : moves.undecided(rollout, Phase.GOLDEN, outlook(checks)))
          .with(checks);
    }
    if (moves.overdue(rollout)) {
      return moves.reject(
          rollout,
          "GoldenDeadlineExceeded",
          "after %d s its golden requests are not through, %d of them are%s%s"
              .formatted(
                  settings.phaseDeadline().toSeconds(),
                  evidence.golden().requests(),
                  cases().progress(),
                  evidence.waiting()));
    }
    return moves
        .progress(
            rollout,
            Phase.GOLDEN,
            "%d golden requests are answered%s%s"
                .formatted(evidence.golden().requests(), cases().progress(), evidence.waiting()))
        .with(checks);
  }

  private static String outlook(List<Finding> checks) {
    return checks.stream()
        .map(Finding::evidenceInWords)
        .collect(Collectors.joining("; ", "golden requests: ", ""));
  }
}
