package dev.firstday.cli.cluster;

import dev.firstday.cli.terminal.CommandFailure;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BooleanSupplier;

/**
 * A resource as it is now, and again whenever it has changed, by a watch.
 *
 * @param <R> its kind
 */
public final class Sightings<R extends CustomResource<?, ?>> {
  private final Cluster cluster;
  private final Class<R> kind;
  private final String name;

  public Sightings(Cluster cluster, Class<R> kind, String name) {
    this.cluster = cluster;
    this.kind = kind;
    this.name = name;
  }

  /** What becomes of each sight. */
  public interface Look<R> {
    /**
     * @param before null at the first sight
     * @return whether it is the last
     */
    boolean isLast(R before, R now) throws CommandFailure;
  }

  /**
   * Hands on each sight with the one before, until one is said to be the last.
   *
   * @return the last one
   * @throws CommandFailure when there is none of that name, or no longer, it cannot be read, or no
   *     cluster answers
   */
  public R follow(Look<R> look) throws CommandFailure {
    // tells of a wrong name; an informer would wait for it to appear
    R known = cluster.get(kind, name);
    Queue<R> queue = new Queue<>(new LinkedBlockingQueue<>());
    try (SharedIndexInformer<R> informer = cluster.resource(kind, name).inform(queue)) {
      return follow(known, queue, informer::isRunning, look);
    } catch (KubernetesClientException e) {
      throw cluster.away(e);
    }
  }

  /** The same, with a look at the same sight again whenever the other resource has changed. */
  public R follow(Class<? extends CustomResource<?, ?>> otherKind, String other, Look<R> look)
      throws CommandFailure {
    R known = cluster.get(kind, name);
    Queue<R> queue = new Queue<>(new LinkedBlockingQueue<>());
    try (SharedIndexInformer<R> informer = cluster.resource(kind, name).inform(queue);
        SharedIndexInformer<?> beside = beside(otherKind, other, queue)) {
      return follow(known, queue, () -> informer.isRunning() && beside.isRunning(), look);
    } catch (KubernetesClientException e) {
      throw cluster.away(e);
    }
  }

  private <S extends CustomResource<?, ?>> SharedIndexInformer<S> beside(
      Class<S> otherKind, String other, Queue<R> queue) {
    return cluster.resource(otherKind, other).inform(new Again<>(queue));
  }

  private R follow(R known, Queue<R> queue, BooleanSupplier isRunning, Look<R> look)
      throws CommandFailure {
    R before = null;
    while (isRunning.getAsBoolean()) {
      R now = queue.next(before, HasMetadata.getKind(kind) + " " + name);
      if (now == null || isOlder(Cluster.readable(now), known)) {
        continue;
      }
      if (look.isLast(before, now)) {
        return now;
      }
      before = now;
    }
    throw new CommandFailure("the watch of " + name + " has ended; begin it again");
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

  /**
   * What the watch has seen.
   *
   * @param resource null: none, it was deleted; or, with again, the one of before
   */
  private record News<R>(R resource, boolean again) {}

  /** What the watch has seen, in order. */
  private record Queue<R>(BlockingQueue<News<R>> seen) implements ResourceEventHandler<R> {

    @Override
    public void onAdd(R added) {
      seen.add(new News<>(added, false));
    }

    @Override
    public void onUpdate(R old, R updated) {
      seen.add(new News<>(updated, false));
    }

    @Override
    public void onDelete(R deleted, boolean isStale) {
      seen.add(new News<>(null, false));
    }

    /** Null when it is the one of before again, and there was none yet. */
    private R next(R before, String what) throws CommandFailure {
      try {
        News<R> news = seen.take();
        if (news.again()) {
          return before;
        }
        if (news.resource() == null) {
          throw new CommandFailure(what + " was deleted meanwhile");
        }
        return news.resource();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CommandFailure("interrupted", e);
      }
    }
  }

  /** That another resource has changed. */
  private record Again<S, R>(Queue<R> queue) implements ResourceEventHandler<S> {

    @Override
    public void onAdd(S added) {
      again();
    }

    @Override
    public void onUpdate(S old, S updated) {
      again();
    }

    @Override
    public void onDelete(S deleted, boolean isStale) {
      again();
    }

    private void again() {
      queue.seen().add(new News<>(null, true));
    }
  }
}
