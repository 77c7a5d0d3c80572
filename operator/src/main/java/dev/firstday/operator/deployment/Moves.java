package dev.firstday.operator.deployment;

import static dev.firstday.operator.deployment.IdleRules.goesOn;

import dev.firstday.api.ModelDeploymentStatus.Rejection;
import dev.firstday.api.RolloutCommand;
import dev.firstday.operator.kube.EventDraft;
import dev.firstday.operator.kube.Standing;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** What can become of a candidate on trial, in the words that people read. */
record Moves(Settings settings, DeploymentObservation seen, Wanted wanted) {
  static final String INVALID_GOLDEN_CASE = "InvalidGoldenCase";

  /**
   * The stage or step after the present one, which has passed; a step that needs an approval begins
   * when it has one.
   */
  Move onward(Rollout rollout) {
    return switch (rollout.stage()) {
      case IDLE, STARTING ->
          throw new IllegalArgumentException("nothing passes in stage " + rollout.stage());
      case GOLDEN -> afterGolden(rollout);
      case REPLAY -> afterReplay(rollout);
      case SHADOW, CANARY -> step(rollout);
      case BAKING -> promote(rollout);
    };
  }

  private Move afterGolden(Rollout rollout) {
    if (!rollout.stable().exists()) {
      return promote(rollout);
    }
    return settings.replay() == null ? afterReplay(rollout) : replay(rollout);
  }

  private Move replay(Rollout rollout) {
    String message =
        "it is sent the newest %d captured requests, as the stable version is"
            .formatted(settings.replay().requests());
    return progress(rollout.enter(Stage.REPLAY, 0, seen.now()), Phase.REPLAY, message)
        .after(
            EventDraft.normal(
                "Replaying",
                "%s is sent captured requests, %d at most"
                    .formatted(rollout.candidate(), settings.replay().requests())));
  }

  private Move afterReplay(Rollout rollout) {
    return settings.shadowPercent() > 0 ? shadow(rollout) : step(rollout);
  }

  private Move shadow(Rollout rollout) {
    int percent = settings.shadowPercent();
    return progress(
            rollout.enter(Stage.SHADOW, 0, seen.now()),
            Phase.SHADOW,
            "it is asked %d %% of the requests as well, unseen by callers".formatted(percent))
        .after(
            EventDraft.normal(
                "Shadowing",
                "%s is asked %d %% of the requests, unseen by callers"
                    .formatted(rollout.candidate(), percent)));
  }

  private Move step(Rollout rollout) {
    int step = rollout.progress().nextStep();
    if (step >= settings.steps().size()) {
      return settings.bake().isZero() ? promote(rollout) : bake(rollout);
    }
    int weight = settings.weights().get(step);
    if (settings.needsApproval(step) && !rollout.progress().approved()) {
      return progress(
          rollout,
          Phase.AWAITING_APPROVAL,
          "no check objects; %d %% of the requests wait for an approval: %s"
              .formatted(weight, Words.say(RolloutCommand.APPROVE, seen)));
    }
    return progress(
            rollout.enter(Stage.CANARY, step, seen.now()),
            Phase.CANARY,
            "it gets %d %% of the requests".formatted(weight))
        .after(
            EventDraft.normal(
                "WeightRaised",
                "%s answers %d %% of the requests".formatted(rollout.candidate(), weight)));
  }

  private Move bake(Rollout rollout) {
    String message = "it answers every request, and is promoted after %d s";
    long seconds = settings.bake().toSeconds();
    return progress(
            rollout.enter(Stage.BAKING, 0, seen.now()), Phase.BAKING, message.formatted(seconds))
        .after(
            EventDraft.normal("Baking", "%s answers every request".formatted(rollout.candidate())));
  }

  /** It bakes until its time is over. */
  Move bakes(Rollout rollout) {
    Instant end = rollout.progress().since().plus(settings.bake());
    return seen.now().isBefore(end)
        ? progress(
            rollout,
            Phase.BAKING,
            "it answers every request, and is promoted at %s".formatted(Words.time(end)))
        : onward(rollout);
  }

  Move promote(Rollout rollout) {
    return promote(rollout, "%s is promoted".formatted(rollout.candidate()));
  }

  /** It was stable before, and is within spec.rollout.rollbackWindow. */
  Move takeBack(Rollout rollout, Instant replacedAt) {
    return promote(
        rollout,
        "%s is promoted without being tried again: it was the stable version until %s"
            .formatted(rollout.candidate(), Words.time(replacedAt)));
  }

  private Move promote(Rollout rollout, String message) {
    return Move.stay(
            settings.window().remember(rollout.promote(seen.now()), seen.now()),
            Phase.PROMOTING,
            Standing.reconciling("Promoting", message))
        .after(EventDraft.normal("Promoted", message));
  }

  Move reject(Rollout rollout, String reason, String message) {
    return reject(rollout, reason, message, List.of());
  }

