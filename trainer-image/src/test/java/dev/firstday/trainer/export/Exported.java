package dev.firstday.trainer.export;

import dev.firstday.api.DatasetCheck;
import dev.firstday.api.DatasetSpec;
import dev.firstday.api.DatasetSpec.Role;
import dev.firstday.api.DatasetSpec.Type;
import dev.firstday.api.DatasetStatus;
import dev.firstday.api.DatasetStatus.Verdict;
import dev.firstday.contract.Contract;
import dev.firstday.sdk.data.CheckOutcome;
import dev.firstday.sdk.data.DatasetManifest;
import dev.firstday.sdk.data.DatasetManifest.ObjectRef;
import dev.firstday.trainer.snapshot.Runs;
import dev.firstday.trainer.sql.Database;
import dev.firstday.trainer.sql.Sql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** A version with a column of each type and three splits. */
final class Exported {
  static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  static final String SOURCE = Contract.sha256(new byte[] {7});

  private static final List<DatasetSpec.Column> COLUMNS =
      List.of(
          new DatasetSpec.Column("id", Type.BIGINT, Role.KEY, "counts \"from\" 1"),
          Runs.column("size", Type.DOUBLE, Role.FEATURE),
          Runs.column("colour", Type.VARCHAR, Role.FEATURE),
          Runs.column("floors", Type.INTEGER, Role.FEATURE),
          Runs.column("built", Type.DATE, Role.OTHER),
          Runs.column("seen", Type.TIMESTAMP, Role.EVENT_TIME),
          Runs.column("split", Type.VARCHAR, Role.OTHER),
          Runs.column("sold", Type.BOOLEAN, Role.LABEL));

  private Exported() {}

  /** Writes {@code train.parquet} and so on with 4, 2 and 1 rows, and gives their manifest. */
  static DatasetManifest write(Path directory) throws IOException {
    return manifest(
        file(directory.resolve("train.parquet"), 4),
        file(directory.resolve("validation.parquet"), 2),
        file(directory.resolve("test.parquet"), 1));
  }

  static DatasetManifest manifest(ObjectRef train, ObjectRef validation, ObjectRef test) {
    return new DatasetManifest(
        "houses",
        COLUMNS,
        Runs.byHash(25, "id"),
        train,
        validation,
        test,
        List.of(
            new DatasetManifest.SourceFile(
                "houses", "s3://bucket/team/n/files/houses.csv", SOURCE, 300)),
        "SELECT * FROM houses",
        "duckdb v1.5.5",
        null,
        "7:1");
  }

  private static ObjectRef file(Path file, int rows) throws IOException {
    try (Database database = Database.open()) {
      database.execute(
          "COPY (SELECT i + 1 AS id, i / 2 AS size, 'red' AS colour, CAST(i AS INTEGER) AS floors,"
              + " DATE '2020-02-29' AS built, TIMESTAMP '2020-02-29 12:30:00' AS seen, 'x' AS split,"
              + " i = 0 AS sold FROM range("
              + rows
              + ") t(i)) TO "
              + Sql.text(file.toString())
              + " (FORMAT parquet)");
    }
    byte[] bytes = Files.readAllBytes(file);
    return new ObjectRef(Contract.sha256(bytes), bytes.length, rows);
  }

  static DatasetStatus.Version version(DatasetManifest manifest) {
    return new DatasetStatus.Version(3, manifest.digest(), "2.1.0", 7L, 4L, 2L, 1L, null, NOON);
  }

  static CheckOutcome check(String name, String column, double value, Verdict verdict) {
    return new CheckOutcome(
        name,
        DatasetCheck.Metric.NULL_VALUES,
        column == null ? List.of() : List.of(column),
        value,
        DatasetCheck.Unit.ROWS,
        "= 0",
        null,
        null,
        null,
        null,
        null,
        verdict,
        DatasetCheck.Severity.ERROR,
        null,
        7L,
        null,
        null,
        null);
  }
}
