package dev.firstday.trainer.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.firstday.api.DatasetCheck.Metric;
import dev.firstday.api.DatasetSpec.Format;
import dev.firstday.api.DatasetStatus.Verdict;
import dev.firstday.contract.Run;
import dev.firstday.contract.RunResult.Cure;
import dev.firstday.sdk.RunFailure;
import dev.firstday.sdk.data.DatasetManifest;
import dev.firstday.trainer.check.CheckPlan;
import dev.firstday.trainer.sql.Database;
import dev.firstday.trainer.sql.SqlFailure;
import dev.firstday.trainer.sql.SqlResources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A user's SQL reaches the tables it was given, and nothing else of the pod. */
class SandboxTest {
  @TempDir private Path work;
  @TempDir private Path outside;
  private List<SourceTable> sources;

  @BeforeEach
  void writeFiles() throws IOException {
    Path rows = Files.writeString(work.resolve("rows.csv"), Runs.csv());
    Files.writeString(outside.resolve("secret.csv"), "id,size,colour,late\n1,1,red,true\n");
    sources =
        List.of(
            new SourceTable(
                "rows",
                Format.CSV,
                List.of("NA"),
                List.of(),
                List.of(new SourceTable.File(rows, "s3://b/rows.csv", "0", Files.size(rows)))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1 AS id, content AS colour FROM read_text('/etc/passwd')",
        "SELECT * FROM read_blob('/proc/self/environ')",
        "SELECT * FROM read_csv('OUTSIDE/secret.csv')",
        "SELECT * FROM 'OUTSIDE/secret.csv'",
        "SELECT * FROM 'INSIDE/../../../../../../OUTSIDE/secret.csv'",
        "SELECT * FROM read_parquet('s3://bucket/key.parquet')",
        "SELECT * FROM read_csv('http://127.0.0.1:1/a.csv')",
        "SELECT * FROM glob('/etc/*')",
        "SELECT * FROM sqlite_scan('OUTSIDE/a.db', 't')",
        "SELECT getenv('AWS_SECRET_ACCESS_KEY')",
      })
  void refusesToReadWhatIsNotInTheSource(String sql) {
    var failure = failure(sql);

    assertThat(failure.reason()).isEqualTo("InvalidTransform");
    assertThat(failure.cure()).isEqualTo(Cure.FIX_SPEC);
    assertThat(failure.getMessage()).doesNotContain("root:");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "COPY rows TO 'OUTSIDE/out.csv'",
        "COPY (SELECT 1) TO 'OUTSIDE/out.csv'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "ATTACH 'OUTSIDE/out.db'",
        "EXPORT DATABASE 'OUTSIDE'",
        "SET enable_external_access = true",
        "PRAGMA threads = 8",
        "CREATE TABLE a AS SELECT 1",
        "DELETE FROM rows",
        "UPDATE rows SET id = 1",
        "CALL duckdb_settings()",
        "BEGIN",
        "SELECT 1; COPY rows TO 'OUTSIDE/out.csv'",
      })
  void refusesAnythingButOneSelect(String sql) {
    var failure = failure(sql);

    assertThat(failure.reason()).isEqualTo("InvalidTransform");
    assertThat(outside).isDirectoryNotContaining("glob:**out*");
  }

  @Test
  void cannotBeUnlocked() {
    try (Database database = Database.open(new SqlResources(200L << 20, 1), work)) {
      database.lock(work);

      var failure =
          catchThrowableOfType(
              SqlFailure.class, () -> database.execute("SET enable_external_access = true"));

      assertThat(failure).hasMessageContaining("locked");
    }
  }

  @Test
  void takesQuotesInNamesAndValuesForWhatTheyAre() {
    Run.Snapshot run =
        Runs.with(
            Runs.small("n"),
            Runs.exactly(
                "'; DROP TABLE rows; --",
                Metric.INVALID_VALUES,
                "colour",
                Runs.valid(
                    List.of("it's blue", "red", "'); DROP TABLE rows; --"), null, null, null),
                0),
            Runs.exactly(
                "pattern",
                Metric.INVALID_VALUES,
                "colour",
                Runs.valid(null, "it's .*|red|'\\), 1\\); --", null, null),
                0));

    var outcomes =
        new Examination(new SqlResources(200L << 20, 2), work)
            .check(
                CheckPlan.of(run.spec()),
                build(run).files(manifest(run)),
                new Examination.Beside(Optional.empty(), Optional.empty(), List.of()),
                List.of(),
                file -> "",
                Instant.EPOCH);

    assertThat(outcomes).hasSize(2).allMatch(outcome -> outcome.verdict() == Verdict.PASSED);
  }

  @Test
  void saysThatMemoryDoesNotSuffice() {
    Run.Snapshot run =
        Runs.with(
            Runs.small("n"),
            "SELECT a.id, a.size, string_agg(repeat(b.colour, 10000)) AS colour, a.late"
                + " FROM rows a, rows b, rows c GROUP BY ALL");

    var failure =
        catchThrowableOfType(
            RunFailure.class,
            () ->
                new SnapshotBuilder(new SqlResources(30L << 20, 1), work, work)
                    .build(run.spec(), CheckPlan.of(run.spec()), sources, known -> {}));

    assertThat(failure.reason()).isEqualTo("OutOfMemory");
    assertThat(failure).hasMessageContaining("spec.resources.limits.memory");
  }

  @Test
  void givesEqualBytesForEqualRows() {
    var first = build(Runs.small("n"));
    var second = build(Runs.with(Runs.small("n"), "FROM rows ORDER BY random()"));

    assertThat(second).isEqualTo(first);
  }

  private SnapshotBuilder.Snapshot build(Run.Snapshot run) {
    return new SnapshotBuilder(new SqlResources(200L << 20, 2), work, work)
        .build(run.spec(), CheckPlan.of(run.spec()), sources, known -> {});
  }

  private DatasetManifest manifest(Run.Snapshot run) {
    return Recipe.manifest(run.dataset(), run.spec(), sources, build(run));
  }

  private RunFailure failure(String sql) {
    String there = sql.replace("OUTSIDE", outside.toString()).replace("INSIDE", work.toString());
    return catchThrowableOfType(RunFailure.class, () -> build(Runs.with(Runs.small("n"), there)));
  }
}
