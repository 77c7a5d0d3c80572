package dev.firstday.cli.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstday.api.Dataset;
import dev.firstday.api.Firstday;
import dev.firstday.cli.apiserver.ApiServer;
import dev.firstday.cli.apiserver.ApiServerConfig;
import dev.firstday.cli.apiserver.State;
import dev.firstday.cli.local.LocalCluster;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterTest {
  @TempDir private static Path directory;
  private static ApiServer server;
  private static Cluster cluster;

  @BeforeAll
  static void start() throws IOException {
    server =
        ApiServer.start(
            new ApiServerConfig(
                "127.0.0.1",
                0,
                new State.InMemory(),
                (namespace, service) -> "127.88.0.1",
                (namespace, pod, container, previous) -> directory.resolve("log")));
    KubernetesClient client = LocalCluster.client(server.url());
    try (InputStream definition =
        ClusterTest.class.getResourceAsStream("/crds/datasets.firstday.dev.yaml")) {
      client.apiextensions().v1().customResourceDefinitions().load(definition).create();
    }
    client
        .resource(
            Serialization.unmarshal(
                Files.readString(Path.of("src/test/resources/dataset/unseen.yaml")), Dataset.class))
        .create();
    cluster = new Cluster(client, "default");
  }

  @AfterAll
  static void stop() throws IOException {
    cluster.close();
    server.close();
  }

  @Test
  void aRefreshIsANewValueOfTheAnnotation() throws CommandFailure {
    cluster.refresh("flights", Instant.parse("2026-03-01T12:00:00.123Z"));

    assertThat(cluster.get("flights").getMetadata().getAnnotations())
        .containsEntry(Firstday.REFRESH_ANNOTATION, "2026-03-01T12:00:00Z");
  }

  @Test
  void aNameThatIsNotThereIsGuessed() {
    assertThatThrownBy(() -> cluster.get("flight"))
        .isInstanceOf(CommandFailure.class)
        .hasMessage(
            "there is no Dataset flight in namespace default (did you mean flights?); it has flights");
    assertThatThrownBy(() -> new Cluster(cluster.client(), "empty").get("flights"))
        .hasMessage("there is no Dataset flights in namespace empty; it has none");
  }

  @Test
  void aServerThatIsAwayIsNamed() {
    try (Cluster away = new Cluster(LocalCluster.client(URI.create("http://127.0.0.1:9")), "x")) {
      assertThatThrownBy(() -> away.get("flights"))
          .isInstanceOf(CommandFailure.class)
          .hasMessageContaining("http://127.0.0.1:9/")
          .hasMessageEndingWith("Set KUBECONFIG, or start firstday demo");
    }
  }
}
