package dev.firstday.trainer.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstday.contract.Contract;
import dev.firstday.sdk.data.DatasetManifest;
import dev.firstday.sdk.data.DatasetManifest.ObjectRef;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CroissantTest {
  private static final Path SCRIPT = Path.of("..", "cluster-tests", "mlcroissant");
  private static final Path ENVIRONMENT =
      Path.of("..", "cluster-tests", "target", "mlcroissant", "installed");

  @TempDir private Path directory;

  @Test
  void describesFilesAndFields() {
    DatasetManifest manifest =
        Exported.manifest(
            new ObjectRef("a".repeat(64), 10, 4), new ObjectRef("b".repeat(64), 20, 2), null);

    JsonNode croissant = Contract.read(of(manifest), JsonNode.class);

    assertThat(croissant.at("/version").asText()).isEqualTo("2.1.0");
    assertThat(croissant.at("/datePublished").asText()).isEqualTo("2026-01-01T12:00:00Z");
    assertThat(croissant.at("/isLiveDataset").isBoolean()).isTrue();
    assertThat(croissant.at("/url").asText()).isEqualTo("s3://bucket/team/n/datasets/houses");
    assertThat(croissant.at("/description").asText())
        .isEqualTo(
            "Version 3 of the data set houses: 6 rows, 4 to train, 2 to validate. Digest %s."
                .formatted(manifest.digest()));
    assertThat(croissant.has("license")).isFalse();
    assertThat(croissant.has("citeAs")).isFalse();
    assertThat(croissant.at("/distribution")).hasSize(2);
    assertThat(croissant.at("/distribution/0/sha256").asText()).isEqualTo("a".repeat(64));
    assertThat(croissant.at("/distribution/0/contentUrl").asText())
        .isEqualTo("s3://bucket/objects/" + "a".repeat(64));
    assertThat(croissant.at("/distribution/1/contentSize").asText()).isEqualTo("20 B");
    assertThat(croissant.at("/recordSet").findValuesAsText("@id"))
        .contains("splits", "train", "validation", "train/id", "validation/sold")
        .doesNotContain("test");
    assertThat(croissant.at("/recordSet/0/data/1/splits~1url").asText())
        .isEqualTo("cr:ValidationSplit");
    assertThat(croissant.at("/recordSet/1/key/@id").asText()).isEqualTo("train/id");
    assertThat(croissant.at("/recordSet/1/field/8/dataType").toString())
        .isEqualTo("[\"sc:Boolean\",\"cr:Label\"]");
    assertThat(of(manifest)).isEqualTo(of(manifest));
  }

  @Test
  void isReadByMlcroissant() throws IOException, InterruptedException {
    assumeTrue(
        Files.exists(ENVIRONMENT),
        "skipped: cluster-tests/mlcroissant has not been run, which installs mlcroissant");
    DatasetManifest manifest = Exported.write(directory);
    Path croissant = Files.writeString(directory.resolve("croissant.json"), of(manifest));

    JsonNode read = mlcroissant(croissant);

    // what is recommended beside what is required, and what only people know
    assertThat(read.at("/issues").asText().lines())
        .hasSize(3)
        .anyMatch(line -> line.contains("license"))
        .anyMatch(line -> line.contains("citeAs"));
    assertThat(read.at("/records/splits/0").asInt()).isEqualTo(3);
    assertThat(read.at("/records/train/0").asInt()).isEqualTo(4);
    assertThat(read.at("/records/validation/0").asInt()).isEqualTo(2);
    assertThat(read.at("/records/test/0").asInt()).isEqualTo(1);
    JsonNode row = read.at("/records/validation/1");
    assertThat(row.at("/validation~1split-of-row").asText()).isEqualTo("validation");
    assertThat(row.at("/validation~1id").asLong()).isEqualTo(1);
    assertThat(row.at("/validation~1size").asDouble()).isZero();
    assertThat(row.at("/validation~1colour").asText()).isEqualTo("red");
    assertThat(row.at("/validation~1seen").asText()).startsWith("2020-02-29 12:30:00");
    assertThat(row.at("/validation~1sold").asBoolean()).isTrue();
  }

  private JsonNode mlcroissant(Path croissant) throws IOException, InterruptedException {
    Path out = directory.resolve("out");
    Path errors = directory.resolve("errors");
    Process process =
        new ProcessBuilder(
                SCRIPT.toString(),
                croissant.toString(),
                "train.parquet=" + directory.resolve("train.parquet"),
                "validation.parquet=" + directory.resolve("validation.parquet"),
                "test.parquet=" + directory.resolve("test.parquet"))
            .redirectOutput(out.toFile())
            .redirectError(errors.toFile())
            .start();
    try {
      assertThat(process.waitFor(3, TimeUnit.MINUTES)).as("it ends").isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
    return Contract.read(Files.readString(out, StandardCharsets.UTF_8), JsonNode.class);
  }

  private static String of(DatasetManifest manifest) {
    return Croissant.of(
        manifest,
        Exported.version(manifest),
        "s3://bucket/team/n/datasets/houses",
        digest -> "s3://bucket/objects/" + digest);
  }
}
