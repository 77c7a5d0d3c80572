package dev.firstday.operator.deployment;

import dev.firstday.api.ModelDeploymentSpec;
import dev.firstday.api.ModelDeploymentStatus;
import dev.firstday.contract.Routes;
import dev.firstday.operator.deployment.CommandRules.Command;
import dev.firstday.operator.deployment.DeploymentObservation.Predictors;
import dev.firstday.operator.deployment.DeploymentObservation.Router;
import dev.firstday.operator.deployment.DeploymentPlan.Pace;
import dev.firstday.operator.deployment.canary.Evidence;
import dev.firstday.operator.deployment.canary.Traffic;
import dev.firstday.operator.deployment.gateway.GatewaySight;
import dev.firstday.operator.deployment.gateway.GatewayStep;
import dev.firstday.operator.kube.EventDraft;
import dev.firstday.operator.kube.Standing;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Decides what a deployment does next.
 *
 * <pre>
 * Idle -> Starting     a version is wanted that is neither stable nor rejected: its pods start
 * Starting -> Golden   they are ready and a router answers: the routes name the candidate, weight 0
 * Golden -> Replay     every router is through with the golden requests: none failed, and the
 *                      answers do not differ too much from stable's; a first version may fail a
 *                      few, which it is asked again
 * Replay -> next       (spec.rollout.replay) no check fails on captured requests, and a router is
 *                      through with them; where no shadow or step follows, every check passes
 * Shadow -> next       (spec.rollout.shadow) every check passes, on some requests of this stage
 * Canary i -> next     (spec.rollout.steps) the same; the weight grows. A step that needs an
 *                      approval waits for it in the stage or step before
 * Baking -> promoted   (spec.rollout.bakeSeconds) no check fails while it answers every request
 * any -> rolled back   a check fails, a person says so, the pod refuses its artefact or crashes
 *                      again and again where stable's do not, or it has not started or not answered
 *                      its golden requests in time: remembered by digest and generation
 * any -> promoted      a person says so
 * Starting -> promoted (spec.rollout.rollbackWindow) it was stable not long ago
 * Idle -> rolled back  (the same) a person says so: the version before answers, whose pods have
 *                      been kept; the stable one is remembered as rolled back
 * any -> Idle          another version is wanted: superseded
 * </pre>
 *
 * Every stage and step has the deadline spec.rollout.phaseDeadlineSeconds, after which
 * spec.rollout.onUndecided counts; waiting for a person has none. Promotion and rollback only
 * change which versions the routes name; nothing restarts. Pods of a version that is named no more
 * go when every router has confirmed the routes without it. Without an answer from a router nothing
 * is decided: the phase says Held.
 *
 * <p>With spec.routing.gatewayAPI a Gateway sends callers to the versions by an HTTPRoute, and not
 * the router. The router stays: it sends the candidate its golden requests before any caller comes,
 * and answers by the stable version who calls it all the same. Steps and baking go by {@link
 * GatewayRules}; pods go when the Gateway has let go of them, too.
 */
final class DeploymentPlanner {
  private static final String CHILD_REFUSED = "ChildRefused";

  private DeploymentPlanner() {}

