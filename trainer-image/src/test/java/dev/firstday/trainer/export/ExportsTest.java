package dev.firstday.trainer.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstday.api.DatasetStatus.Verdict;
import dev.firstday.contract.Contract;
import dev.firstday.contract.PodEnvironment;
import dev.firstday.contract.Run;
import dev.firstday.sdk.data.CheckOutcome;
import dev.firstday.sdk.data.DatasetManifest;
import dev.firstday.sdk.data.DatasetManifest.ObjectRef;
import dev.firstday.sdk.store.FaultProxy.Fault;
import dev.firstday.sdk.store.S3Fixture;
import dev.firstday.sdk.store.Store;
import dev.firstday.trainer.snapshot.Runs;
import java.io.IOException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ExportsTest {
  private static final DatasetManifest MANIFEST =
      Exported.manifest(
          new ObjectRef("a".repeat(64), 10, 4),
          new ObjectRef("b".repeat(64), 20, 2),
          new ObjectRef("c".repeat(64), 5, 1));
  private static final List<CheckOutcome> CHECKS =
      List.of(
          Exported.check("sizes", "size", 0, Verdict.PASSED),
          Exported.check("all", null, 3, Verdict.FAILED),
          Exported.check("later", "id", 0, Verdict.SKIPPED));
  private static S3Fixture s3;

  @BeforeAll
  static void start() {
    s3 = S3Fixture.start();
  }

  @AfterAll
  static void stop() throws IOException {
    s3.close();
  }

  @Test
  void writesTheDescriptionOnceAndTellsOfEachRun() {
    try (LineageSink sink = LineageSink.answering(200);
        Store store = s3.store("exports")) {
      Exports exports = exports(store, "http://" + sink.address());
      Run.Snapshot run = run("exports");
      exports.afterRecord(run, MANIFEST, Exported.version(MANIFEST), CHECKS);
      assertThat(s3.keys("exports")).containsExactly("datasets/houses/croissant/3.json");
      int sent = s3.faults().requests().size();
      exports.afterRecord(run, MANIFEST, Exported.version(MANIFEST), CHECKS);

      assertThat(s3.faults().requests().subList(sent, s3.faults().requests().size()))
          .noneMatch(line -> line.startsWith("PUT"));
      assertThat(sink.requests()).hasSize(2);
    }
  }

  @Test
  void saysInTheEventWhatWasReadMadeAndFound() {
    Run.Snapshot run = run("n");
    JsonNode event =
        Contract.read(
            LineageEvent.of(
                run,
                MANIFEST,
                Exported.version(MANIFEST),
                CHECKS,
                "s3://bucket/team/n/datasets/houses",
                Exported.NOON),
            JsonNode.class);

    assertThat(event.at("/eventType").asText()).isEqualTo("COMPLETE");
    assertThat(event.at("/eventTime").asText()).isEqualTo("2026-01-01T12:00:00Z");
    assertThat(event.at("/schemaURL").asText()).startsWith("https://openlineage.io/spec/");
    assertThat(event.at("/run/runId").asText()).isEqualTo(LineageEvent.runId("run-1").toString());
    assertThat(event.at("/run/facets/processing_engine/version").asText()).isEqualTo("v1.5.5");
    assertThat(event.at("/job/namespace").asText()).isEqualTo("n");
    assertThat(event.at("/job/name").asText()).isEqualTo("houses");
    assertThat(event.at("/job/facets/sql/query").asText()).isEqualTo("SELECT * FROM houses");
    assertThat(event.at("/inputs/0/namespace").asText()).isEqualTo("s3://bucket");
    assertThat(event.at("/inputs/0/name").asText()).isEqualTo("team/n/files/houses.csv");
    assertThat(event.at("/inputs/0/facets/version/datasetVersion").asText())
        .isEqualTo(Exported.SOURCE);
    assertThat(event.at("/outputs/0/name").asText()).isEqualTo("team/n/datasets/houses");
    JsonNode facets = event.at("/outputs/0/facets");
    assertThat(facets.at("/version/datasetVersion").asText()).isEqualTo("3");
    assertThat(facets.at("/schema/fields")).hasSize(8);
    assertThat(facets.at("/schema/fields/0/type").asText()).isEqualTo("BIGINT");
    assertThat(facets.at("/dataQualityMetrics/rowCount").asLong()).isEqualTo(7);
    assertThat(facets.at("/dataQualityAssertions/_schemaURL").asText())
        .contains("DataQualityAssertionsDatasetFacet");
    assertThat(facets.at("/dataQualityAssertions/assertions").toString())
        .isEqualTo(
            "[{\"assertion\":\"nullValues\",\"success\":true,\"column\":\"size\",\"severity\":\"error\","
                + "\"name\":\"sizes\",\"expected\":\"= 0\",\"actual\":\"0.0\"},"
                + "{\"assertion\":\"nullValues\",\"success\":false,\"severity\":\"error\","
                + "\"name\":\"all\",\"expected\":\"= 0\",\"actual\":\"3.0\"}]");
    assertThat(event.at("/outputs/0/outputFacets/outputStatistics/size").asLong()).isEqualTo(35);
    assertThat(event.at("/outputs/0/outputFacets/outputStatistics/fileCount").asLong())
        .isEqualTo(3);
  }

  @Test
  void namesARunByItsOwnUuid() {
    UUID uuid = UUID.fromString("6f0f4b4e-53a4-4d5c-9d3f-3c4f8e1c2a55");

    assertThat(LineageEvent.runId(uuid.toString())).isEqualTo(uuid);
    assertThat(LineageEvent.runId("a")).isEqualTo(LineageEvent.runId("a"));
    assertThat(LineageEvent.runId("a")).isNotEqualTo(LineageEvent.runId("b"));
  }

  @Test
  void failsNoRun() {
    try (LineageSink sink = LineageSink.answering(500);
        Store store = s3.store("broken")) {
      s3.faults().next(100, "/croissant/", Fault.ANSWER_501);
      Exports exports = exports(store, "http://" + sink.address());

      exports.afterRecord(run("broken"), MANIFEST, Exported.version(MANIFEST), CHECKS);

      assertThat(s3.keys("broken")).isEmpty();
      assertThat(sink.requests()).hasSize(1);
    } finally {
      s3.faults().mend();
    }
  }

  @Test
  void sendsNothingWithoutAServer() {
    try (Store store = s3.store("alone")) {
      exports(store, "").afterRecord(run("alone"), MANIFEST, Exported.version(MANIFEST), CHECKS);

      assertThat(s3.keys("alone")).containsExactly("datasets/houses/croissant/3.json");
    }
  }

  private static Exports exports(Store store, String url) {
    return new Exports(
        store,
        Map.of(PodEnvironment.OPENLINEAGE_URL, url),
        Clock.fixed(Exported.NOON, ZoneOffset.UTC));
  }

  private static Run.Snapshot run(String namespace) {
    return Runs.small(namespace, "houses");
  }
}
