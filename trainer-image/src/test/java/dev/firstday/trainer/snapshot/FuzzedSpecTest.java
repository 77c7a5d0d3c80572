package dev.firstday.trainer.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstday.api.DatasetSpec;
import dev.firstday.api.DatasetStatus.RefreshTrigger;
import dev.firstday.contract.Contract;
import dev.firstday.contract.Run;
import dev.firstday.contract.RunResult;
import dev.firstday.sdk.RunFailure;
import dev.firstday.sdk.data.DatasetManifest;
import dev.firstday.sdk.store.S3Fixture;
import dev.firstday.sdk.store.Store;
import dev.firstday.trainer.sql.Database;
import dev.firstday.trainer.sql.SqlResources;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Specs with some fields left out, exchanged or made strange, as many as the API server lets
 * through and more: each gives a version that is right, or a failure with a reason.
 */
class FuzzedSpecTest {
  private static final String NAMESPACE = "fuzz";
  private static final int ROUNDS = 300;
  private static final String SPEC =
      """
      {"source": {"files": [
          {"name": "rows", "uri": "rows.csv", "nullStrings": ["NA"], "columns": [
            {"name": "id", "type": "BIGINT"}, {"name": "size", "type": "DOUBLE"},
            {"name": "colour", "type": "VARCHAR"}, {"name": "late", "type": "BOOLEAN"}]},
          {"name": "more", "uri": "more.csv", "format": "csv"}]},
       "transform": "SELECT rows.*, DATE '2026-01-01' + rows.id::INTEGER AS day FROM rows",
       "columns": [
          {"name": "id", "type": "BIGINT", "role": "key"}, {"name": "size", "type": "DOUBLE"},
          {"name": "colour", "type": "VARCHAR", "role": "feature"},
          {"name": "late", "type": "BOOLEAN", "role": "label"},
          {"name": "day", "type": "DATE", "role": "eventTime"}],
       "split": {"SPLIT": {}},
       "checks": [
          {"name": "enough", "metric": "rowCount", "mustBeGreaterThan": 10},
          {"metric": "invalidValues", "column": "colour", "arguments": {"pattern": "red|it's blue"}, "mustBe": 0},
          {"metric": "duplicateValues", "columns": ["id"], "mustBe": 0},
          {"metric": "mean", "column": "size", "where": "id > 3", "mustBeBetween": [1, 90], "severity": "warning"},
          {"metric": "freshness", "column": "day", "unit": "hours", "mustBeLessThan": 1000000},
          {"metric": "sql", "query": "SELECT count(*) FROM {object} WHERE size < 0", "mustBe": 0},
          {"metric": "change", "arguments": {"of": "rowCount", "against": "previous"}, "unit": "percent", "mustBeBetween": [-20, 50]},
          {"metric": "drift", "column": "size", "arguments": {"method": "psi"}, "mustBeLessThan": 0.2},
          {"metric": "anomaly", "column": "size", "arguments": {"of": "mean", "history": 30}}],
       "schemaEvolution": "additive",
       "failingRows": {"limit": 5, "redact": ["size"]}}
      """;
  private static final List<String> SPLITS =
      List.of(
          "{\"hash\": {\"columns\": [\"id\"], \"salt\": \"s\", \"validationPercent\": 20, \"testPercent\": 10}}",
          "{\"time\": {\"column\": \"day\", \"trainUntil\": \"2026-04-01\", \"validateFrom\": \"2026-04-02\","
              + " \"validateUntil\": \"2026-06-01\", \"testFrom\": \"2026-06-02\", \"testUntil\": \"2026-07-01\"}}",
          "{\"column\": {\"name\": \"colour\", \"train\": \"red\", \"validation\": \"it's blue\"}}");
  private static final List<String> STRANGE =
      List.of(
          "",
          "id",
          "ID",
          "size",
          "day",
          "colour",
          "no such",
          "'",
          "\"; DROP TABLE rows; --",
          "%s",
          "\u0000",
          "é\uD83D\uDE00",
          "2026-02-30",
          "2026-05-01",
          "rows",
          "*.csv",
          "s3://",
          "SELECT 1",
          "FROM rows",
          "true",
          "(",
          "{object}",
          "id > 5; SELECT 1",
          "train",
          "x".repeat(300));
  private static S3Fixture s3;

  @TempDir private Path scratch;

  @BeforeAll
  static void start() {
    s3 = S3Fixture.start();
    s3.upload(NAMESPACE, "rows.csv", Runs.csv());
    s3.upload(NAMESPACE, "more.csv", "a,b\n1,2\n");
  }

  @AfterAll
  static void stop() throws IOException {
    s3.close();
  }

  @Test
  void givesAVersionThatIsRightOrAFailureWithAReason() {
    TreeMap<String, Integer> ends = new TreeMap<>();
    List<String> wrong = new ArrayList<>();
    try (Store store = s3.store(NAMESPACE)) {
      for (int seed = 0; seed < ROUNDS; seed++) {
        ends.merge(end(store, seed, wrong), 1, Integer::sum);
      }
    }
    assertThat(wrong).isEmpty();
    // the seeds are fixed: many get through, and many fail in many ways
    assertThat(ends.get("a version")).isGreaterThan(ROUNDS / 20);
    assertThat(ends).as("%s", ends).hasSizeGreaterThan(8);
  }