  static DeploymentPlan plan(
      ModelDeploymentSpec spec, ModelDeploymentStatus status, DeploymentObservation seen) {
    Settings asked = Settings.of(spec);
    Rollout before = before(asked, status, seen);
    ScalingRules scalings = ScalingRules.of(asked, seen, status);
    Settings settings = asked.with(scalings.scaling(before));
    Wanted wanted = Wanted.of(spec, before, seen.model());
    long revision = revision(status);
    RoutesRules routing = new RoutesRules(settings, seen, revision);
    Rollout counted =
        before.candidate().exists()
            ? before.with(before.progress().counts().with(routing.reportsOn(before)))
            : before;
    Evidence evidence = Evidence.of(routing.following(counted), counted.progress().counts());
    Moves moves = new Moves(settings, seen, wanted);
    CommandRules.Outcome command =
        new CommandRules(settings, seen, wanted, moves).obey(counted, status);

    Move move =
        command
            .move()
            .orElseGet(() -> decide(settings, seen, command.rollout(), wanted, moves, evidence))
            .after(command.event().stream().toList());

    Rollout next = move.next();
    boolean routed =
        next.stable().exists() || next.candidate().exists() || seen.routes().revision() > 0;
    Routes routes = routed ? routing.routes(next) : routing.none();
    List<Router> behind = routing.behind(routes);
    ShareRules shares = new ShareRules(settings, seen);
    GatewayStep gateway = shares.step(next);
    boolean confirmed =
        routes.revision() == revision
            && !seen.routers().isEmpty()
            && behind.isEmpty()
            && shares.followed(gateway);
    ColumnRules columns = new ColumnRules(seen, revision);
    List<Version> leaving = leaving(seen, before, next, confirmed);
    Scaling scaling = scalings.scaling(next);
    List<Version> serving = next.held();
    return new DeploymentPlan(
        settings.with(scaling),
        serving,
        scalings.resizes(scaling, serving),
        leaving,
        routes,
        seen.wantedSigning(),
        behind,
        routed,
        gateway,
        new StatusRules(settings.with(scaling), seen, wanted)
            .status(
                status,
                move,
                command.rollout().progress().traffic(seen.now()),
                command.last(),
                routes.revision(),
                gateway,
                columns.condition(status)),
        Stream.concat(events(move, status).stream(), columns.event(status).stream()).toList(),
        pace(move, settings.with(scaling), seen, leaving, behind),
        next.candidate().exists()
            ? next.progress().since().plus(settings.phaseDeadline())
            : idleDeadline(next));
  }

  /** When something changes while nothing is on trial: pods that were kept warm go, bounds fall. */
  private static Instant idleDeadline(Rollout rollout) {
    return rollout
        .coolings()
        .min(Comparator.naturalOrder())
        .orElseGet(() -> ScalingRules.end(rollout));
  }

  /**
   * The same plan, when the API server would not have a child: nothing advances past it. A rollout
   * that was to begin has begun, since some of its children may be there; its deadline does not run
   * until they all are.
   */
  static DeploymentPlan refused(
      DeploymentPlan plan,
      String words,
      ModelDeploymentSpec spec,
      ModelDeploymentStatus status,
      DeploymentObservation seen) {
    Rollout before = Rollout.of(status);
    Rollout next = Rollout.of(plan.status());
    boolean begins = next.stage() == Stage.STARTING && !next.candidate().equals(before.candidate());
    Move move =
        Move.stay(
            begins ? next : before,
            Phase.FAILED,
            Standing.stalled(
                CHILD_REFUSED,
                "the API server refuses an object that this deployment is made of: " + words));
    return new DeploymentPlan(
        plan.settings(),
        plan.serving(),
        plan.resizes(),
        plan.leaving(),
        plan.routes(),
        plan.signing(),
        plan.push(),
        plan.routed(),
        GatewayStep.NOTHING,
        new StatusRules(plan.settings(), seen, Wanted.of(spec, before, seen.model()))
            .status(
                status,
                move,
                Traffic.NONE,
                Command.of(status),
                revision(status),
                GatewayStep.NOTHING,
                new ColumnRules(seen, revision(status)).condition(status)),
        begins ? plan.events() : List.of(),
        Pace.SLOW,
        plan.deadline());
  }

  /** A golden case that is at fault is told when that is seen, and when it is another fault. */
  private static List<EventDraft> events(Move move, ModelDeploymentStatus status) {
    Standing standing = move.standing();
    boolean said =
        status != null
            && status.conditions() != null
            && status.conditions().stream()
                .anyMatch(
                    c ->
                        standing.reason().equals(c.reason())
                            && standing.message().equals(c.message()));
    return said || !standing.reason().equals(Moves.INVALID_GOLDEN_CASE)
        ? move.events()
        : Stream.concat(
                move.events().stream(),
                Stream.of(EventDraft.warning(standing.reason(), standing.message())))
            .toList();
  }

