package dev.firstday.operator.deployment;

import static dev.firstday.operator.deployment.World.counts;
import static dev.firstday.operator.deployment.World.spec;
import static dev.firstday.operator.deployment.World.version;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.ModelDeploymentSpec;
import dev.firstday.api.ModelDeploymentSpec.Replay;
import dev.firstday.api.ModelDeploymentSpec.RollbackWindow;
import dev.firstday.api.ModelDeploymentSpec.Shadow;
import dev.firstday.api.ModelDeploymentSpec.Step;
import dev.firstday.api.ModelDeploymentSpec.Track;
import dev.firstday.api.ModelDeploymentSpec.Undecided;
import dev.firstday.api.RolloutCommand;
import dev.firstday.contract.Routes;
import dev.firstday.operator.deployment.DeploymentObservation.Trouble;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Many rollouts, and what must hold in all of them. */
class RolloutWalksTest {
  static IntStream seeds() {
    return IntStream.range(0, 40);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whateverHappensNoTrafficGoesWhereItMustNot(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    World world = new World().stable(1);
    long revision = 0;
    for (int i = 0; i < 300; i++) {
      happen(random.nextInt(18), world, random);
      world.after(Duration.ofSeconds(random.nextInt(400)));
      world.pass();
      revision = checkInvariants(world, revision);
    }
    calmDown(world);
    assertThat(world.phase()).isIn("Stable", "RolledBack");
    int before = world.writes;
    world.after(Duration.ofHours(1)).pass();
    assertThat(world.writes).isEqualTo(before);
  }

  private static void happen(int event, World world, SplittableRandom random) {
    int newest = world.recorded.size();
    var router = world.routers.get(random.nextInt(world.routers.size()));
    switch (event) {
      case 0 -> world.record(newest + 1);
      case 1 -> router.silent = !router.silent;
      case 2 -> router.restart();
      case 3 -> world.routers.add(new FakeRouter("router-" + world.now.getEpochSecond()));
      case 4 -> {
        if (world.routers.size() > 1) {
          world.routers.remove(router);
        }
      }
      case 5 -> world.broken.add(version(newest));
      case 6 -> {
        world.broken.add(version(newest));
        world.troubles.put(version(newest), new Trouble.Refusal("ArtefactCorrupt", "corrupt"));
      }
      case 7 -> world.broken.clear();
      case 8 -> world.edit(world.spec);
      case 9 -> router.live = counts(50, random.nextInt(20), 0, 0);
      case 10 -> router.live = World.counts(300, 1, 2, 3);
      case 11 -> router.golden = counts(20, random.nextInt(10) / 9, 0, 0);
      case 12 ->
          world.edit(
              spec(
                  null,
                  Track.NEWEST,
                  random.nextBoolean() ? List.of(10, 50) : List.of(),
                  Undecided.values()[random.nextInt(3)],
                  random.nextInt(4) == 0));
      case 13 -> world.edit(withStages(random));
      case 14, 15 ->
          world.command =
              RolloutCommand.values()[random.nextInt(RolloutCommand.values().length)].word()
                  + " "
                  + world.now;
      case 16 -> router.replay = counts(60, random.nextInt(6) / 5 * 30, 0, 0);
      default ->
          world.edit(spec(1 + random.nextInt(newest), null, List.of(5), Undecided.HOLD, false));
    }
  }

  private static ModelDeploymentSpec withStages(SplittableRandom random) {
    return spec(
        null,
        Track.NEWEST,
        new ModelDeploymentSpec.Rollout(
            random.nextBoolean() ? new Replay(null, null) : null,
            random.nextBoolean() ? new Shadow(1 + random.nextInt(100)) : null,
            List.of(new Step(10, random.nextBoolean()), new Step(60, random.nextBoolean())),
            null,
            null,
            (long) random.nextInt(2) * 900,
            null,
            Undecided.values()[random.nextInt(3)],
            random.nextBoolean()
                ? new RollbackWindow(1 + random.nextInt(3), (long) random.nextInt(2) * 2000)
                : null),
        false);
  }

  private static long checkInvariants(World world, long revision) {
    Routes routes = world.routes;
    assertThat(routes.revision()).isGreaterThanOrEqualTo(revision);
    assertThat(routes.stable()).isNotNull();
    assertThat(world.running).contains(Version.of(world.status.stable()));
    if (world.status.previous() != null) {
      world.status.previous().stream()
          .filter(former -> former.warmUntil() != null)
          .forEach(former -> assertThat(world.running).contains(Version.of(former)));
    }
    if (routes.candidate() != null) {
      assertThat(world.running).contains(Version.of(world.status.candidate()));
      assertThat(routes.stable().weight() + routes.candidate().weight()).isEqualTo(100);
    }
    long generation = world.generation;
    Rollout rollout = Rollout.of(world.status);
    assertThat(routes.replay() != null).isEqualTo(rollout.stage() == Stage.REPLAY);
    if (world.candidateWeight() > 0) {
      assertThat(rollout.stage()).isIn(Stage.CANARY, Stage.BAKING);
    }
    assertThat(rollout.progress().counts().routers()).hasSizeLessThan(20);
    if (rollout.candidate().exists()) {
      assertThat(rollout.rejectionOf(rollout.candidate(), generation)).isEmpty();
    }
    world.routers.stream()
        .filter(r -> !r.silent)
        .forEach(
            r ->
                List.of(r.routes).stream()
                    .filter(followed -> followed.candidate() != null)
                    .filter(followed -> followed.revision() == routes.revision())
                    .forEach(
                        followed ->
                            assertThat(
                                    world.running.stream()
                                        .map(Version::digest)
                                        .anyMatch(followed.candidate().digest()::equals))
                                .isTrue()));
    return routes.revision();
  }

  /** Nothing goes wrong any more, and requests come. */
  private static void calmDown(World world) {
    world.broken.clear();
    world.routers.forEach(r -> r.silent = false);
    world.command = "resume " + world.now;
    world.edit(spec(null, Track.NEWEST, List.of(10, 50), Undecided.HOLD, false));
    for (int i = 0; i < 6; i++) {
      world.golden(counts(20, 0, 0, 0)).settle();
      world.live(counts(200L * (i + 1), 0, 0, 0)).settle();
    }
  }
}
