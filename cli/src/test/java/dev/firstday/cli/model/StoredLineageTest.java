package dev.firstday.cli.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firstday.api.ModelVersion;
import dev.firstday.cli.terminal.CommandFailure;
import dev.firstday.cli.terminal.Style;
import dev.firstday.contract.Contract;
import dev.firstday.sdk.artefact.ModelManifest;
import dev.firstday.sdk.artefact.ModelManifest.FileReference;
import dev.firstday.sdk.data.DatasetManifest;
import dev.firstday.sdk.store.S3Fixture;
import dev.firstday.sdk.store.Store;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A version whose manifests lie in S3. */
class StoredLineageTest {
  private static final Path SHOWN = Path.of("src/test/resources/model/lineage-stored.txt");
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static S3Fixture s3;
  private static Store store;
  private static String dataset;

  @BeforeAll
  static void start() {
    s3 = S3Fixture.start();
    store = s3.store("team-a");
    DatasetManifest.ObjectRef split = new DatasetManifest.ObjectRef("a".repeat(64), 10, 5);
    dataset =
        new DatasetManifest(
                "flights",
                List.of(),
                null,
                split,
                split,
                null,
                List.of(
                    new DatasetManifest.SourceFile(
                        "flights", "s3://b/team-a/files/flights.csv", "1".repeat(64), 31_000_000),
                    new DatasetManifest.SourceFile(
                        "weather", "s3://b/team-a/files/weather.csv", "2".repeat(64), 1000)),
                "SELECT 1",
                "duckdb",
                "",
                "")
            .store(store.objects());
  }

  @AfterAll
  static void stop() throws IOException {
    store.close();
    s3.close();
  }

  @Test
  void whatTheManifestsSayIsShown() throws Exception {
    ModelVersion version =
        version(
            Map.of(ModelManifest.START, new FileReference("3".repeat(64), 7)),
            "registry/firstday/trainer@sha256:" + "4".repeat(64));

    StoredLineage stored = StoredLineage.of(version, store);

    assertThat(text(version, stored)).isEqualTo(Files.readString(SHOWN));
    assertThat(new ObjectMapper().readTree(Contract.write(stored)).at("/manifest/seed").asInt())
        .isEqualTo(7);
  }

  /** As versions were recorded once. */
  @Test
  void whatIsNotRecordedIsSaidToBeSo() throws Exception {
    ModelVersion version = version(Map.of(), null);

    assertThat(text(version, StoredLineage.of(version, store)))
        .contains("image       not recorded", "begun with  weights by chance, seed 7");
  }

  @Test
  void manifestThatIsGoneIsNamed() {
    ModelVersion version = version(Map.of(), "lost");
    s3.lose("team-a", version.digest());

    assertThatThrownBy(() -> StoredLineage.of(version, store))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining(version.digest());
  }

  private static String text(ModelVersion version, StoredLineage stored) {
    Neighbours alone = new Neighbours(List.of(), List.of(), List.of());
    List<String> lines =
        LineageView.lines("late-arrival", version, alone, Optional.of(stored), NOW, Style.PLAIN);
    return String.join("\n", lines) + "\n";
  }

  private static ModelVersion version(Map<String, FileReference> files, String image) {
    ModelManifest manifest =
        new ModelManifest(
            "late-arrival",
            files,
            new ModelManifest.DatasetReference(
                "flights", 12, dataset, "a".repeat(64), "b".repeat(64)),
            "c".repeat(64),
            7,
            20,
            14,
            null,
            List.of(),
            Map.of("openblas", "0.3.19-1.5.7", "firstday", "0.1.0"),
            image,
            List.of());
    String digest = store.objects().put(Contract.write(manifest).getBytes(StandardCharsets.UTF_8));
    return new ModelVersion(
        7,
        digest,
        "flights/12",
        "a".repeat(64),
        "b".repeat(64),
        "c".repeat(64),
        null,
        null,
        null,
        null,
        "5336a07d",
        Instant.parse("2026-03-01T11:00:00Z"));
  }
}
