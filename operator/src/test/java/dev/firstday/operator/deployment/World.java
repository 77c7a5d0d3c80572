package dev.firstday.operator.deployment;

import dev.firstday.api.Capture;
import dev.firstday.api.Comparison;
import dev.firstday.api.Comparison.Tally;
import dev.firstday.api.Condition;
import dev.firstday.api.GoldenCase;
import dev.firstday.api.GoldenResults;
import dev.firstday.api.ModelDeploymentSpec;
import dev.firstday.api.ModelDeploymentSpec.Checks;
import dev.firstday.api.ModelDeploymentSpec.Step;
import dev.firstday.api.ModelDeploymentSpec.Track;
import dev.firstday.api.ModelDeploymentSpec.Undecided;
import dev.firstday.api.ModelDeploymentStatus;
import dev.firstday.api.ModelVersion;
import dev.firstday.api.PairCheck;
import dev.firstday.api.Signing;
import dev.firstday.api.VersionHealth;
import dev.firstday.contract.Contract;
import dev.firstday.contract.Routes;
import dev.firstday.operator.Samples;
import dev.firstday.operator.deployment.DeploymentObservation.ModelSight;
import dev.firstday.operator.deployment.DeploymentObservation.Predictors;
import dev.firstday.operator.deployment.DeploymentObservation.Router;
import dev.firstday.operator.deployment.DeploymentObservation.Size;
import dev.firstday.operator.deployment.DeploymentObservation.Trouble;
import dev.firstday.operator.deployment.gateway.GatewaySight;
import dev.firstday.operator.deployment.gateway.GatewayStep;
import dev.firstday.operator.deployment.metrics.MetricAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A cluster as plain values: it does what a plan says, and is looked at by the next pass. Tests say
 * what goes wrong in it.
 */
final class World {
  private static final Capture CAPTURE = new Capture(null, null, null, null);
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private static final Size ONE_POD = new Size(1, false, 1, true);

  Instant now = START;
  long generation = 1;
  ModelDeploymentSpec spec = spec(null, Track.NEWEST, List.of(10, 50), Undecided.HOLD, false);
  ModelDeploymentStatus status;
  boolean modelFound = true;
  List<GoldenCase> golden = List.of();
  final List<Version> recorded = new ArrayList<>();
  final Map<Version, Optional<VersionHealth>> health = new LinkedHashMap<>();
  final Map<String, Integer> aliases = new LinkedHashMap<>();
  final Set<Version> running = new LinkedHashSet<>();
  final Map<Version, Size> sizes = new LinkedHashMap<>();
  final Set<Integer> marked = new LinkedHashSet<>();
  final Set<Version> broken = new LinkedHashSet<>();
  final Map<Version, Trouble> troubles = new LinkedHashMap<>();
  final List<FakeRouter> routers = new ArrayList<>(List.of(new FakeRouter("router-0")));
  Routes routes = DeploymentObservation.NO_ROUTES;
  Signing signing = Signing.NONE;
  Signing told = Signing.NONE;
  GatewaySight gateway = GatewaySight.UNUSED;
  boolean gatewayLags;
  String refusal = "";
  String command = "";
  final Map<String, MetricAnswer> metrics = new LinkedHashMap<>();
  int writes;

  static Version version(int number) {
    return new Version(number, Contract.digest(number));
  }

  static ModelDeploymentSpec spec(
      Integer version, String track, List<Integer> weights, Undecided undecided, boolean suspend) {
    return spec(
        version,
        track,
        new ModelDeploymentSpec.Rollout(
            null,
            null,
            weights.stream().map(weight -> new Step(weight, null)).toList(),
            new Checks(5.0, 20.0, 3.0, null, 5.0, 0.5, null, null, null, null, null),
            null,
            null,
            600L,
            undecided,
            null),
        suspend);
  }

  static ModelDeploymentSpec spec(
      Integer version, String track, ModelDeploymentSpec.Rollout rollout, boolean suspend) {
    return new ModelDeploymentSpec(
        "late-arrival",
        version,
        track,
        null,
        null,
        null,
        null,
        rollout,
        rollout.replay() == null ? null : CAPTURE,
        suspend);
  }

  /** The same spec with an autoscaler. */
  World autoscale(int least, int most) {
    return edit(Specs.autoscaled(spec, least, most, null));
  }

  World record(int number) {
    recorded.add(version(number));
    return this;
  }

  World edit(ModelDeploymentSpec edited) {
    spec = edited;
    generation++;
    return this;
  }

  World after(Duration time) {
    now = now.plus(time);
    return this;
  }

  World golden(Comparison counts) {
    routers.forEach(r -> r.golden = counts);
    return this;
  }

  World cases(GoldenResults results) {
    routers.forEach(r -> r.cases = results);
    return this;
  }

  World replay(Comparison counts) {
    routers.forEach(r -> r.replay = counts);
    return this;
  }

  World live(Comparison counts) {
    routers.forEach(r -> r.live = counts);
    return this;
  }

  /** So many requests with a row each, of which the first are bad in each way. */
  static Comparison counts(long requests, long errors, long slow, long disagreements) {
    Map<PairCheck, Long> bad =
        Map.of(
            PairCheck.ERRORS, errors, PairCheck.SLOW, slow, PairCheck.DISAGREEMENT, disagreements);
    Map<String, Tally> checks = new TreeMap<>();
    for (PairCheck check : PairCheck.values()) {
      if (check != PairCheck.SCORE && check != PairCheck.LABELS) {
        long count = bad.getOrDefault(check, 0L);
        checks.put(
            check.word(), new Tally(requests, count, count > 0 ? List.of("request-1") : List.of()));
      }
    }
    return new Comparison(true, requests, 0, checks);
  }

