package dev.firstday.operator.deployment;

import dev.firstday.api.ModelDeploymentSpec;
import dev.firstday.api.ModelDeploymentSpec.Track;
import dev.firstday.api.ModelDeploymentStatus;
import dev.firstday.api.ModelDeploymentStatus.Rejection;
import dev.firstday.contract.Contract;
import dev.firstday.contract.RouterReport;
import dev.firstday.contract.Routes;
import dev.firstday.operator.deployment.routing.RouterAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A Deployment in a cluster of plain values, planned by the real planner, with router pods whose
 * processes a test brings. Version 1 is stable and version 2 the one that is tried.
 */
public final class SimulatedCluster {
  private final World world = new World();
  private final List<Pod> pods = new ArrayList<>();

  /** The process in a router's pod. */
  public interface Process {
    void advance(Duration time);

    RouterReport follow(Routes routes);

    RouterReport report();
  }

  private static final int PASSES_TO_START = 100;

  private static final class Pod extends FakeRouter {
    private final Supplier<Process> image;
    private Process process;

    Pod(String name, Supplier<Process> image) {
      super(name);
      this.image = image;
      this.process = image.get();
    }

    @Override
    void follow(Routes offered) {
      routes = offered;
      process.follow(offered);
    }

    @Override
    void restart() {
      super.restart();
      process = image.get();
    }

    @Override
    RouterAnswer answer() {
      return new RouterAnswer.Reported(process.report());
    }
  }

  /**
   * @param images of the router pods
   */
  public SimulatedCluster(ModelDeploymentSpec.Rollout rollout, List<Supplier<Process>> images) {
    world.edit(World.spec(null, Track.NEWEST, rollout, false));
    world.routers.clear();
    for (int i = 0; i < images.size(); i++) {
      pods.add(new Pod("router-" + i, images.get(i)));
    }
    world.routers.addAll(pods);
    world.record(1);
    passAfter(Duration.ZERO);
    for (int i = 0; i < PASSES_TO_START && world.stableNumber() == 0; i++) {
      passAfter(Duration.ofSeconds(1));
    }
    if (world.stableNumber() == 0) {
      throw new AssertionError("version 1 does not serve: " + world.status);
    }
    world.record(2);
  }

  /** What names a version in routes. */
  public static String digest(int version) {
    return World.version(version).digest();
  }

  public Instant now() {
    return world.now;
  }

  /** The operator looks again after that time; its status goes as JSON. */
  public void passAfter(Duration time) {
    pods.forEach(pod -> pod.process.advance(time));
    world.after(time).pass();
    world.status = Contract.read(Contract.write(world.status), ModelDeploymentStatus.class);
  }

  /** The router's process ends, and another one begins. */
  public void restart(int router) {
    pods.get(router).restart();
  }

  public String phase() {
    return world.phase();
  }

  /** Whether version 2 has been decided upon. */
  public boolean over() {
    return world.candidateNumber() == 0 && (rejection().isPresent() || world.stableNumber() == 2);
  }

  /** Why version 2 was rolled back. */
  public Optional<Rejection> rejection() {
    return Optional.ofNullable(world.status.rejected()).flatMap(all -> all.stream().findFirst());
  }
}
