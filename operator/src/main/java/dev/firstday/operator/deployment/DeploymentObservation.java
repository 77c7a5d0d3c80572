package dev.firstday.operator.deployment;

import dev.firstday.api.GoldenCase;
import dev.firstday.api.ModelVersion;
import dev.firstday.api.Signing;
import dev.firstday.api.VersionHealth;
import dev.firstday.contract.RouterReport;
import dev.firstday.contract.Routes;
import dev.firstday.operator.deployment.gateway.GatewaySight;
import dev.firstday.operator.deployment.metrics.MetricAnswer;
import dev.firstday.operator.deployment.routing.RouterAnswer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that a pass has seen beside the resource itself.
 *
 * @param name of the resource
 * @param generation of the resource's spec
 * @param command what the annotation {@code firstday.dev/rollout} says; empty without one
 * @param predictors of every version that has any, wanted or not
 * @param routers the router pods that may hold connections
 * @param routes as the ConfigMap has them; {@link #NO_ROUTES} when there is none
 * @param signing what new predictors are told of signatures, as the ConfigMap has it
 * @param endpoint where callers send requests; empty while the router has no address
 * @param routersReady whether a caller would be answered by a router
 * @param gateway the HTTPRoute by which callers come, if they do not come through the router
 * @param metrics answers to spec.rollout.checks.prometheus, by name; empty while nobody is on trial
 */
record DeploymentObservation(
    String name,
    Instant now,
    long generation,
    String command,
    ModelSight model,
    List<Predictors> predictors,
    List<Router> routers,
    Routes routes,
    Signing signing,
    String endpoint,
    boolean routersReady,
    GatewaySight gateway,
    Map<String, MetricAnswer> metrics) {
  static final Routes NO_ROUTES = new Routes("", 0, null, null, 0, null);

  /**
   * The Model that the spec names.
   *
   * @param versions those its status lists, newest first
   * @param health what inspections have found of them; one without is served to nobody yet
   * @param aliases the versions that they name, by their names
   * @param golden what every version has to answer
   * @param marked numbers of versions that retention is about to delete: nobody takes them up
   * @param signing whose signature a version has to have
   * @param others names of the namespace's Models, where there is none of the name
   */
  record ModelSight(
      boolean found,
      List<ModelVersion> versions,
      List<VersionHealth> health,
      Map<String, Integer> aliases,
      List<GoldenCase> golden,
      List<Integer> marked,
      Signing signing,
      List<String> others) {

    static ModelSight none(List<String> others) {
      return new ModelSight(
          false, List.of(), List.of(), Map.of(), List.of(), List.of(), Signing.NONE, others);
    }

    /** What the last inspection of the version found; empty: there was none. */
    Optional<VersionHealth> healthOf(Version version) {
      return health.stream().filter(h -> h.digest().equals(version.digest())).findFirst();
    }
  }

  /**
   * A version's pods and Service.
   *
   * @param address the Service's cluster address and port; empty when it has none yet
   * @param scalingProblem why the version's autoscaler does not work; empty when it does
   */
  record Predictors(
      Version version, String address, Size size, Trouble trouble, String scalingProblem) {

    /** Whether there are as many pods as there should be. */
    boolean complete(Scaling scaling) {
      return size.settled() && size.ready() >= scaling.atLeast();
    }

    boolean canServe(Scaling scaling) {
      return complete(scaling) && !address.isEmpty();
    }

    /** How many pods there are of how many, and what ails those that are missing. */
    String readiness(Scaling scaling, String pods) {
      return "%d of %d %s are ready%s"
          .formatted(
              size.ready(),
              scaling.nearest(size.replicas()),
              pods,
              trouble.words().isEmpty() ? "" : ": " + trouble.words());
    }
  }

  /**
   * A version's pods, counted.
   *
   * @param replicas that its Deployment asks for
   * @param operatorsOwn whether it asks for them because the operator says so
   * @param ready pods that answer
   * @param settled whether all pods are of the present template
   */
  record Size(int replicas, boolean operatorsOwn, int ready, boolean settled) {
    static final Size NONE = new Size(0, false, 0, false);
  }

  /** What keeps a pod from being ready. */
  sealed interface Trouble {
    /** For people; empty when there is nothing to say. */
    String words();

    /** It may pass: an image is being pulled, S3 was away. */
    record Passing(String words) implements Trouble {}

    /** A pod ends again and again, and does not say that waiting helps. */
    record CrashLoop(String words) implements Trouble {}

    /** The pod itself said that it cannot serve this version. */
    record Refusal(String reason, String words) implements Trouble {}
  }

  static final Trouble NO_TROUBLE = new Trouble.Passing("");

  /** A router pod that runs, and so may hold callers' connections. */
  record Router(String pod, String address, RouterAnswer answer) {}

  /** By whom a version has to be signed; a Model that is gone is taken at its last word. */
  Signing wantedSigning() {
    return model.found() ? model.signing() : signing;
  }

  /** The version's pods; of a version without any, none are ready. */
  Predictors predictorsOf(Version version) {
    return predictors.stream()
        .filter(p -> p.version().equals(version))
        .findFirst()
        .orElse(new Predictors(version, "", Size.NONE, NO_TROUBLE, ""));
  }

  /** What Prometheus said to the check of that name. */
  MetricAnswer metric(String check) {
    return metrics.getOrDefault(check, new MetricAnswer.NoData("not asked yet"));
  }

  /** The answers there are. */
  List<RouterReport> reports() {
    return routers.stream()
        .map(Router::answer)
        .filter(RouterAnswer.Reported.class::isInstance)
        .map(answer -> ((RouterAnswer.Reported) answer).report())
        .toList();
  }
}
