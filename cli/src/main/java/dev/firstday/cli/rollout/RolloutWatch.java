package dev.firstday.cli.rollout;

import dev.firstday.api.ModelDeployment;
import dev.firstday.cli.cluster.Cluster;
import dev.firstday.cli.cluster.Sightings;
import dev.firstday.cli.terminal.CommandFailure;
import dev.firstday.cli.terminal.Output;
import java.time.Clock;

/** Follows a Deployment, and tells what changes. */
record RolloutWatch(Cluster cluster, Clock clock, Output output) {

  /**
   * @return how it ended
   * @throws CommandFailure when there is none of that name, or no longer, or no cluster that
   *     answers
   */
  Ending follow(String name) throws CommandFailure {
    ModelDeployment last =
        new Sightings<>(cluster, ModelDeployment.class, name)
            .follow(
                (before, now) -> {
                  output.lines(WatchView.lines(before, now, clock.instant(), output.style()));
                  return Ending.of(now) != Ending.NONE;
                });
    return Ending.of(last);
  }
}
