package dev.firstday.operator.deployment;

import dev.firstday.api.Firstday;
import dev.firstday.api.ModelDeploymentStatus;
import dev.firstday.api.ModelDeploymentStatus.Rejection;
import dev.firstday.api.ModelVersion;
import dev.firstday.api.RolloutCommand;
import dev.firstday.operator.kube.EventDraft;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What becomes of a person's word, given as an annotation, on a rollout. */
record CommandRules(Settings settings, DeploymentObservation seen, Wanted wanted, Moves moves) {
  private static final int TOLD = 5;
  private static final String BY_HAND = "RolledBackByHand";
  private static final String A_PERSON = "a person asked for it";

  /**
   * What a command did.
   *
   * @param rollout as it is from now on
   * @param move what it decided; empty: the rules decide as ever
   * @param last the command that was obeyed or refused last
   */
  record Outcome(Rollout rollout, Optional<Move> move, Command last, Optional<EventDraft> event) {}

  /**
   * A command, as a status remembers it; all null when there never was one.
   *
   * @param text as the annotation has it
   * @param result for people
   */
  record Command(String text, Boolean obeyed, String result) {

    static Command of(ModelDeploymentStatus status) {
      return status == null || status.rollout() == null
          ? new Command(null, null, null)
          : new Command(
              status.rollout().command(),
              status.rollout().commandObeyed(),
              status.rollout().commandResult());
    }
  }

  /** Obeys a command once: the status says which was the last. */
  Outcome obey(Rollout rollout, ModelDeploymentStatus status) {
    Command last = Command.of(status);
    if (seen.command().isEmpty() || seen.command().equals(last.text())) {
      return new Outcome(rollout, Optional.empty(), last, Optional.empty());
    }
    return RolloutCommand.of(seen.command())
        .map(command -> obey(rollout, command))
        .orElseGet(
            () ->
                refused(
                    rollout,
                    "annotation %s: '%s' is no command; there are %s"
                        .formatted(
                            Firstday.ROLLOUT_ANNOTATION,
                            seen.command(),
                            Arrays.stream(RolloutCommand.values())
                                .map(RolloutCommand::word)
                                .collect(Collectors.joining(", ")))));
  }

  private Outcome obey(Rollout rollout, RolloutCommand command) {
    return switch (command) {
      case APPROVE -> onTrial(rollout, this::approve);
      case PROMOTE -> onTrial(rollout, this::promote);
      case ROLLBACK -> rollout.candidate().exists() ? rollback(rollout) : goBack(rollout);
      case PAUSE -> onTrial(rollout, this::pause);
      case RESUME -> onTrial(rollout, this::resume);
      case RETRY -> retry(rollout);
    };
  }

  private Outcome onTrial(Rollout rollout, Function<Rollout, Outcome> act) {
    return rollout.candidate().exists()
        ? act.apply(rollout)
        : refused(rollout, "no version is on trial");
  }

  private Outcome approve(Rollout rollout) {
    int next = rollout.progress().nextStep();
    boolean asked = next < settings.steps().size() && settings.needsApproval(next);
    return asked && rollout.stage() != Stage.BAKING
        ? obeyed(
            rollout.with(rollout.progress().approve()),
            "the step to %d %% is approved".formatted(settings.weights().get(next)))
        : refused(rollout, "the next step needs no approval");
  }

  private Outcome promote(Rollout rollout) {
    if (settings.suspended()) {
      return refused(rollout, "spec.suspend is true: take it away first");
    }
    if (!seen.predictorsOf(rollout.candidate()).canServe(settings.scaling())) {
      return refused(rollout, "the pods of %s are not ready".formatted(rollout.candidate()));
    }
    return obeyed(
        rollout,
        Optional.of(moves.promote(rollout)),
        "%s is promoted, whatever its checks say".formatted(rollout.candidate()));
  }

