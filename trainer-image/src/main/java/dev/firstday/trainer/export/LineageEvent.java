package dev.firstday.trainer.export;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.firstday.api.DatasetStatus;
import dev.firstday.api.DatasetStatus.Verdict;
import dev.firstday.contract.Run;
import dev.firstday.sdk.data.CheckOutcome;
import dev.firstday.sdk.data.DatasetManifest;
import dev.firstday.sdk.data.DatasetManifest.ObjectRef;
import io.openlineage.client.OpenLineage;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What a run did, in the words of <a href="https://openlineage.io/spec/2-0-2/OpenLineage.json">
 * OpenLineage</a>: read these files, made this version, and this is what its checks found.
 */
final class LineageEvent {
  private static final URI PRODUCER = URI.create("https://firstday.dev/trainer");
  private static final OpenLineage LINEAGE = new OpenLineage(PRODUCER);

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
          .build();

  private LineageEvent() {}

  /**
   * The event as JSON. A refused version is one, too: the run did what it was asked to, and the
   * assertions say the rest.
   *
   * @param url where the data set lies
   */
  static String of(
      Run.Snapshot run,
      DatasetManifest manifest,
      DatasetStatus.Version version,
      List<CheckOutcome> checks,
      String url,
      Instant now) {
    OpenLineage.RunEvent event =
        LINEAGE
            .newRunEventBuilder()
            .eventTime(now.atZone(ZoneOffset.UTC))
            .eventType(OpenLineage.RunEvent.EventType.COMPLETE)
            .run(LINEAGE.newRun(runId(run.uid()), engine(manifest)))
            .job(LINEAGE.newJob(run.namespace(), run.dataset(), job(manifest)))
            .inputs(manifest.sources().stream().map(LineageEvent::input).toList())
            .outputs(List.of(output(manifest, version, checks, url)))
            .build();
    try {
      return JSON.writeValueAsString(event);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an event is always JSON", e);
    }
  }

  /** The run's own uid where it is a UUID, and one that only it has otherwise. */
  static UUID runId(String uid) {
    try {
      return UUID.fromString(uid);
    } catch (IllegalArgumentException e) {
      return UUID.nameUUIDFromBytes(uid.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static OpenLineage.RunFacets engine(DatasetManifest manifest) {
    String[] words = manifest.engine().split(" ", 2);
    return LINEAGE
        .newRunFacetsBuilder()
        .processing_engine(
            LINEAGE
                .newProcessingEngineRunFacetBuilder()
                .name(words[0])
                .version(words[words.length - 1])
                .build())
        .build();
  }

  private static OpenLineage.JobFacets job(DatasetManifest manifest) {
    return LINEAGE
        .newJobFacetsBuilder()
        .jobType(
            LINEAGE
                .newJobTypeJobFacetBuilder()
                .processingType("BATCH")
                .integration("FIRSTDAY")
                .jobType("DATASET")
                .build())
        .sql(LINEAGE.newSQLJobFacetBuilder().query(manifest.transform()).dialect("duckdb").build())
        .build();
  }

  private static OpenLineage.InputDataset input(DatasetManifest.SourceFile file) {
    Place place = Place.of(file.uri());
    return LINEAGE.newInputDataset(
        place.namespace(),
        place.name(),
        LINEAGE
            .newDatasetFacetsBuilder()
            .version(LINEAGE.newDatasetVersionDatasetFacet(file.digest()))
            .build(),
        LINEAGE
            .newInputDatasetInputFacetsBuilder()
            .inputStatistics(
                LINEAGE
                    .newInputStatisticsInputDatasetFacetBuilder()
                    .size(file.bytes())
                    .fileCount(1L)
                    .build())
            .build());
  }

  private static OpenLineage.OutputDataset output(
      DatasetManifest manifest,
      DatasetStatus.Version version,
      List<CheckOutcome> checks,
      String url) {
    List<ObjectRef> files =
        Stream.of(manifest.train(), manifest.validation(), manifest.test())
            .filter(Objects::nonNull)
            .toList();
    long rows = files.stream().mapToLong(ObjectRef::rows).sum();
    long bytes = files.stream().mapToLong(ObjectRef::bytes).sum();
    Place place = Place.of(url);
    return LINEAGE.newOutputDataset(
        place.namespace(),
        place.name(),
        LINEAGE
            .newDatasetFacetsBuilder()
            .version(LINEAGE.newDatasetVersionDatasetFacet(version.number().toString()))
            .schema(schema(manifest))
            .dataQualityMetrics(
                LINEAGE
                    .newDataQualityMetricsDatasetFacetBuilder()
                    .rowCount(rows)
                    .bytes(bytes)
                    .fileCount((long) files.size())
                    .build())
            .put("dataQualityAssertions", new Assertions(checks))
            .build(),
        LINEAGE
            .newOutputDatasetOutputFacetsBuilder()
            .outputStatistics(
                LINEAGE
                    .newOutputStatisticsOutputDatasetFacetBuilder()
                    .rowCount(rows)
                    .size(bytes)
                    .fileCount((long) files.size())
                    .build())
            .build());
  }

  private static OpenLineage.SchemaDatasetFacet schema(DatasetManifest manifest) {
    return LINEAGE.newSchemaDatasetFacet(
        manifest.columns().stream()
            .map(
                column ->
                    LINEAGE
                        .newSchemaDatasetFacetFieldsBuilder()
                        .name(column.name())
                        .type(column.type().name())
                        .description(column.description())
                        .build())
            .toList());
  }

  /** S3's naming in OpenLineage: the bucket is the namespace, the key the name. */
  private record Place(String namespace, String name) {
    static Place of(String uri) {
      int slash = uri.indexOf('/', "s3://".length());
      return new Place(uri.substring(0, slash), uri.substring(slash + 1));
    }
  }

  /**
   * The library has this facet for inputs only, although what a run checks before it publishes is
   * what it puts out.
   */
  private static final class Assertions implements OpenLineage.DatasetFacet {
    private final OpenLineage.DataQualityAssertionsDatasetFacet facet;

    Assertions(List<CheckOutcome> checks) {
      this.facet =
          LINEAGE.newDataQualityAssertionsDatasetFacet(
              checks.stream()
                  .filter(check -> check.verdict() != Verdict.SKIPPED)
                  .map(Assertions::assertion)
                  .toList());
    }

    private static OpenLineage.DataQualityAssertionsDatasetFacetAssertions assertion(
        CheckOutcome check) {
      boolean single = check.columns() != null && check.columns().size() == 1;
      return LINEAGE
          .newDataQualityAssertionsDatasetFacetAssertionsBuilder()
          .assertion(check.metric().word())
          .name(check.name())
          .success(check.verdict() == Verdict.PASSED)
          .column(single ? check.columns().get(0) : null)
          .severity(
              check.severity() == null ? null : check.severity().name().toLowerCase(Locale.ROOT))
          .expected(check.bound())
          .actual(check.value() == null ? null : check.value().toString())
          .build();
    }

    public List<OpenLineage.DataQualityAssertionsDatasetFacetAssertions> getAssertions() {
      return facet.getAssertions();
    }

    @Override
    public URI get_producer() {
      return facet.get_producer();
    }

    @Override
    public URI get_schemaURL() {
      return facet.get_schemaURL();
    }

    @Override
    public Boolean get_deleted() {
      return null;
    }

    @Override
    public Boolean isDeleted() {
      return null;
    }

    @Override
    public Map<String, Object> getAdditionalProperties() {
      return Map.of();
    }
  }
}
