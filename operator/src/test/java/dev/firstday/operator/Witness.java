package dev.firstday.operator;

import dev.firstday.api.Firstday;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** What the API server says was written in some namespaces since it was asked to tell. */
final class Witness implements AutoCloseable {
  private final Set<String> namespaces;
  private final List<String> writes = new CopyOnWriteArrayList<>();
  private final Map<String, Long> jobs = new ConcurrentHashMap<>();
  private final List<Watch> watches;

  Witness(KubernetesClient client, Set<String> namespaces) {
    this.namespaces = namespaces;
    watches =
        Stream.<Class<? extends HasMetadata>>concat(
                Firstday.KINDS.stream(),
                Stream.of(
                    Job.class,
                    Pod.class,
                    Deployment.class,
                    Service.class,
                    ConfigMap.class,
                    Event.class))
            .map(kind -> watch(client, kind))
            .toList();
  }

  /** What was done to what, in the order in which it was told. */
  List<String> writes() {
    return List.copyOf(writes);
  }

  /** When a Job of the owner of that name was made, as {@link System#nanoTime}; null: none was. */
  Long jobMadeFor(String owner) {
    return jobs.get(owner);
  }

  @Override
  public void close() {
    watches.forEach(Watch::close);
  }

  private <R extends HasMetadata> Watch watch(KubernetesClient client, Class<R> kind) {
    var all = client.resources(kind).inAnyNamespace();
    String now =
        all.list(new ListOptionsBuilder().withLimit(1L).build()).getMetadata().getResourceVersion();
    return all.watch(
        new ListOptionsBuilder().withResourceVersion(now).build(),
        new Watcher<R>() {
          @Override
          public void eventReceived(Action action, R object) {
            note(action, object);
          }

          @Override
          public void onClose(WatcherException cause) {
            writes.add("the watch of %s broke: %s".formatted(kind.getSimpleName(), cause));
          }
        });
  }

  private void note(Watcher.Action action, HasMetadata object) {
    if (!namespaces.contains(object.getMetadata().getNamespace())) {
      return;
    }
    if (object instanceof Job && action == Watcher.Action.ADDED) {
      jobs.put(object.getMetadata().getOwnerReferences().get(0).getName(), System.nanoTime());
    }
    writes.add("%s %s %s".formatted(action, object.getKind(), object.getMetadata().getName()));
  }
}