  /**
   * @param examples ids of requests that show why
   */
  Move reject(Rollout rollout, String reason, String message, List<String> examples) {
    Rejection rejection = rejection(rollout.candidate(), reason, message, examples);
    return rolledBack(rollout.reject(rejection), rejection);
  }

  /** From the stable version to one that was stable before and has pods. */
  Move retreat(Rollout rollout, Version back, String reason, String message) {
    Rejection rejection = rejection(rollout.stable(), reason, message, List.of());
    return rolledBack(rollout.retreat(back, rejection), rejection);
  }

  private Rejection rejection(
      Version version, String reason, String message, List<String> examples) {
    return new Rejection(
        version.number(),
        version.digest(),
        reason,
        message,
        examples.isEmpty() ? null : examples,
        seen.now(),
        seen.generation());
  }

  private Move rolledBack(Rollout next, Rejection rejection) {
    return new IdleRules(settings, seen, wanted)
        .rejected(next, rejection)
        .after(
            EventDraft.warning(
                "RolledBack",
                "version %d: %s: %s"
                    .formatted(rejection.number(), rejection.reason(), rejection.message())));
  }

  /** A first version has nothing to go back to: its pods are left to recover. */
  Move failed(Rollout rollout, String reason, String message) {
    return Move.stay(
        rollout,
        Phase.FAILED,
        Standing.stalled(reason, "%s cannot start: %s".formatted(rollout.candidate(), message)));
  }

  /** Nobody counts, so that nothing can be decided. */
  Move routersSilent(Rollout rollout, Phase phase) {
    String message =
        seen.routers().isEmpty()
            ? "no router pod runs yet"
            : seen.reports().isEmpty()
                ? "no router answers: "
                    + seen.routers().stream()
                        .map(r -> r.pod() + " " + r.answer().words())
                        .collect(Collectors.joining(", "))
                : "the routers take up the new routes";
    return overdue(rollout) || rollout.stage().isLive() && seen.reports().isEmpty()
        ? held(rollout, "RoutersSilent", message)
        : progress(rollout, phase, message);
  }

  /** The checks say neither yes nor no: more requests are waited for until the deadline. */
  Move undecided(Rollout rollout, Phase phase, String outlook) {
    if (!overdue(rollout)) {
      return progress(rollout, phase, outlook);
    }
    return switch (settings.onUndecided()) {
      case HOLD -> heldUndecided(rollout, outlook);
      case PROMOTE -> onward(rollout);
      case ROLLBACK ->
          reject(
              rollout,
              "Undecided",
              "undecided after %d s: %s".formatted(settings.phaseDeadline().toSeconds(), outlook));
    };
  }

  /** No time ends this any more: what does is said. */
  private Move heldUndecided(Rollout rollout, String outlook) {
    return Move.stay(
        rollout,
        Phase.HELD,
        Standing.reconciling(
            "Undecided",
            "%s is held, since its deadline of %d s is over: %s%s. It goes on when verdicts come; %s or %s decides it now"
                .formatted(
                    rollout.candidate(),
                    settings.phaseDeadline().toSeconds(),
                    outlook,
                    goesOn(rollout),
                    Words.say(RolloutCommand.PROMOTE, seen),
                    Words.say(RolloutCommand.ROLLBACK, seen))));
  }

  private Move held(Rollout rollout, String reason, String message) {
    return Move.stay(
        rollout,
        Phase.HELD,
        Standing.reconciling(
            reason, "%s is held: %s%s".formatted(rollout.candidate(), message, goesOn(rollout))));
  }

  /** No version is at fault, and somebody has to correct a golden case; no deadline runs. */
  Move invalidCase(Rollout rollout, String message) {
    return Move.stay(
        rollout,
        Phase.HELD,
        Standing.stalled(
            INVALID_GOLDEN_CASE,
            "%s is held: %s%s".formatted(rollout.candidate(), message, goesOn(rollout))));
  }

  /** It stays where it is, since spec.suspend or a person says so. */
  Move waiting(Rollout rollout) {
    return settings.suspended()
        ? Move.stay(
            rollout,
            Phase.SUSPENDED,
            Standing.suspended(
                "Suspended",
                "%s stays in stage %s until spec.suspend is taken away%s"
                    .formatted(rollout.candidate(), rollout.stage().word(), goesOn(rollout))))
        : progress(
            rollout,
            Phase.PAUSED,
            "it stays in stage %s until somebody says %s"
                .formatted(rollout.stage().word(), Words.say(RolloutCommand.RESUME, seen)));
  }

  /** Whether it must not advance, whatever its checks say. */
  boolean mustWait(Rollout rollout) {
    return settings.suspended() || rollout.progress().paused();
  }

  Move progress(Rollout rollout, Phase phase, String message) {
    return Move.stay(
        rollout,
        phase,
        Standing.reconciling(
            phase.word(), "%s: %s%s".formatted(rollout.candidate(), message, goesOn(rollout))));
  }

  /** Whether the stage or step has had its time. */
  boolean overdue(Rollout rollout) {
    return !seen.now().isBefore(rollout.progress().since().plus(settings.phaseDeadline()));
  }
}
