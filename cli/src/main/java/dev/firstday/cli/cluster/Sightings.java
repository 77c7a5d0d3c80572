package dev.firstday.cli.cluster;

import dev.firstday.cli.terminal.CommandFailure;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BiPredicate;

/** A resource as it is now, and again whenever it has changed, by a watch. */
public final class Sightings<R extends CustomResource<?, ?>> {
  private final Cluster cluster;
  private final Class<R> kind;
  private final String name;

  public Sightings(Cluster cluster, Class<R> kind, String name) {
    this.cluster = cluster;
    this.kind = kind;
    this.name = name;
  }

  /**
   * Hands on each sight with the one before, until one is said to be the last.
   *
   * @param isLast gets null before the first
   * @return the last one
   * @throws CommandFailure when there is none of that name, or no longer, it cannot be read, or no
   *     cluster answers
   */
  public R follow(BiPredicate<R, R> isLast) throws CommandFailure {
    // tells of a wrong name; an informer would wait for it to appear
    R known = cluster.get(kind, name);
    Queue<R> queue = new Queue<>(new LinkedBlockingQueue<>());
    try (SharedIndexInformer<R> informer = cluster.resource(kind, name).inform(queue)) {
      R before = null;
      while (informer.isRunning()) {
        R now = Cluster.readable(queue.next(HasMetadata.getKind(kind) + " " + name));
        if (isOlder(now, known)) {
          continue;
        }
        if (isLast.test(before, now)) {
          return now;
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
  private boolean isOlder(R seen, R known) {
    return version(seen) < version(known);
  }

  /** Resource versions of one resource are numbers that grow. */
  private long version(R resource) {
    return Long.parseLong(resource.getMetadata().getResourceVersion());
  }

  /** What the watch has seen, in order; nothing stands for a deletion. */
  private record Queue<R>(BlockingQueue<Optional<R>> seen) implements ResourceEventHandler<R> {

    @Override
    public void onAdd(R added) {
      seen.add(Optional.of(added));
    }

    @Override
    public void onUpdate(R old, R updated) {
      seen.add(Optional.of(updated));
    }

    @Override
    public void onDelete(R deleted, boolean isStale) {
      seen.add(Optional.empty());
    }

    private R next(String what) throws CommandFailure {
      try {
        return seen.take().orElseThrow(() -> new CommandFailure(what + " was deleted meanwhile"));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CommandFailure("interrupted", e);
      }
    }
  }
}
