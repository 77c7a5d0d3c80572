package dev.firstday.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.cli.local.LocalFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterOptionsTest {
  private static final ObjectAddress ADDRESS = new ObjectAddress("b", "x/y", "n", "0".repeat(64));
  private static final String RECORD =
      """
      {"pid": 1, "processStartedAt": "2026-01-01T00:00:00Z", "apiPort": 1, "storage": {"endpoint": "http://here",
      "bucket": "local", "region": "r", "prefix": "", "accessKey": "k", "secretKey": "s"}}
      """;

  @TempDir private Path folder;

  @Test
  void elsewhereStorageIsWhereTheAddressSaysWithOnesOwnCredentials() throws IOException {
    Map<String, String> process =
        Map.of("AWS_ACCESS_KEY_ID", "mine", "KUBECONFIG", folder + "/kube/config");

    assertThat(storage(process))
        .containsEntry("AWS_ACCESS_KEY_ID", "mine")
        .containsEntry("FIRSTDAY_S3_BUCKET", "b")
        .containsEntry("FIRSTDAY_S3_PREFIX", "x/y");
  }

  @Test
  void theLocalClustersStorageIsItsOwn() throws IOException {
    Files.writeString(folder.resolve("cluster.json"), RECORD);

    assertThat(storage(Map.of())).containsEntry("FIRSTDAY_S3_ENDPOINT", "http://here");
    assertThat(
            ClusterOptions.storage(
                new LocalFolder(folder.resolve("another")),
                Map.of("KUBECONFIG", folder + "/kubeconfig"),
                ADDRESS))
        .containsEntry("FIRSTDAY_S3_BUCKET", "local")
        .containsEntry("AWS_ACCESS_KEY_ID", "k");
    assertThat(storage(Map.of("KUBECONFIG", folder + "/config")))
        .as("a kubeconfig of another name is of another cluster")
        .containsEntry("FIRSTDAY_S3_BUCKET", "b");
  }

  private Map<String, String> storage(Map<String, String> process) throws IOException {
    return ClusterOptions.storage(new LocalFolder(folder), process, ADDRESS);
  }
}
