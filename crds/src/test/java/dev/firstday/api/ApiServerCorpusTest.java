package dev.firstday.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A real API server takes the CRDs (their rules within its cost limit), takes good resources, and
 * refuses bad ones with a message that names the place. Nothing but the CRDs is stored.
 */
@EnabledIfEnvironmentVariable(
    named = "KUBECONFIG",
    matches = ".+",
    disabledReason = "needs an API server: set KUBECONFIG")
class ApiServerCorpusTest {
  private static KubernetesClient client;

  @BeforeAll
  static void apply() throws IOException {
    client = new KubernetesClientBuilder().build();
    try (Stream<Path> files = Files.list(Path.of("yaml"))) {
      for (Path file : files.toList()) {
        client
            .resource(
                Serialization.unmarshal(Files.readString(file), CustomResourceDefinition.class))
            .forceConflicts()
            .serverSideApply();
      }
    }
  }

  @AfterAll
  static void close() {
    client.close();
  }

  static List<JsonNode> accepted() {
    try (InputStream corpus =
        ApiServerCorpusTest.class.getResourceAsStream("/corpus/accepted.yaml")) {
      return Stream.of(new String(corpus.readAllBytes(), StandardCharsets.UTF_8).split("\n---\n"))
          .map(document -> Serialization.unmarshal(document, JsonNode.class))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Stream<Refused> refused() {
    JsonNode cases =
        Serialization.unmarshal(
            ApiServerCorpusTest.class.getResourceAsStream("/corpus/refused.yaml"), JsonNode.class);
    return Stream.iterate(0, i -> i < cases.size(), i -> i + 1)
        .map(cases::get)
        .map(c -> new Refused(c.get("kind").asText(), c.get("merge"), c.get("says").asText()));
  }

  /** A case of refused.yaml. */
  record Refused(String kind, JsonNode merge, String says) {}

  /** It stores all of it and nothing else: a null that it drops differs from what Git has. */
  @ParameterizedTest
  @MethodSource("accepted")
  void takes(JsonNode resource) {
    // a changed CRD reaches the API server's validation a moment after it is stored
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> assertThat(create(resource).path("spec")).isEqualTo(resource.path("spec")));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void refuses(Refused refused) {
    ObjectNode full =
        accepted().stream()
            .filter(r -> r.get("kind").asText().equals(refused.kind()))
            .filter(r -> r.at("/metadata/name").asText().equals("full"))
            .findFirst()
            .orElseThrow()
            .deepCopy();
    merge(full, refused.merge());
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(catchThrowable(() -> create(full)))
                    .isInstanceOf(KubernetesClientException.class)
                    .hasMessageContaining(refused.says()));
  }

  /**
   * @return as the API server would store it
   */
  private static JsonNode create(JsonNode resource) {
    GenericKubernetesResource stored =
        client
            .resource(Serialization.unmarshal(resource.toString(), GenericKubernetesResource.class))
            .inNamespace("default")
            .dryRun()
            .create();
    return Serialization.unmarshal(Serialization.asJson(stored), JsonNode.class);
  }

  /** A JSON merge patch (RFC 7386). */
  private static void merge(ObjectNode target, JsonNode patch) {
    patch
        .properties()
        .forEach(
            field -> {
              if (field.getValue().isNull()) {
                target.remove(field.getKey());
              } else if (field.getValue().isObject()) {
                merge(target.withObjectProperty(field.getKey()), field.getValue());
              } else {
                target.set(field.getKey(), field.getValue());
              }
            });
  }
}
