package dev.firstday.cli.rollout;

import dev.firstday.api.Model;
import dev.firstday.api.ModelDeployment;
import dev.firstday.api.TrainingJob;
import dev.firstday.cli.cluster.Cluster;
import dev.firstday.cli.cluster.Sightings;
import dev.firstday.cli.terminal.CommandFailure;
import dev.firstday.cli.terminal.Output;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.util.Optional;

/** Follows a Deployment, and tells what changes. */
record RolloutWatch(Cluster cluster, Clock clock, Output output) {

  /**
   * @return how it ended
   * @throws CommandFailure when there is none of that name, or no longer, or no cluster that
   *     answers
   */
  Ending follow(String name) throws CommandFailure {
    String model = cluster.get(ModelDeployment.class, name).getSpec().model();
    Follower follower = new Follower(model);
    ModelDeployment last =
        new Sightings<>(cluster, ModelDeployment.class, name).follow(Model.class, model, follower);
    return Ending.of(last);
  }

  /** Remembers what is waited for, so that it is told once. */
  private final class Follower implements Sightings.Look<ModelDeployment> {
    private final String model;
    private String told = "";

    Follower(String model) {
      this.model = model;
    }

    @Override
    public boolean isLast(ModelDeployment before, ModelDeployment now) throws CommandFailure {
      output.lines(WatchView.lines(before, now, clock.instant(), output.style()));
      if (Ending.of(now) == Ending.NONE) {
        told = "";
        return false;
      }
      Optional<String> next = successor(now);
      next.filter(words -> !words.equals(told))
          .ifPresent(
              words -> output.line(WatchView.waiting(words, clock.instant(), output.style())));
      told = next.orElse("");
      return next.isEmpty();
    }

    private Optional<String> successor(ModelDeployment deployment) throws CommandFailure {
      try {
        // not what an informer knows: the version may be there, and its news still on the way
        return Optional.ofNullable(cluster.resource(Model.class, model).get())
            .flatMap(
                there ->
                    Successor.of(
                        deployment,
                        there,
                        cluster
                            .client()
                            .resources(TrainingJob.class)
                            .inNamespace(cluster.namespace())
                            .list()
                            .getItems()));
      } catch (KubernetesClientException e) {
        throw cluster.away(e);
      }
    }
  }
}
