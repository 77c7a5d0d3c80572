package dev.firstday.cli.local;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Plays the kubelet of the one node: makes processes of pods, and tells how they are. */
final class Kubelet implements AutoCloseable {
  static final String NODE = "local";

  private static final Logger LOG = LoggerFactory.getLogger(Kubelet.class);

  private final KubernetesClient client;
  private final LocalPod.Tools tools;
  private final LocalFolder folder;
  private final LoopbackAddresses addresses;
  private final Map<String, LocalPod> running = new HashMap<>();

  Kubelet(
      KubernetesClient client,
      LocalPod.Tools tools,
      LocalFolder folder,
      LoopbackAddresses addresses) {
    this.client = client;
    this.tools = tools;
    this.folder = folder;
    this.addresses = addresses;
  }

  void pass(ClusterView view) throws IOException {
    for (Pod pod : view.pods()) {
      if (Pods.isDeleted(pod)) {
        end(pod, view.now());
      } else if (!Pods.isFinished(pod)) {
        run(pod, view.now());
      } else {
        forget(uid(pod));
      }
    }
    Set<String> wanted =
        view.pods().stream().map(pod -> pod.getMetadata().getUid()).collect(Collectors.toSet());
    for (String uid : List.copyOf(running.keySet())) {
      if (!wanted.contains(uid)) {
        vanish(uid, view.now());
      }
    }
  }

  private void run(Pod pod, Instant now) throws IOException {
    LocalPod local = running.get(uid(pod));
    if (local == null) {
      String objection = Admission.objection(pod);
      if (objection != null) {
        write(pod, PodStatuses.unschedulable(pod, objection, now));
        return;
      }
      if (isLost(pod) && "Never".equals(pod.getSpec().getRestartPolicy())) {
        write(pod, PodStatuses.lost(pod, now));
        return;
      }
      local = accept(pod, now);
    }
    local.advance(now);
    write(pod, PodStatuses.of(pod, local.facts(), now));
  }

  /** Asks the process to end; the pod goes when it has. */
  private void end(Pod pod, Instant now) throws IOException {
    LocalPod local = running.get(uid(pod));
    if (local != null && local.isAlive()) {
      local.stop(now);
      local.advance(now);
      write(pod, PodStatuses.of(pod, local.facts(), now));
      return;
    }
    forget(uid(pod));
    release(pod);
  }

  /** The pod was removed without waiting for its process. */
  private void vanish(String uid, Instant now) throws IOException {
    LocalPod local = running.get(uid);
    if (local.isAlive()) {
      local.stop(now);
      local.advance(now);
    } else {
      forget(uid);
    }
  }

  private LocalPod accept(Pod pod, Instant now) {
    String ip = addresses.allocate(Pods.key(pod));
    var metadata = pod.getMetadata();
    var paths =
        new ContainerProcess.Paths(
            folder.pods().resolve(uid(pod)),
            folder.podLog(metadata.getNamespace(), metadata.getName(), false),
            folder.podLog(metadata.getNamespace(), metadata.getName(), true));
    int restarts =
        isLost(pod) ? pod.getStatus().getContainerStatuses().get(0).getRestartCount() + 1 : 0;
    LocalPod local = new LocalPod(tools, pod, ip, paths, restarts, now);
    running.put(uid(pod), local);
    return local;
  }

  /** Whether its container was started by an earlier local cluster. */
  private static boolean isLost(Pod pod) {
    return pod.getStatus() != null && !pod.getStatus().getContainerStatuses().isEmpty();
  }

  private void forget(String uid) throws IOException {
    LocalPod local = running.remove(uid);
    if (local != null) {
      local.close();
      addresses.release(local.ip());
      deleteFolder(local.paths().folder());
    }
  }

  private void write(Pod pod, PodStatus status) {
    if (Objects.equals(pod.getStatus(), status)) {
      return;
    }
    Pod changed = new PodBuilder(pod).withStatus(status).build();
    try {
      client.pods().resource(changed).updateStatus();
    } catch (KubernetesClientException e) {
      ignoreIfStale(e, pod);
    }
  }

  private void release(Pod pod) {
    try {
      if (pod.getMetadata().getFinalizers().contains(Pods.FINALIZER)) {
        pod.getMetadata().getFinalizers().remove(Pods.FINALIZER);
        client.pods().resource(pod).update();
      } else {
        client.pods().resource(pod).withGracePeriod(0).delete();
      }
    } catch (KubernetesClientException e) {
      ignoreIfStale(e, pod);
    }
  }

  /** The next pass sees what changed in between and decides anew. */
  private static void ignoreIfStale(KubernetesClientException e, Pod pod) {
    if (e.getCode() != 404 && e.getCode() != 409) {
      throw e;
    }
    LOG.debug("{} changed meanwhile: {}", Pods.key(pod), e.getMessage());
  }

  /** Ends every process: first asks all, then waits. */
  @Override
  public void close() throws IOException {
    Instant now = Instant.now();
    running.values().forEach(local -> local.stop(now));
    for (LocalPod local : running.values()) {
      try {
        if (local.process().isPresent()) {
          local.process().get().awaitEnd(shortest(local.grace(), Duration.ofSeconds(5)));
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        local.process().get().kill();
      }
    }
    for (String uid : List.copyOf(running.keySet())) {
      forget(uid);
    }
  }

  private static Duration shortest(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  private static void deleteFolder(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static String uid(Pod pod) {
    return pod.getMetadata().getUid();
  }
}