  private static long revision(ModelDeploymentStatus status) {
    return status == null || status.rollout() == null || status.rollout().revision() == null
        ? 0
        : status.rollout().revision();
  }

  /** After a suspension or a refusal, and for an edited spec, the deadline begins anew. */
  private static Rollout before(
      Settings settings, ModelDeploymentStatus status, DeploymentObservation seen) {
    Rollout rollout = settings.window().remember(Rollout.of(status), seen.now());
    if (!rollout.candidate().exists()) {
      return rollout;
    }
    boolean resumed = Phase.SUSPENDED.word().equals(status.phase()) && !settings.suspended();
    boolean edited = !Objects.equals(status.observedGeneration(), seen.generation());
    return resumed || edited || wasRefused(status)
        ? rollout.with(rollout.progress().restartClock(seen.now()))
        : rollout;
  }

  private static boolean wasRefused(ModelDeploymentStatus status) {
    return status.conditions().stream().anyMatch(c -> CHILD_REFUSED.equals(c.reason()));
  }

  private static Move decide(
      Settings settings,
      DeploymentObservation seen,
      Rollout rollout,
      Wanted wanted,
      Moves moves,
      Evidence evidence) {
    Optional<GatewaySight.Unavailable> missing = seen.gateway().missing();
    if (!settings.paired() && missing.isPresent()) {
      return Move.stay(
          rollout,
          rollout.candidate().exists() ? Phase.HELD : Phase.FAILED,
          Standing.stalled(
              missing.get().reason(), missing.get().message() + IdleRules.goesOn(rollout)));
    }
    IdleRules idle = new IdleRules(settings, seen, wanted);
    if (!rollout.candidate().exists()) {
      return idle.next(rollout);
    }
    if (wanted instanceof Wanted.Found found && !found.version().equals(rollout.candidate())) {
      return idle.next(rollout.abandon(seen.now()))
          .after(
              EventDraft.normal(
                  "Superseded",
                  "%s gives way to %s".formatted(rollout.candidate(), found.version())));
    }
    return new TrialRules(settings, seen, moves, evidence).next(rollout);
  }

  /**
   * Versions that have pods and are named neither by the status that was read nor by the one that
   * is written: their pods go once the routes are confirmed.
   */
  private static List<Version> leaving(
      DeploymentObservation seen, Rollout before, Rollout next, boolean confirmed) {
    return seen.predictors().stream()
        .map(Predictors::version)
        .filter(v -> !next.holds(v))
        .filter(v -> !confirmed || before.holds(v))
        .toList();
  }

  private static Pace pace(
      Move move,
      Settings settings,
      DeploymentObservation seen,
      List<Version> leaving,
      List<Router> behind) {
    boolean leaves = settings.paired() && seen.gateway() instanceof GatewaySight.Present;
    if (!behind.isEmpty() || !leaving.isEmpty() || leaves) {
      return Pace.QUICK;
    }
    return switch (move.phase()) {
      case STARTING ->
          seen.predictorsOf(move.next().candidate()).canServe(settings.scaling())
              ? Pace.QUICK
              : Pace.DEADLINE;
      case GOLDEN, REPLAY, SHADOW, CANARY, BAKING, PROMOTING -> Pace.QUICK;
      case AWAITING_APPROVAL, HELD, PAUSED -> Pace.SLOW;
      case SUSPENDED -> move.next().candidate().exists() ? Pace.SLOW : idle(move, settings);
      case PENDING, STABLE, ROLLED_BACK, FAILED -> idle(move, settings);
    };
  }

  private static Pace idle(Move move, Settings settings) {
    if (!settings.paired()) {
      return move.standing().ready() ? Pace.RARE : Pace.SLOW;
    }
    boolean waits = settings.scaling().isRaised() || move.next().coolings().findAny().isPresent();
    return waits && !move.next().candidate().exists() ? Pace.DEADLINE : Pace.EVENTS;
  }
}
