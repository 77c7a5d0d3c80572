package dev.firstday.cli.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstday.cli.apiserver.json.Json;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Sends the same requests to this server and to a real one: the answers must be the same. */
class DifferentialTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final String NAMESPACE = "apiserver-differential";
  private static final Pattern UID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  /**
   * @param path with {@code ~} for the probes' collection and {@code @} for the namespace's path
   */
  private record Step(String method, String path, String contentType, String body) {}

  @Test
  void answersAsARealServerDoes() throws Exception {
    assumeTrue(
        System.getenv("KUBECONFIG") != null,
        "KUBECONFIG names no cluster to compare with: the comparison is left out");
    List<Step> script = script();
    List<String> real;
    try (KubernetesClient client = new KubernetesClientBuilder().build()) {
      try {
        install(client);
        real = play(client, script);
      } finally {
        client.namespaces().withName(NAMESPACE).delete();
      }
    }
    List<String> ours;
    try (RunningServer running = RunningServer.inMemory()) {
      install(running.client());
      ours = play(running.client(), script);
    }
    write("ours.txt", ours);
    write("real.txt", real);
    for (int i = 0; i < real.size(); i++) {
      assertThat(ours.get(i)).isEqualTo(real.get(i));
    }
  }

  /** For {@code diff}, where more than the first difference is wanted. */
  private static void write(String name, List<String> answers) throws IOException {
    Path file = Path.of("target", "differential", name);
    Files.createDirectories(file.getParent());
    Files.write(file, answers);
  }

  private static List<Step> script() throws IOException {
    try (InputStream file = DifferentialTest.class.getResourceAsStream("requests.txt")) {
      String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> line.split("\\s*\\|\\s*", -1))
          .map(cells -> new Step(cells[0], cells[1], cells[2], cells[3].strip()))
          .toList();
    }
  }

  private static void install(KubernetesClient client) throws IOException {
    try (InputStream yaml = DifferentialTest.class.getResourceAsStream("probes.yaml")) {
      client
          .apiextensions()
          .v1()
          .customResourceDefinitions()
          .load(yaml)
          .forceConflicts()
          .serverSideApply();
    }
    client
        .namespaces()
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(NAMESPACE).endMetadata().build())
        .create();
    await()
        .atMost(LONG)
        .ignoreExceptions()
        .until(() -> client.resources(Probe.class).inNamespace(NAMESPACE).list() != null);
    await()
        .atMost(LONG)
        .until(
            () ->
                client.serviceAccounts().inNamespace(NAMESPACE).withName("default").get() != null);
  }

  private static List<String> play(KubernetesClient client, List<Step> script) throws Exception {
    HttpClient http = client.getHttpClient();
    URI server = client.getMasterUrl().toURI();
    List<String> answers = new ArrayList<>();
    for (Step step : script) {
      String path =
          step.path()
              .replace("~", "/apis/apiserver.firstday.test/v1/namespaces/" + NAMESPACE + "/probes")
              .replace("@", "/api/v1/namespaces/" + NAMESPACE);
      HttpRequest request =
          http.newHttpRequestBuilder()
              .uri(server.resolve(path))
              .method(step.method(), step.contentType(), step.body().isEmpty() ? null : step.body())
              .build();
      HttpResponse<byte[]> response = http.sendAsync(request, byte[].class).get();
      answers.add(
          step.method() + " " + step.path() + " " + step.body() + "\n  -> " + essence(response));
    }
    return answers;
  }

  private static String essence(HttpResponse<byte[]> response) throws IOException {
    JsonNode body = Json.parse(response.body());
    if (Json.text(body, "kind").equals("Status")) {
      return response.code() + " " + Json.text(body, "reason") + " " + message(body);
    }
    ObjectNode essence = Json.object();
    JsonNode metadata = body.path("metadata");
    for (String field : List.of("name", "generation", "labels", "finalizers")) {
      if (metadata.has(field)) {
        essence.set(field, metadata.get(field));
      }
    }
    essence.put("terminating", metadata.has("deletionTimestamp"));
    for (String field : List.of("spec", "status", "data", "type")) {
      if (body.has(field) && !field.equals("spec") || Json.text(body, "kind").equals("Probe")) {
        essence.set(field, body.path(field));
      }
    }
    essence.set("owners", owners(metadata));
    return response.code() + " " + sorted(essence);
  }

  /**
   * With fields by name, and without the marks for containers among the owned fields: which of
   * these there are depends on the Go types of a real server.
   */
  private static JsonNode sorted(JsonNode node) {
    if (node.isArray()) {
      ArrayNode list = Json.array();
      node.forEach(item -> list.add(sorted(item)));
      return list;
    }
    if (!node.isObject()) {
      return node;
    }
    ObjectNode object = Json.object();
    node.properties().stream()
        .filter(field -> !field.getKey().equals(".") && !isMark(field.getValue()))
        .sorted(Map.Entry.comparingByKey())
        .forEach(field -> object.set(field.getKey(), sorted(field.getValue())));
    return object;
  }

  private static boolean isMark(JsonNode node) {
    return node.size() == 1 && node.has(".");
  }

  /** What is wrong, in an order that does not depend on that of a Go map. */
  private static String message(JsonNode status) {
    List<String> causes = new ArrayList<>();
    status.path("details").path("causes").forEach(cause -> causes.add(cause.toString()));
    return causes.isEmpty()
        ? UID.matcher(Json.text(status, "message")).replaceAll("<uid>")
        : causes.stream().distinct().sorted().collect(Collectors.joining(" "));
  }

  private static JsonNode owners(JsonNode metadata) {
    ObjectNode owners = Json.object();
    for (JsonNode entry : metadata.path("managedFields")) {
      String who =
          Json.text(entry, "manager")
              + " "
              + Json.text(entry, "operation")
              + " "
              + Json.text(entry, "subresource");
      owners.set(who.strip(), entry.path("fieldsV1"));
    }
    return owners;
  }
}
