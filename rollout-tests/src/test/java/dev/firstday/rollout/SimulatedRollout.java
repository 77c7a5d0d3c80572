package dev.firstday.rollout;

import dev.firstday.api.ModelDeploymentSpec;
import dev.firstday.api.ModelDeploymentStatus.Rejection;
import dev.firstday.contract.Contract;
import dev.firstday.contract.RouterReport;
import dev.firstday.contract.Routes;
import dev.firstday.operator.deployment.SimulatedCluster;
import dev.firstday.server.http.Call;
import dev.firstday.server.route.SimulatedRouter;
import dev.firstday.server.route.SimulatedVersion;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * A rollout from its beginning to its end, with callers, two routers and an operator, on a fake
 * clock: what takes hours takes milliseconds.
 */
final class SimulatedRollout {
  private static final int ROUTERS = 2;
  private static final double SECONDS_A_PASS = 1;

  /** How often what a version says of a row is the truth. */
  private static final double RIGHT = 0.8;

  private final SplittableRandom random;
  private final SimulatedClock clock;
  private final Callers callers;
  private final Map<String, SimulatedVersion> versions;
  private final List<RouterProcess> routers = new ArrayList<>();
  private final SimulatedCluster cluster;
  private int callersFailed;
  private int labelled;

  /**
   * Who asks.
   *
   * @param perSecond requests
   * @param mostRows of a request
   * @param keys that callers have; 0: none
   * @param labelled share of the requests whose labels come later
   * @param routerRestarts whether a router begins anew in the midst of it
   * @param mostRequests after which the rollout is left undecided
   */
  record Callers(
      double perSecond,
      int mostRows,
      int keys,
      double labelled,
      boolean routerRestarts,
      int mostRequests) {}

  enum End {
    PROMOTED,
    ROLLED_BACK,
    UNDECIDED
  }

  /**
   * How it ended.
   *
   * @param reason of a rollback; empty without one
   * @param message that goes with it
   * @param pairs golden and callers' requests that were compared by then
   * @param callersFailed callers' requests that were not answered well
   * @param labelled requests whose labels were taken
   */
  record Result(
      End end, String reason, String message, long pairs, int callersFailed, int labelled) {}

  /**
   * @param random of callers and routers
   * @param clock that the versions go by
   */
  SimulatedRollout(
      ModelDeploymentSpec.Rollout spec,
      SimulatedVersion stable,
      SimulatedVersion candidate,
      Callers callers,
      SplittableRandom random,
      SimulatedClock clock) {
    this.random = random;
    this.clock = clock;
    this.callers = callers;
    this.versions =
        Map.of(SimulatedCluster.digest(1), stable, SimulatedCluster.digest(2), candidate);
    List<Supplier<SimulatedCluster.Process>> images = new ArrayList<>();
    for (int i = 0; i < ROUTERS; i++) {
      int place = i;
      routers.add(null);
      images.add(() -> start(place));
    }
    this.cluster = new SimulatedCluster(spec, images);
  }

  private SimulatedCluster.Process start(int place) {
    RouterProcess before = routers.get(place);
    int lives = before == null ? 1 : before.lives() + 1;
    SplittableRandom own = random.split();
    RouterProcess process =
        new RouterProcess(
            new SimulatedRouter(place + "#" + lives, versions, own::nextDouble), lives);
    routers.set(place, process);
    return process;
  }

  private static final class RouterProcess implements SimulatedCluster.Process {
    private final SimulatedRouter router;
    private final int lives;
    private RouterReport onTrial;

    RouterProcess(SimulatedRouter router, int lives) {
      this.router = router;
      this.lives = lives;
    }

    int lives() {
      return lives;
    }

    @Override
    public void advance(Duration time) {
      router.advance(time);
    }

    @Override
    public RouterReport follow(Routes routes) {
      return router.follow(routes);
    }

    @Override
    public RouterReport report() {
      RouterReport report = router.report();
      if (report.candidateDigest() != null) {
        onTrial = report;
      }
      return report;
    }
  }

  Result run() {
    Traffic traffic = new Traffic(random.split(), callers.mostRows(), callers.keys());
    int restartAt = callers.routerRestarts() ? random.nextInt(1, 300) : 0;
    double passed = clock.seconds();
    for (int request = 1; request <= callers.mostRequests() && !cluster.over(); request++) {
      clock.advance(-Math.log(1 - random.nextDouble()) / callers.perSecond());
      if (clock.seconds() - passed >= SECONDS_A_PASS) {
        cluster.passAfter(SimulatedClock.duration(clock.seconds() - passed));
        passed = clock.seconds();
      }
      if (request == restartAt) {
        cluster.restart(random.nextInt(ROUTERS));
        cluster.passAfter(SimulatedClock.duration(0));
      }
      ask(traffic.next());
    }
    return result();
  }

  private void ask(Call call) {
    SimulatedRouter router = routers.get(random.nextInt(ROUTERS)).router;
    callersFailed += router.infer(call).status() == 200 ? 0 : 1;
    if (random.nextDouble() < callers.labelled()) {
      labelled += router.learn(labels(call)) ? 1 : 0;
    }
  }

  private Call labels(Call call) {
    List<Boolean> labels = new ArrayList<>();
    for (boolean late : SyntheticVersion.truth(call)) {
      labels.add(random.nextDouble() < RIGHT ? late : !late);
    }
    String body = Contract.write(Map.of("id", call.id(), "labels", labels));
    return Traffic.call("labels", body.getBytes(StandardCharsets.UTF_8));
  }

  private Result result() {
    long live = 0;
    long golden = 0;
    for (RouterProcess process : routers) {
      if (process.onTrial != null) {
        live += process.onTrial.live().requests();
        golden = Math.max(golden, process.onTrial.golden().requests());
      }
    }
    String reason = cluster.rejection().map(Rejection::reason).orElse("");
    String message = cluster.rejection().map(Rejection::message).orElse("");
    End end = !cluster.over() ? End.UNDECIDED : reason.isEmpty() ? End.PROMOTED : End.ROLLED_BACK;
    return new Result(end, reason, message, golden + live, callersFailed, labelled);
  }
}
