package dev.firstday.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A Prometheus and an Alertmanager on this machine that watch one installation, with the alerts of
 * the chart. Whatever they ask passes the API server, as kubectl does, so that it does not matter
 * where the cluster is.
 */
final class Monitoring implements AutoCloseable {
  static final String PROMETHEUS = "prometheus";
  static final String ALERTMANAGER = "prometheus-alertmanager";

  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final String TARGETS = "targets.json";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HttpClient http = HttpClient.newHttpClient();
  private final List<Process> processes = new ArrayList<>();
  private final Path folder;
  private final String proxy = freeAddress();
  private final String prometheus = freeAddress();

  /**
   * @param folder for what they write
   * @param pods those that there are
   * @param webhook what Alertmanager notifies
   */
  Monitoring(Path folder, List<Pod> pods, URI webhook) {
    this.folder = folder;
    String alertmanager = freeAddress();
    try {
      start("kubectl", "proxy", "--port=" + proxy.split(":")[1]);
      Path alerting = configure("alertmanager.yml", Map.of("WEBHOOK", webhook.toString()));
      start(
          ALERTMANAGER,
          "--config.file=" + alerting,
          "--storage.path=" + folder.resolve("alertmanager"),
          "--web.listen-address=" + alertmanager,
          "--cluster.listen-address=");
      Path scraping =
          configure(
              "prometheus.yml",
              Map.of(
                  "ALERTMANAGER", alertmanager,
                  "RULES", AlertRules.FILE.toAbsolutePath().normalize().toString(),
                  "TARGETS", folder.resolve(TARGETS).toString()));
      find(pods);
      start(
          PROMETHEUS,
          "--config.file=" + scraping,
          "--storage.tsdb.path=" + folder.resolve("data"),
          "--web.listen-address=" + prometheus);
      Awaitility.await("Prometheus hears the operator")
          .atMost(PATIENCE)
          .ignoreExceptions()
          .failFast("one of the programs ended", this::isBroken)
          .until(() -> !query("firstday_operator_leading == 1").isEmpty());
    } catch (RuntimeException e) {
      print();
      close();
      throw e;
    }
  }

  /** From now on these pods are asked, in the words in which Kubernetes tells of them. */
  void find(List<Pod> pods) {
    List<Map<String, Object>> targets =
        pods.stream()
            .flatMap(
                pod ->
                    pod.getSpec().getContainers().stream()
                        .flatMap(container -> container.getPorts().stream())
                        .map(port -> target(pod, port)))
            .toList();
    try {
      Path written =
          Files.writeString(folder.resolve("new.json"), JSON.writeValueAsString(targets));
      Files.move(written, folder.resolve(TARGETS), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, Object> target(Pod pod, ContainerPort port) {
    Map<String, String> labels = new TreeMap<>();
    labels.put("__meta_kubernetes_namespace", pod.getMetadata().getNamespace());
    labels.put("__meta_kubernetes_pod_name", pod.getMetadata().getName());
    labels.put("__meta_kubernetes_pod_container_port_name", String.valueOf(port.getName()));
    labels.put("__meta_kubernetes_pod_container_port_number", port.getContainerPort().toString());
    pod.getMetadata()
        .getLabels()
        .forEach(
            (name, value) ->
                labels.put(
                    "__meta_kubernetes_pod_label_" + name.replaceAll("[^a-zA-Z0-9]", "_"), value));
    return Map.of("targets", List.of(proxy), "labels", labels);
  }

  private boolean isBroken() {
    return processes.stream().anyMatch(process -> !process.isAlive());
  }

  /** The samples that a question gives at this moment; each has metric and value. */
  JsonNode query(String promql) {
    return get("query?query=" + URLEncoder.encode(promql, StandardCharsets.UTF_8)).get("result");
  }

  /**
   * Names of all series that it has taken from somebody since it runs, and of the metrics that
   * those who are there now tell of, with or without a series yet.
   */
  Set<String> told() {
    Set<String> names = new TreeSet<>();
    get("label/__name__/values").forEach(name -> names.add(name.asText()));
    get("metadata").fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** All rules, with their health. */
  List<JsonNode> rules() {
    return AlertRules.rules(get("rules"));
  }

  /** What the programs said. */
  void print() {
    try (Stream<Path> logs = Files.list(folder)) {
      for (Path log : logs.filter(file -> file.toString().endsWith(".log")).toList()) {
        System.out.printf("----- %s%n%s%n", log.getFileName(), Files.readString(log));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    processes.forEach(Process::destroy);
    processes.forEach(process -> process.onExit().join());
  }

  private JsonNode get(String path) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://%s/api/v1/%s".formatted(prometheus, path)))
            .build();
    try {
      JsonNode answer =
          JSON.readTree(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
      if (!answer.path("status").asText().equals("success")) {
        throw new IllegalStateException("Prometheus: " + answer);
      }
      return answer.get("data");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void start(String... command) {
    try {
      processes.add(
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve(command[0] + ".log").toFile())
              .start());
    } catch (IOException e) {
      throw new UncheckedIOException(command[0] + " cannot be run", e);
    }
  }

  private Path configure(String name, Map<String, String> values) {
    try (var in = Monitoring.class.getResourceAsStream("/monitoring/" + name)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (var value : values.entrySet()) {
        text = text.replace(value.getKey(), value.getValue());
      }
      return Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String freeAddress() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return "127.0.0.1:" + socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
