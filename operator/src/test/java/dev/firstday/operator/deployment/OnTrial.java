package dev.firstday.operator.deployment;

import static dev.firstday.operator.deployment.World.counts;

import dev.firstday.api.ModelDeploymentSpec.Replay;
import dev.firstday.api.ModelDeploymentSpec.Rollout;
import dev.firstday.api.ModelDeploymentSpec.Shadow;
import dev.firstday.api.ModelDeploymentSpec.Step;
import dev.firstday.api.ModelDeploymentSpec.Track;
import java.time.Duration;
import java.util.List;

/** Version 2 beside a stable version 1, in any phase that a candidate may be in. */
final class OnTrial {
  private static final Rollout EACH_STAGE =
      new Rollout(
          new Replay(null, null),
          new Shadow(100),
          List.of(new Step(10, null), new Step(60, true)),
          null,
          null,
          300L,
          null,
          null,
          null);

  private OnTrial() {}

  static World in(Phase phase) {
    World world = new World();
    world.edit(World.spec(null, Track.NEWEST, EACH_STAGE, false)).stable(1).record(2);
    switch (phase) {
      case STARTING -> world.broken.add(World.version(2));
      case GOLDEN -> {}
      case REPLAY -> replayed(world);
      case SHADOW -> shadowed(world);
      case CANARY -> stepped(world);
      case AWAITING_APPROVAL -> stepped(world).live(counts(200, 0, 0, 0));
      case HELD -> stepped(world).after(Duration.ofHours(1));
      case PAUSED -> stepped(world).command = "pause 1";
      case SUSPENDED -> stepped(world).edit(World.spec(null, Track.NEWEST, EACH_STAGE, true));
      case BAKING -> baked(world);
      case PENDING, PROMOTING, STABLE, ROLLED_BACK, FAILED ->
          throw new IllegalArgumentException("nothing is on trial in phase " + phase);
    }
    world.settle();
    if (!world.phase().equals(phase.word()) || world.candidateNumber() != 2) {
      throw new AssertionError("not in phase " + phase + ": " + world.status);
    }
    return world;
  }

  private static World replayed(World world) {
    return world.settle().golden(counts(20, 0, 0, 0));
  }

  private static World shadowed(World world) {
    return replayed(world).settle().replay(counts(50, 0, 0, 0));
  }

  private static World stepped(World world) {
    return shadowed(world).settle().live(counts(100, 0, 0, 0)).settle();
  }

  private static void baked(World world) {
    stepped(world).live(counts(200, 0, 0, 0)).settle().command = "approve 1";
    world.settle().live(counts(300, 0, 0, 0));
  }
}