  /** Observe, plan, act, status. */
  DeploymentPlan pass() {
    DeploymentObservation seen = seen();
    DeploymentPlan plan = DeploymentPlanner.plan(spec, status, seen);
    return refusal.isEmpty() ? accept(plan) : refuse(plan, seen);
  }

  private DeploymentPlan accept(DeploymentPlan plan) {
    Set<Version> kept = new LinkedHashSet<>(plan.serving());
    kept.addAll(plan.leaving());
    change(!running.equals(kept));
    running.retainAll(kept);
    running.addAll(plan.serving());
    sizes.keySet().retainAll(kept);
    plan.resizes().forEach(resize -> resized(resize.version(), resize.replicas()));
    change(plan.routed() && !(plan.routes().equals(routes) && plan.signing().equals(told)));
    if (plan.routed()) {
      routes = plan.routes();
      told = plan.signing();
    }
    share(plan.gateway());
    routers.stream()
        .filter(r -> !r.silent)
        .filter(r -> plan.push().stream().anyMatch(p -> p.pod().equals(r.name)))
        .forEach(r -> r.follow(plan.routes()));
    return write(plan);
  }

  /** What a Gateway makes of it. */
  private void share(GatewayStep step) {
    GatewaySight before = gateway;
    if (step instanceof GatewayStep.Write write) {
      gateway =
          new GatewaySight.Present(
              "late", write.weights(), !gatewayLags, "", gateway.missing().orElse(null));
    } else if (step instanceof GatewayStep.Remove) {
      gateway = new GatewaySight.Missing("late");
    }
    change(!gateway.equals(before));
  }

  /** So many pods are asked for; they are not ready at once. */
  private void resized(Version version, int replicas) {
    Size size = sizes.getOrDefault(version, ONE_POD);
    sizes.put(version, new Size(replicas, false, Math.min(size.ready(), replicas), true));
    writes++;
  }

  /** So many of a version's pods are asked for and ready. */
  World pods(int version, int replicas, int ready) {
    sizes.put(version(version), new Size(replicas, false, ready, true));
    return this;
  }

  /** A version's Service and the routes are made, its Deployment is not. */
  private DeploymentPlan refuse(DeploymentPlan plan, DeploymentObservation seen) {
    change(running.addAll(plan.serving()));
    change(!plan.routes().equals(routes));
    routes = plan.routes();
    return write(DeploymentPlanner.refused(plan, refusal, spec, status, seen));
  }

  private DeploymentPlan write(DeploymentPlan plan) {
    change(!plan.status().equals(status));
    status = plan.status();
    return plan;
  }

  /** Passes, a second apart, until two in a row change nothing. */
  World settle() {
    int quiet = 0;
    for (int i = 0; i < 50 && quiet < 2; i++) {
      int before = writes;
      pass();
      after(Duration.ofSeconds(1));
      quiet = writes == before ? quiet + 1 : 0;
    }
    if (quiet < 2) {
      throw new AssertionError("fifty passes, and still something changes: " + status);
    }
    return this;
  }

  /** The first version, promoted. */
  World stable(int number) {
    record(number).settle().golden(counts(20, 0, 0, 0)).settle();
    return this;
  }

  private void change(boolean changed) {
    writes += changed ? 1 : 0;
  }

  DeploymentObservation seen() {
    return new DeploymentObservation(
        "late",
        now,
        generation,
        command,
        modelFound
            ? new ModelSight(
                true,
                recorded.stream()
                    .sorted(Comparator.comparingInt(Version::number).reversed())
                    .map(World::recorded)
                    .toList(),
                recorded.stream().map(this::health).flatMap(Optional::stream).toList(),
                aliases,
                golden,
                List.copyOf(marked),
                signing,
                List.of())
            : ModelSight.none(List.of("late-arrivals")),
        running.stream().map(this::predictors).toList(),
        routers.stream().map(r -> new Router(r.name, "10.0.0.9", r.answer())).toList(),
        routes,
        told,
        "http://flights.demo.svc",
        !routers.isEmpty(),
        gateway,
        metrics);
  }

  /** An inspection passes every version, unless a test says otherwise. */
  private Optional<VersionHealth> health(Version version) {
    return health.getOrDefault(version, Optional.of(Samples.passed(recorded(version))));
  }

  private static ModelVersion recorded(Version version) {
    return new ModelVersion(
        version.number(),
        version.digest(),
        "flights/" + (version.number() + 1),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        "run-" + version.number(),
        START);
  }

  private Predictors predictors(Version version) {
    boolean good = !broken.contains(version);
    return new Predictors(
        version,
        "10.1.0." + version.number() + ":80",
        good ? sizes.getOrDefault(version, ONE_POD) : new Size(1, false, 0, true),
        good
            ? DeploymentObservation.NO_TROUBLE
            : troubles.getOrDefault(version, DeploymentObservation.NO_TROUBLE),
        "");
  }

  String phase() {
    return status.phase();
  }

  Condition condition(String type) {
    return status.condition(type).orElseThrow();
  }

  int stableNumber() {
    return status.stable() == null ? 0 : status.stable().number();
  }

  int candidateNumber() {
    return status.candidate() == null ? 0 : status.candidate().number();
  }

  int candidateWeight() {
    return status.candidate() == null ? 0 : status.candidate().weight();
  }
}