  private Outcome rollback(Rollout rollout) {
    if (!rollout.stable().exists()) {
      return refused(
          rollout,
          "%s is the first version: there is none to go back to".formatted(rollout.candidate()));
    }
    return obeyed(
        rollout,
        Optional.of(moves.reject(rollout, BY_HAND, A_PERSON)),
        "%s is rolled back".formatted(rollout.candidate()));
  }

  /** Nothing is on trial: the stable version gives way to one that was stable before. */
  private Outcome goBack(Rollout rollout) {
    Optional<Version> back = rollout.wayBack();
    if (back.isEmpty()) {
      return refused(rollout, "no version is on trial, and " + noWayBack(rollout));
    }
    if (!seen.predictorsOf(back.get()).canServe(settings.scaling())) {
      return refused(rollout, "the pods of %s are not ready".formatted(back.get()));
    }
    return obeyed(
        rollout,
        Optional.of(moves.retreat(rollout, back.get(), BY_HAND, A_PERSON)),
        "%s is rolled back to %s".formatted(rollout.stable(), back.get()));
  }

  private String noWayBack(Rollout rollout) {
    if (!rollout.stable().exists()) {
      return "none serves";
    }
    Optional<Version> former = rollout.previous().stream().findFirst().map(Version::of);
    if (former.isPresent()) {
      return "the pods of %s, which was stable before, are gone (spec.rollout.rollbackWindow): write version: %d into the spec, in place of track"
          .formatted(former.get(), former.get().number());
    }
    String others =
        seen.model().versions().stream()
            .map(ModelVersion::number)
            .filter(number -> number != rollout.stable().number())
            .map(String::valueOf)
            .limit(TOLD)
            .collect(Collectors.joining(", "));
    return others.isEmpty()
        ? "%s is the only one that Model %s lists: there is nothing to go back to"
            .formatted(rollout.stable(), settings.model())
        : "none that was stable before is remembered (spec.rollout.rollbackWindow): write version: N into the spec, in place of track; Model %s has %s beside %s"
            .formatted(settings.model(), others, rollout.stable());
  }

  private Outcome retry(Rollout rollout) {
    Optional<Rejection> rejection =
        wanted instanceof Wanted.Found found
            ? rollout.rejectionOf(found.version(), seen.generation())
            : Optional.empty();
    return rejection
        .map(
            r ->
                obeyed(
                    rollout.forgive(new Version(r.number(), r.digest())),
                    "version %d is tried again".formatted(r.number())))
        .orElseGet(() -> refused(rollout, "the version that is wanted was not rolled back"));
  }

  private Outcome pause(Rollout rollout) {
    return obeyed(
        rollout.with(rollout.progress().pause()),
        "%s is paused: it stays in stage %s"
            .formatted(rollout.candidate(), rollout.stage().word()));
  }

  private Outcome resume(Rollout rollout) {
    return rollout.progress().paused()
        ? obeyed(
            rollout.with(rollout.progress().resume(seen.now())),
            "%s goes on".formatted(rollout.candidate()))
        : refused(rollout, "the rollout is not paused");
  }

  private Outcome obeyed(Rollout rollout, String result) {
    return obeyed(rollout, Optional.empty(), result);
  }

  private Outcome obeyed(Rollout rollout, Optional<Move> move, String result) {
    return new Outcome(
        rollout,
        move,
        new Command(seen.command(), true, result),
        Optional.of(EventDraft.normal("CommandObeyed", told(result))));
  }

  private Outcome refused(Rollout rollout, String why) {
    return new Outcome(
        rollout,
        Optional.empty(),
        new Command(seen.command(), false, why),
        Optional.of(EventDraft.warning("CommandRefused", told(why))));
  }

  /** With its word alone: the time behind it would make each event another one. */
  private String told(String result) {
    return RolloutCommand.of(seen.command())
        .map(command -> "%s: %s".formatted(command.word(), result))
        .orElse(result);
  }
}
