package dev.firstday.operator.deployment;

import dev.firstday.api.ModelDeploymentStatus;
import dev.firstday.contract.Routes;
import dev.firstday.operator.deployment.DeploymentObservation.Router;
import dev.firstday.operator.kube.EventDraft;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a pass does.
 *
 * @param settings the spec, completed
 * @param serving versions that get pods
 * @param leaving versions whose pods stay as they are until every router has let go of them
 * @param routes what routers are to do
 * @param push router pods that do not follow these routes yet
 * @param routed whether there is anything to route, and so a router
 */
record DeploymentPlan(
    Settings settings,
    List<Version> serving,
    List<Version> leaving,
    Routes routes,
    List<Router> push,
    boolean routed,
    ModelDeploymentStatus status,
    List<EventDraft> events,
    Pace pace) {

  /** How soon the next pass is due when nothing else happens. */
  enum Pace {
    /** Something moves. */
    QUICK(Duration.ofSeconds(1)),
    /** Evidence may come. */
    SLOW(Duration.ofSeconds(5)),
    /** All is well until an object changes. */
    EVENTS(Duration.ZERO);

    private final Duration delay;

    Pace(Duration delay) {
      this.delay = delay;
    }
  }

  Optional<Instant> wakeUp(Instant now) {
    return pace == Pace.EVENTS ? Optional.empty() : Optional.of(now.plus(pace.delay));
  }
}