  private String end(Store store, int seed, List<String> wrong) {
    JsonNode fuzzed = fuzzed(new Random(seed));
    DatasetSpec spec;
    try {
      spec = Contract.read(fuzzed.toString(), DatasetSpec.class);
    } catch (IllegalArgumentException e) {
      return "no spec at all";
    }
    String dataset = "d" + seed;
    Run.Snapshot run =
        new Run.Snapshot(
            "run-" + seed,
            NAMESPACE,
            dataset,
            spec,
            RefreshTrigger.SPEC,
            null,
            null,
            List.of(),
            null);
    try {
      var worker = Runs.worker(store, new SqlResources(200L << 20, 1), scratch, Clock.systemUTC());
      RunResult.Snapshot result = (RunResult.Snapshot) worker.run(run);
      assertIsRight(store, spec, fuzzed, result);
      return Boolean.TRUE.equals(result.version().refused()) ? "a refused version" : "a version";
    } catch (RunFailure e) {
      assertThat(e.getMessage()).as("seed %d", seed).isNotBlank();
      assertThat(store.datasetVersions(dataset).numbers()).as("seed %d", seed).isEmpty();
      return e.reason();
    } catch (RuntimeException e) {
      wrong.add("seed %d: %s from %s".formatted(seed, trace(e), fuzzed));
      return e.getClass().getSimpleName();
    }
  }

  private static String trace(Exception e) {
    return e
        + Arrays.stream(e.getStackTrace())
            .limit(12)
            .map(frame -> "\n  " + frame)
            .collect(Collectors.joining());
  }

  private void assertIsRight(
      Store store, DatasetSpec spec, JsonNode fuzzed, RunResult.Snapshot result) {
    DatasetManifest manifest = DatasetManifest.load(store.objects(), result.version().digest());
    String because = fuzzed.toString();
    assertThat(fuzzed.path("split").size()).as(because).isEqualTo(1);
    assertThat(spec.columns())
        .as(because)
        .filteredOn(column -> column.effectiveRole() == DatasetSpec.Role.LABEL)
        .hasSize(1);
    assertThat(manifest.columns()).as(because).isEqualTo(spec.columns());
    try (Database database = Database.open()) {
      VersionFiles.fetch(manifest, store.objects(), scratch.resolve("read"))
          .createView(database, "version");
      String label =
          spec.columns().stream()
              .filter(column -> column.effectiveRole() == DatasetSpec.Role.LABEL)
              .findFirst()
              .orElseThrow()
              .name();
      Database.Description rows = database.describe("SELECT * FROM version");
      List<String> names = new ArrayList<>();
      List<String> types = new ArrayList<>();
      spec.columns().forEach(column -> names.add(column.name()));
      spec.columns().forEach(column -> types.add(column.type().name()));
      assertThat(rows.names().subList(0, names.size())).as(because).isEqualTo(names);
      assertThat(rows.types().subList(0, types.size())).as(because).isEqualTo(types);
      assertThat(database.queryCount("SELECT count(\"" + label + "\") FROM version"))
          .as(because)
          .isEqualTo(result.version().rows());
      assertThat(database.queryCount("SELECT count(DISTINCT \"firstday split\") FROM version"))
          .as(because)
          .isEqualTo(result.version().testRows() == null ? 2 : 3);
      if (spec.split().column() == null && result.version().testRows() == null) {
        assertThat(because).doesNotContain("testPercent\":1").doesNotContain("testFrom\":\"2");
      }
    }
  }

  private static JsonNode fuzzed(Random random) {
    ObjectNode spec = Contract.read(SPEC, ObjectNode.class);
    spec.set("split", Contract.read(SPLITS.get(random.nextInt(SPLITS.size())), JsonNode.class));
    int changes = random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      List<JsonNode> inner = new ArrayList<>();
      collect(spec, inner);
      change(inner.get(random.nextInt(inner.size())), random);
    }
    return spec;
  }

  private static void collect(JsonNode node, List<JsonNode> inner) {
    if (node.isContainerNode() && !node.isEmpty()) {
      inner.add(node);
      node.forEach(child -> collect(child, inner));
    }
  }

  private static void change(JsonNode node, Random random) {
    if (node instanceof ObjectNode object) {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      String name = names.get(random.nextInt(names.size()));
      if (random.nextInt(4) == 0) {
        object.remove(name);
      } else {
        object.set(name, other(object.get(name), random));
      }
    } else if (node instanceof ArrayNode array) {
      int index = random.nextInt(array.size());
      switch (random.nextInt(4)) {
        case 0 -> array.remove(index);
        case 1 -> array.add(array.get(random.nextInt(array.size())).deepCopy());
        case 2 -> array.addNull();
        default -> array.set(index, other(array.get(index), random));
      }
    }
  }

  private static JsonNode other(JsonNode value, Random random) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    if (value.isNumber()) {
      int[] numbers = {0, -1, 1, 50, 95, 100, Integer.MAX_VALUE};
      return json.numberNode(numbers[random.nextInt(numbers.length)]);
    }
    if (value.isTextual()) {
      return json.textNode(STRANGE.get(random.nextInt(STRANGE.size())));
    }
    return random.nextBoolean() ? json.nullNode() : empty(value);
  }

  private static JsonNode empty(JsonNode value) {
    return value.isArray()
        ? JsonNodeFactory.instance.arrayNode()
        : JsonNodeFactory.instance.objectNode();
  }
}
