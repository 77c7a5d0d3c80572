package dev.firstday.operator.deployment;

import dev.firstday.api.ModelDeploymentStatus;
import dev.firstday.api.Signing;
import dev.firstday.contract.Routes;
import dev.firstday.operator.deployment.DeploymentObservation.Router;
import dev.firstday.operator.deployment.gateway.GatewayStep;
import dev.firstday.operator.kube.EventDraft;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a pass does.
 *
 * @param settings the spec, completed; with the bounds that the number of pods has for now
 * @param serving versions that get pods
 * @param resizes Deployments whose number of pods is set beside their autoscaler
 * @param leaving versions whose pods stay as they are until every router has let go of them
 * @param routes what routers are to do
 * @param signing what predictors that start from now on are told of signatures
 * @param push router pods that do not follow these routes yet
 * @param routed whether there is anything to route, and so a router
 * @param gateway what becomes of the HTTPRoute
 * @param deadline of the stage or step under way
 */
record DeploymentPlan(
    Settings settings,
    List<Version> serving,
    List<Resize> resizes,
    List<Version> leaving,
    Routes routes,
    Signing signing,
    List<Router> push,
    boolean routed,
    GatewayStep gateway,
    ModelDeploymentStatus status,
    List<EventDraft> events,
    Pace pace,
    Instant deadline) {
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration LATER = Duration.ofSeconds(5);
  private static final Duration RARELY = Duration.ofSeconds(30);

  /** So many pods from now on; its autoscaler may choose otherwise afterwards. */
  record Resize(Version version, int replicas) {}

  /** When the next pass is due if no object changes before. */
  enum Pace {
    /** Something moves that no object tells of: routers count. */
    QUICK,
    /** The same, but nobody waits for it. */
    SLOW,
    /** Objects tell of everything but the deadline. */
    DEADLINE,
    /** Something may change that nobody tells of: HTTPRoutes are not watched. */
    RARE,
    /** There is nothing to wait for. */
    EVENTS
  }

  /** Whether a version is on trial. */
  boolean comparing() {
    return status.candidate() != null;
  }

  Optional<Instant> wakeUp(Instant now) {
    return switch (pace) {
      case QUICK -> Optional.of(now.plus(SOON));
      case SLOW -> Optional.of(now.plus(LATER));
      case RARE -> Optional.of(now.plus(RARELY));
      case DEADLINE -> Optional.of(deadline);
      case EVENTS -> Optional.empty();
    };
  }
}
