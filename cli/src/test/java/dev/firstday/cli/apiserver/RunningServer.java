package dev.firstday.cli.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstday.cli.apiserver.json.Json;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** A server with a client, and the resource that the tests try it with. */
final class RunningServer implements AutoCloseable {
  static final String PROBES = "/apis/apiserver.firstday.test/v1/namespaces/default/probes";

  private final ApiServer server;
  private final KubernetesClient client;

  private RunningServer(ApiServer server) {
    this.server = server;
    this.client = clientOf(server.url());
  }

  static RunningServer inMemory() throws IOException {
    return start(new State.InMemory());
  }

  static RunningServer start(State state) throws IOException {
    AtomicInteger addresses = new AtomicInteger();
    RunningServer running =
        new RunningServer(
            ApiServer.start(
                new ApiServerConfig(
                    "127.0.0.1",
                    0,
                    state,
                    (namespace, service) -> "127.88.0." + addresses.incrementAndGet(),
                    (namespace, pod, container, previous) ->
                        Path.of("target", "logs", namespace, pod, container + ".log"))));
    running.installProbes();
    return running;
  }

  static KubernetesClient clientOf(URI url) {
    Config config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl(url.toString())
            .withNamespace("default")
            .withRequestRetryBackoffLimit(0)
            .build();
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  static JsonNode probesDefinition() throws IOException {
    try (InputStream yaml = RunningServer.class.getResourceAsStream("probes.yaml")) {
      return Json.parseYaml(yaml.readAllBytes());
    }
  }

  private void installProbes() throws IOException {
    try (InputStream yaml = RunningServer.class.getResourceAsStream("probes.yaml")) {
      client.apiextensions().v1().customResourceDefinitions().load(yaml).serverSideApply();
    }
  }

  void createNamespace(String name) {
    client
        .namespaces()
        .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
        .create();
  }

  KubernetesClient client() {
    return client;
  }

  ApiServer server() {
    return server;
  }

  Wire wire() {
    return new Wire(server.url());
  }

  @Override
  public void close() throws IOException {
    client.close();
    server.close();
  }
}
