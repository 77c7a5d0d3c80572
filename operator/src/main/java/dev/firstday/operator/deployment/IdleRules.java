package dev.firstday.operator.deployment;

import dev.firstday.api.ModelDeploymentStatus.Rejection;
import dev.firstday.api.RolloutCommand;
import dev.firstday.operator.deployment.DeploymentObservation.Predictors;
import dev.firstday.operator.deployment.gateway.GatewaySight;
import dev.firstday.operator.kube.EventDraft;
import dev.firstday.operator.kube.Standing;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What happens while no candidate is on trial: begin a rollout, or say why there is none. */
record IdleRules(Settings settings, DeploymentObservation seen, Wanted wanted) {

  Move next(Rollout rollout) {
    if (wanted instanceof Wanted.Missing missing) {
      return missing(rollout, missing);
    }
    Version version = ((Wanted.Found) wanted).version();
    if (version.equals(rollout.stable())) {
      return stable(rollout);
    }
    if (rollout.stable().exists() && version.number() == rollout.stable().number()) {
      return replaced(rollout, version);
    }
    Optional<Rejection> rejection = rollout.rejectionOf(version, seen.generation());
    if (rejection.isPresent()) {
      return rejected(rollout, rejection.get());
    }
    if (settings.suspended()) {
      return Move.stay(
          rollout,
          Phase.SUSPENDED,
          Standing.suspended(
              "Suspended",
              "%s waits until spec.suspend is taken away%s".formatted(version, goesOn(rollout))));
    }
    return begin(rollout, version);
  }

  /** Suspended is what it is from the beginning: what waits for nobody would wait for ever. */
  private Move missing(Rollout rollout, Wanted.Missing missing) {
    String message = missing.message() + goesOn(rollout);
    return settings.suspended()
        ? Move.stay(
            rollout,
            Phase.SUSPENDED,
            Standing.suspended(
                "Suspended", "nothing starts until spec.suspend is taken away: " + message))
        : Move.stay(rollout, Phase.PENDING, Standing.reconciling(missing.reason(), message));
  }

  /** A rejection is told the same way when it happens and for as long as it stands. */
  Move rejected(Rollout rollout, Rejection rejection) {
    boolean fallback = rollout.stable().exists();
    return Move.stay(
        rollout,
        fallback ? Phase.ROLLED_BACK : Phase.FAILED,
        Standing.stalled(
            rejection.reason(),
            "version %d was %s: %s%s. Record a newer version, edit the spec, or %ssay %s to try it again"
                .formatted(
                    rejection.number(),
                    fallback ? "rolled back" : "refused",
                    rejection.message(),
                    goesOn(rollout),
                    cure(rejection),
                    Words.say(RolloutCommand.RETRY, seen))));
  }

  /** What may be mended without a newer version. */
  private String cure(Rejection rejection) {
    return rejection.reason().equals(GoldenRules.CASE_FAILED)
        ? "correct the case in spec.golden of Model %s, if that is wrong, and "
            .formatted(settings.model())
        : "";
  }

  private Move begin(Rollout rollout, Version version) {
    boolean namesake =
        !rollout.holds(version)
            && seen.predictors().stream().anyMatch(p -> p.version().number() == version.number());
    if (namesake) {
      return Move.stay(
          rollout,
          Phase.PENDING,
          Standing.reconciling(
              "CleaningUp",
              "%s starts when the pods of the last attempt are gone%s"
                  .formatted(version, goesOn(rollout))));
    }
    Rollout next = rollout.begin(version, seen.now());
    return Move.stay(
            next,
            Phase.STARTING,
            Standing.reconciling("Starting", "%s starts%s".formatted(version, goesOn(rollout))))
        .after(
            EventDraft.normal(
                "RolloutStarted", "%s of %s starts".formatted(version, settings.model())));
  }

  private Move stable(Rollout rollout) {
    Version stable = rollout.stable();
    Predictors pods = seen.predictorsOf(stable);
    if (!pods.complete(settings.scaling())) {
      return serving(
          rollout,
          "PodsNotReady",
          "%s: %s".formatted(stable, pods.readiness(settings.scaling(), "predictor pods")));
    }
    if (settings.paired() && !seen.routersReady()) {
      return serving(rollout, "RouterNotReady", "no router pod is ready");
    }
    if (!settings.paired()) {
      String problem =
          seen.gateway() instanceof GatewaySight.Present route
              ? route.problem()
              : "its HTTPRoute is made";
      if (!problem.isEmpty()) {
        return serving(rollout, "GatewayNotReady", problem);
      }
    }
    List<String> leaving =
        seen.predictors().stream()
            .map(Predictors::version)
            .filter(v -> !rollout.holds(v))
            .map(Version::toString)
            .toList();
    if (!leaving.isEmpty()) {
      return Move.stay(
          rollout,
          Phase.PROMOTING,
          Standing.reconciling(
              "Promoting",
              "%s answers; the pods of %s go once every router follows"
                  .formatted(stable, leaving.stream().collect(Collectors.joining(" and ")))));
    }
    String message = "%s answers".formatted(stable);
    return settings.suspended()
        ? Move.stay(rollout, Phase.SUSPENDED, Standing.suspended("Suspended", message).whileReady())
        : Move.stay(rollout, Phase.STABLE, Standing.ready("Stable", message));
  }

  private Move serving(Rollout rollout, String reason, String message) {
    return Move.stay(rollout, Phase.STABLE, Standing.reconciling(reason, message));
  }

  private Move replaced(Rollout rollout, Version version) {
    return Move.stay(
        rollout,
        Phase.FAILED,
        Standing.stalled(
            "VersionReplaced",
            "%s of %s is %s in S3, but %s serves under this number; versions never change: record a new one%s"
                .formatted(
                    version,
                    settings.model(),
                    version.digest(),
                    rollout.stable().digest(),
                    goesOn(rollout))));
  }

  /** What becomes of the stable version meanwhile, to be put behind a sentence. */
  static String goesOn(Rollout rollout) {
    if (!rollout.stable().exists()) {
      return "";
    }
    return (rollout.stage() == Stage.BAKING
            ? "; %s stays ready to take over again"
            : "; %s goes on serving")
        .formatted(rollout.stable());
  }
}
