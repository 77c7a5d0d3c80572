package dev.firstday.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstday.api.Dataset;
import dev.firstday.api.Firstday;
import dev.firstday.cli.apiserver.ApiServer;
import dev.firstday.cli.apiserver.InMemoryServer;
import dev.firstday.cli.local.LocalCluster;
import dev.firstday.cli.terminal.CommandFailure;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
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
    server = InMemoryServer.start();
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
  void anAnnotationIsSetBesideOthers() throws CommandFailure {
    cluster.annotate(Dataset.class, "flights", "example.com/other", "stays");
    cluster.annotate(Dataset.class, "flights", Firstday.REFRESH_ANNOTATION, "2026-03-01T12:00:00Z");

    assertThat(cluster.get(Dataset.class, "flights").getMetadata().getAnnotations())
        .containsEntry("example.com/other", "stays")
        .containsEntry(Firstday.REFRESH_ANNOTATION, "2026-03-01T12:00:00Z");
  }

  @Test
  void aNameThatIsNotThereIsGuessed() {
    assertThatThrownBy(() -> cluster.get(Dataset.class, "flight"))
        .isInstanceOf(CommandFailure.class)
        .hasMessage(
            "there is no Dataset flight in namespace default (did you mean flights?); it has flights");
    assertThatThrownBy(() -> new Cluster(cluster.client(), "empty").get(Dataset.class, "flights"))
        .hasMessage("there is no Dataset flights in namespace empty; it has none");
  }

  @Test
  void aServerThatIsAwayIsNamed() {
    try (Cluster away = new Cluster(LocalCluster.client(URI.create("http://127.0.0.1:9")), "x")) {
      assertThatThrownBy(() -> away.get(Dataset.class, "flights"))
          .isInstanceOf(CommandFailure.class)
          .hasMessageContaining("http://127.0.0.1:9/")
          .hasMessageEndingWith("Set KUBECONFIG, or start firstday demo");
    }
  }
}
