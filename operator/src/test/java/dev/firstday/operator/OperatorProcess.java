package dev.firstday.operator;

import dev.firstday.contract.OperatorEnvironment;
import dev.firstday.contract.PodEnvironment;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The program as a pod runs it: a process of its own that takes part in an election. */
final class OperatorProcess implements AutoCloseable {
  private static final String LEASE = "firstday";

  /** The last line of a histogram of the heap: instances, bytes. */
  private static final Pattern TOTAL = Pattern.compile("(?m)^Total +\\d+ +(\\d+)");

  /** A pod that has thousands of resources to tell of takes its time. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Process process;
  private final URI address;
  private final HttpClient http = HttpClient.newHttpClient();

  private OperatorProcess(Process process, URI address) {
    this.process = process;
    this.address = address;
  }

  /**
   * @param address of this machine, which no other operator has
   * @param log what it says
   */
  static OperatorProcess start(String namespace, String address, Path log) throws IOException {
    return start(namespace, namespace, address, log, List.of());
  }

  /**
   * @param namespace its own, where the Lease is
   * @param watched namespaces to look after, separated by commas; empty: all
   * @param address of this machine, which no other operator has
   * @param log what it says
   * @param options of its JVM
   */
  static OperatorProcess start(
      String namespace, String watched, String address, Path log, List<String> options)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
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
                OperatorEnvironment.WATCH_NAMESPACES, watched,
                OperatorEnvironment.LEADER_LEASE, LEASE));
    return new OperatorProcess(
        builder.start(),
        URI.create("http://%s:%d/".formatted(address, OperatorEnvironment.HTTP_PORT)));
  }

  Process process() {
    return process;
  }

  /** Whether it works or stands by. */
  boolean isReady() throws InterruptedException {
    try {
      return ask("readyz").statusCode() == 200;
    } catch (IOException e) {
      // it does not listen yet
      return false;
    }
  }

  /** What it tells Prometheus; empty as long as it does not listen. */
  String metrics() throws InterruptedException {
    try {
      return ask("metrics").body();
    } catch (IOException e) {
      return "";
    }
  }

  /** What is left of its heap when all that nobody refers to is gone. */
  long liveHeapBytes() throws IOException, InterruptedException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process asked =
        new ProcessBuilder(
                jcmd.toString(), String.valueOf(process.pid()), "GC.class_histogram", "-parallel=1")
            .redirectErrorStream(true)
            .start();
    String told = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    asked.waitFor();
    Matcher total = TOTAL.matcher(told);
    if (!total.find()) {
      throw new IllegalStateException("jcmd did not count the heap: " + told);
    }
    return Long.parseLong(total.group(1));
  }

  /** Ends it as a node does, so that it gives its Lease back. */
  void stop() throws InterruptedException {
    process.destroy();
    process.waitFor();
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

  private HttpResponse<String> ask(String path) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(address.resolve(path)).timeout(PATIENCE).build(),
        BodyHandlers.ofString());
  }
}
