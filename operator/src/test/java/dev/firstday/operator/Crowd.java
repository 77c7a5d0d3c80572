package dev.firstday.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.Firstday;
import dev.firstday.api.ResourceStatus;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * As many resources of each kind, as an operator leaves them that has nothing more to do. They are
 * spread over namespaces, since a ReadinessTest is about all that its namespace has.
 */
final class Crowd implements AutoCloseable {
  /** Counts of requests that change resources of ours, or try to: the API server's own metric. */
  private static final Pattern REQUESTS =
      Pattern.compile(
          "apiserver_request_total\\{.*group=\"firstday.dev\".*"
              + "verb=\"(?:POST|PUT|PATCH|APPLY|DELETE|DELETECOLLECTION)\".*} (\\S+)");

  private static final int CLIENTS = 8;

  private final TestCluster cluster;
  private final int resources;
  private final boolean everywhere;
  private final List<String> namespaces;

  private Crowd(TestCluster cluster, int resources, int namespaces, boolean everywhere) {
    this.cluster = cluster;
    this.resources = resources;
    this.everywhere = everywhere;
    this.namespaces =
        IntStream.range(0, namespaces).mapToObj(i -> cluster.namespace() + "-" + i).toList();
  }

  /**
   * @param resources of each kind
   * @param everywhere whether operators look after all namespaces: nobody else's resources may be
   *     there then
   */
  static Crowd of(TestCluster cluster, int resources, int namespaces, boolean everywhere)
      throws InterruptedException {
    if (everywhere) {
      Firstday.KINDS.forEach(kind -> refuseOthers(cluster.client(), kind));
    }
    Crowd crowd = new Crowd(cluster, resources, namespaces, everywhere);
    crowd.namespaces.forEach(crowd::createNamespace);
    return crowd;
  }

  List<String> namespaces() {
    return namespaces;
  }

  int size() {
    return resources * Firstday.KINDS.size();
  }

  OperatorProcess start(String address, Path log, List<String> options) throws IOException {
    return OperatorProcess.start(
        cluster.namespace(), everywhere ? "" : String.join(",", namespaces), address, log, options);
  }

  /** Makes them, and has an operator see to all; ReadinessTests last, since they see the others. */
  void settle(Path log) throws IOException, InterruptedException {
    Settled settled = new Settled(cluster.client());
    inParallel(i -> settled.create(namespace(i), i));
    try (OperatorProcess first = start("127.0.97.4", log, List.of())) {
      Passes.awaitEnd(first, 4 * resources);
      inParallel(
          i ->
              cluster
                  .client()
                  .resource(Samples.readiness(namespace(i), "readiness-" + i))
                  .create());
      Passes.awaitEnd(first, size());
      assertThat(Firstday.KINDS).allSatisfy(kind -> assertThat(unseen(kind)).isEmpty());
      assertThat(cluster.client().batch().v1().jobs().inAnyNamespace().list().getItems())
          .filteredOn(job -> namespaces.contains(job.getMetadata().getNamespace()))
          .isEmpty();
      first.stop();
    }
  }

  String namespace(int i) {
    return namespaces.get(i % namespaces.size());
  }

  /** How many requests the API server got that were to change resources of our kinds. */
  long changes() {
    return cluster
        .client()
        .raw("/metrics")
        .lines()
        .map(REQUESTS::matcher)
        .filter(Matcher::matches)
        .mapToLong(request -> (long) Double.parseDouble(request.group(1)))
        .sum();
  }

  @Override
  public void close() {
    namespaces.forEach(name -> cluster.client().namespaces().withName(name).delete());
  }

  private <R extends CustomResource<?, ? extends ResourceStatus>> List<String> unseen(
      Class<R> kind) {
    return namespaces.stream()
        .flatMap(
            namespace ->
                cluster.client().resources(kind).inNamespace(namespace).list().getItems().stream())
        .filter(resource -> resource.getStatus() == null || !resource.getStatus().isOf(resource))
        .map(resource -> resource.getKind() + " " + resource.getMetadata().getName())
        .toList();
  }

  private void createNamespace(String name) {
    cluster
        .client()
        .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
        .create();
  }

  private void inParallel(IntConsumer make) throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    try {
      List<Future<?>> made = new ArrayList<>();
      IntStream.range(0, resources).forEach(i -> made.add(threads.submit(() -> make.accept(i))));
      for (Future<?> one : made) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  private static void refuseOthers(
      KubernetesClient client, Class<? extends CustomResource<?, ?>> kind) {
    assertThat(client.resources(kind).inAnyNamespace().list().getItems())
        .as("%ss of others, to which the operators of this test would see", kind.getSimpleName())
        .isEmpty();
  }
}
