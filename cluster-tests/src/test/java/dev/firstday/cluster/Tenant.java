package dev.firstday.cluster;

import dev.firstday.contract.PodEnvironment;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.LocalPortForward;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ConditionTimeoutException;

/**
 * What somebody does in a namespace: apply, look, wait, and call what is served.
 *
 * @param kubectl of that namespace
 */
record Tenant(KubernetesClient client, Kubectl kubectl) {
  static final Duration LIMIT = Duration.ofMinutes(10);

  void apply(String yaml) {
    try {
      Path file = Files.createTempFile("resource", ".yaml");
      Files.writeString(file, yaml);
      kubectl.run("apply", "--filename", file.toString());
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  <T extends CustomResource<?, ?>> T get(Class<T> kind, String name) {
    return client.resources(kind).inNamespace(kubectl.namespace()).withName(name).get();
  }

  /**
   * Until the resource has a status, and it is as wanted.
   *
   * @throws AssertionError when the time is up, with what the namespace's resources say
   */
  <T extends CustomResource<?, ?>> void await(Class<T> kind, String name, Predicate<T> reached) {
    try {
      awaiting(HasMetadata.getKind(kind) + " " + name)
          .until(
              () -> {
                T resource = get(kind, name);
                return resource != null && resource.getStatus() != null && reached.test(resource);
              });
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(
          "%s%n%s".formatted(e.getMessage(), kubectl.attempt("get", "ml").output()), e);
    }
  }

  ConditionFactory awaiting(String what) {
    return Awaitility.await(what).atMost(LIMIT).pollInterval(Duration.ofMillis(500));
  }

  /** A local port that leads to the router of a Deployment. */
  LocalPortForward forwardRouter(String deployment) {
    Pod router = pods(deployment, Map.of("app.kubernetes.io/component", "router")).get(0);
    return client.pods().resource(router).portForward(PodEnvironment.HTTP_PORT);
  }

  /** Pods that work for a resource, if they have these labels. */
  List<Pod> pods(String name, Map<String, String> labels) {
    return client
        .pods()
        .inNamespace(kubectl.namespace())
        .withLabel("firstday.dev/name", name)
        .withLabels(labels)
        .list()
        .getItems();
  }

  /** Their containers' processes, as they run on this machine now. */
  List<ProcessHandle> processes(String name, Map<String, String> labels) {
    return pods(name, labels).stream()
        .flatMap(pod -> Node.processesOf(pod.getMetadata().getUid()).stream())
        .toList();
  }

  static String endpoint(LocalPortForward forward) {
    return "http://127.0.0.1:" + forward.getLocalPort();
  }
}
