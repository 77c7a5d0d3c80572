package dev.firstday.cli.rollout;

import dev.firstday.api.ModelDeployment;
import dev.firstday.cli.cluster.Cluster;
import dev.firstday.cli.terminal.CommandFailure;
import dev.firstday.cli.terminal.Output;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Follows a Deployment by a watch, and tells what changes. */
final class RolloutWatch {
  private final Cluster cluster;
  private final Clock clock;
  private final Output output;

  RolloutWatch(Cluster cluster, Clock clock, Output output) {
    this.cluster = cluster;
    this.clock = clock;
    this.output = output;
  }

  /**
   * @return how it ended
   * @throws CommandFailure when there is none of that name, or no longer, or no cluster that
   *     answers
   */
  Ending follow(String name) throws CommandFailure {
    // tells of a wrong name; an informer would wait for it to appear
    ModelDeployment known = cluster.get(ModelDeployment.class, name);
    Sights sights = new Sights(new LinkedBlockingQueue<>());
    try (SharedIndexInformer<ModelDeployment> informer =
        cluster.resource(ModelDeployment.class, name).inform(sights)) {
      ModelDeployment before = null;
      while (informer.isRunning()) {
        ModelDeployment now = sights.next(name);
        if (isOlder(now, known)) {
          continue;
        }
        output.lines(WatchView.lines(before, now, clock.instant(), output.style()));
        if (Ending.of(now) != Ending.NONE) {
          return Ending.of(now);
        }
        before = now;
      }
      throw new CommandFailure("the watch of " + name + " has ended; begin it again");
    } catch (KubernetesClientException e) {
      throw cluster.away(e);
    }
  }

  /**
   * An informer begins with what the API server has in its cache, which may be a state of before
   * the last command.
   */
  private static boolean isOlder(ModelDeployment seen, ModelDeployment known) {
    return version(seen) < version(known);
  }

  /** Resource versions of one resource are numbers that grow. */
  private static long version(ModelDeployment deployment) {
    return Long.parseLong(deployment.getMetadata().getResourceVersion());
  }

  /** What the watch has seen, in order; nothing stands for a deletion. */
  private record Sights(BlockingQueue<Optional<ModelDeployment>> seen)
      implements ResourceEventHandler<ModelDeployment> {

    @Override
    public void onAdd(ModelDeployment added) {
      seen.add(Optional.of(added));
    }

    @Override
    public void onUpdate(ModelDeployment old, ModelDeployment updated) {
      seen.add(Optional.of(updated));
    }

    @Override
    public void onDelete(ModelDeployment deleted, boolean isStale) {
      seen.add(Optional.empty());
    }

    private ModelDeployment next(String name) throws CommandFailure {
      try {
        return seen.take()
            .orElseThrow(() -> new CommandFailure("Deployment " + name + " was deleted meanwhile"));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CommandFailure("interrupted", e);
      }
    }
  }
}
