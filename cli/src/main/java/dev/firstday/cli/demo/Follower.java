package dev.firstday.cli.demo;

import dev.firstday.api.Condition;
import dev.firstday.api.ResourceStatus;
import dev.firstday.cli.cluster.Cluster;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Follows a resource until it has settled. */
final class Follower {
  private static final long PERIOD_MILLIS = 200;

  private final Place place;
  private final Instant deadline;

  Follower(Place place, Instant deadline) {
    this.place = place;
    this.deadline = deadline;
  }

  /**
   * Looks at the resource again and again until it is as wanted.
   *
   * @param seen gets each look
   * @throws DemoFailure when it is stuck, gone or unreadable, or time is over
   */
  <R extends CustomResource<?, ? extends ResourceStatus>> R follow(
      R resource, Predicate<R> wanted, Consumer<R> seen) throws DemoFailure {
    Class<R> kind = kind(resource);
    String name = resource.getMetadata().getName();
    while (true) {
      R now = get(kind, name);
      if (now == null) {
        throw new DemoFailure(resource.getKind() + " " + name + " was deleted meanwhile");
      }
      Optional<String> unread = Cluster.unread(now);
      if (unread.isPresent()) {
        throw new DemoFailure(unread.get());
      }
      if (wanted.test(now)) {
        return now;
      }
      var stalled = Settling.stalled(now);
      if (stalled.isPresent()) {
        throw new DemoFailure(explain(now, stalled.get()));
      }
      seen.accept(now);
      if (Instant.now().isAfter(deadline)) {
        throw new DemoFailure(
            "%s %s took too long: %s. Give it more with --timeout; logs: %s"
                .formatted(now.getKind(), name, Settling.words(now), place.whereLogsAre()));
      }
      pause();
    }
  }

  private <R extends CustomResource<?, ? extends ResourceStatus>> R get(Class<R> kind, String name)
      throws DemoFailure {
    try {
      return place.client().resources(kind).inNamespace(place.namespace()).withName(name).get();
    } catch (KubernetesClientException e) {
      throw new DemoFailure("the API server does not answer: " + e.getMessage(), e);
    }
  }

  private String explain(CustomResource<?, ? extends ResourceStatus> resource, Condition stalled) {
    return "%s %s is stuck (%s): %s%n  logs: %s"
        .formatted(
            resource.getKind(),
            resource.getMetadata().getName(),
            stalled.reason(),
            stalled.message(),
            place.whereLogsAre());
  }

  @SuppressWarnings("unchecked")
  private static <R> Class<R> kind(R resource) {
    return (Class<R>) resource.getClass();
  }

  private static void pause() throws DemoFailure {
    try {
      new CountDownLatch(1).await(PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DemoFailure("interrupted", e);
    }
  }

  static Instant in(Duration timeout) {
    return Instant.now().plus(timeout);
  }
}
