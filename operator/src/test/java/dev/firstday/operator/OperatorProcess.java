package dev.firstday.operator;

import dev.firstday.contract.OperatorEnvironment;
import dev.firstday.contract.PodEnvironment;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** The program as a pod runs it: a process of its own that takes part in an election. */
final class OperatorProcess implements AutoCloseable {
  private static final String LEASE = "firstday";
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Process process;
  private final URI ready;

  private OperatorProcess(Process process, URI ready) {
    this.process = process;
    this.ready = ready;
  }

  /**
   * @param address of this machine, which no other operator has
   * @param log what it says
   */
  static OperatorProcess start(String namespace, String address, Path log) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                PodEnvironment.S3_BUCKET, "bucket",
                PodEnvironment.BIND_ADDRESS, address,
                PodEnvironment.NAMESPACE, namespace,
                OperatorEnvironment.TRAINER_IMAGE, "firstday.invalid/trainer:none",
                OperatorEnvironment.SERVER_IMAGE, "firstday.invalid/server:none",
                OperatorEnvironment.IMAGE_PULL_POLICY, "Never",
                // more than a node has: a worker stays pending
                OperatorEnvironment.WORKER_CPU, "1000",
                OperatorEnvironment.WATCH_NAMESPACES, namespace,
                OperatorEnvironment.LEADER_LEASE, LEASE));
    return new OperatorProcess(
        builder.start(),
        URI.create("http://%s:%d/readyz".formatted(address, OperatorEnvironment.HTTP_PORT)));
  }

  Process process() {
    return process;
  }

  /** Whether it works or stands by. */
  boolean isReady() throws InterruptedException {
    try {
      return HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(ready).timeout(PATIENCE).build(),
                  HttpResponse.BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException e) {
      // it does not listen yet
      return false;
    }
  }

  /** The Lease; null before there is one. */
  static Lease lease(TestCluster cluster) {
    return cluster
        .client()
        .resources(Lease.class)
        .inNamespace(cluster.namespace())
        .withName(LEASE)
        .get();
  }

  static boolean isLed(TestCluster cluster) {
    Lease lease = lease(cluster);
    return lease != null && lease.getSpec().getHolderIdentity() != null;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
