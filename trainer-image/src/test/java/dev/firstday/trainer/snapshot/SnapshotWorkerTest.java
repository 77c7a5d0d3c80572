package dev.firstday.trainer.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.firstday.api.DatasetCheck;
import dev.firstday.api.DatasetCheck.Metric;
import dev.firstday.api.DatasetCheck.Severity;
import dev.firstday.api.DatasetSpec;
import dev.firstday.api.DatasetSpec.Role;
import dev.firstday.api.DatasetSpec.Type;
import dev.firstday.contract.Contract;
import dev.firstday.contract.Run;
import dev.firstday.contract.RunResult;
import dev.firstday.sdk.data.DatasetManifest;
import dev.firstday.sdk.data.Table;
import dev.firstday.sdk.store.FaultProxy.Fault;
import dev.firstday.sdk.store.S3Fixture;
import dev.firstday.sdk.store.Store;
import dev.firstday.sdk.store.StoreException;
import dev.firstday.trainer.sql.SqlResources;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

class SnapshotWorkerTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static S3Fixture s3;

  @TempDir private Path scratch;
  private String namespace;
  private Run.Snapshot small;

  @BeforeAll
  static void start() {
    s3 = S3Fixture.start();
  }

  @AfterAll
  static void stop() throws IOException {
    s3.close();
  }

  @BeforeEach
  void upload(TestInfo test) {
    namespace =
        "n"
            + Contract.sha256(test.getDisplayName().getBytes(StandardCharsets.UTF_8))
                .substring(0, 12);
    s3.upload(namespace, "rows.csv", Runs.csv());
    small = Runs.small(namespace);
  }

  @Test
  void recordsAVersionWhoseSplitsReadBack() {
    try (Store store = s3.store(namespace)) {
      RunResult.Snapshot result = run(store, small);

      assertThat(result.uid()).isEqualTo("run-1");
      assertThat(result.version().number()).isEqualTo(1);
      assertThat(result.version().refused()).isNull();
      assertThat(result.version().recordedAt()).isEqualTo(NOON);
      assertThat(result.version().rows()).isEqualTo(Runs.ROWS);
      assertThat(result.version().validationRows()).isBetween(30L, 70L);
      assertThat(result.checks().summary()).isEqualTo("0/0");
      DatasetManifest manifest = DatasetManifest.load(store.objects(), result.version().digest());
      assertThat(manifest.digest()).isEqualTo(result.version().digest());
      assertThat(manifest.engine()).startsWith("duckdb v");
      assertThat(manifest.sources())
          .containsExactly(
              new DatasetManifest.SourceFile(
                  "rows",
                  "s3://firstday-test/team/" + namespace + "/files/rows.csv",
                  Contract.sha256(Runs.csv().getBytes(StandardCharsets.UTF_8)),
                  Runs.csv().length()));
      Table train = read(store, manifest, manifest.train());
      Table validation = read(store, manifest, manifest.validation());
      assertThat(train.rows() + validation.rows()).isEqualTo(Runs.ROWS);
      assertThat(missing(train) + missing(validation)).isEqualTo(Runs.ROWS / 10);
      assertThat(((Table.Texts) train.column("colour")).dictionary())
          .containsExactlyInAnyOrder("red", "it's blue");
      Table.Longs ids = (Table.Longs) train.column("id");
      Table.Longs labels = (Table.Longs) train.column("late");
      for (int row = 0; row < train.rows(); row++) {
        assertThat(labels.values()[row]).isEqualTo(ids.values()[row] % 4 == 0 ? 1 : 0);
      }
    }
  }

  @Test
  void givesEqualInputsTheSameVersion() {
    try (Store store = s3.store(namespace)) {
      RunResult.Snapshot first = run(store, small);
      RunResult.Snapshot again = run(store, small);
      RunResult.Snapshot other = run(store, Runs.withUid(small, "run-2"));

      assertThat(again).isEqualTo(first);
      assertThat(other.version()).isEqualTo(first.version());
      assertThat(store.datasetVersions("small").numbers()).containsExactly(1);
    }
  }

  @Test
  void givesOtherInputsAnotherVersion() {
    try (Store store = s3.store(namespace)) {
      run(store, small);
      s3.upload(namespace, "rows.csv", Runs.csv() + "1000,1.5,green,true\n");

      RunResult.Snapshot second = run(store, Runs.withUid(small, "run-2"));

      assertThat(second.version().number()).isEqualTo(2);
      assertThat(second.version().rows()).isEqualTo(Runs.ROWS + 1);
    }
  }

  @Test
  void recordsARefusedVersionAndAGoodOneOnceTheFilesAreCorrected() {
    try (Store store = s3.store(namespace)) {
      Run.Snapshot checked =
          Runs.with(
              small,
              Runs.atLeast("enough", Metric.ROW_COUNT, null, 201),
              Runs.exactly(null, Metric.NULL_VALUES, "colour", null, 0));

      RunResult.Snapshot refused = run(store, checked);

      assertThat(refused.version().refused()).isTrue();
      assertThat(refused.checks().summary()).isEqualTo("1/2");
      assertThat(refused.checks().failures()).containsExactly("enough: 200 rows, must be >= 201");
      assertThat(store.datasetVersions("small").read(1).refused()).isTrue();

      s3.upload(namespace, "rows.csv", Runs.csv() + "1000,1.5,green,true\n");
      RunResult.Snapshot good = run(store, checked);

      assertThat(good.version().refused()).isNull();
      assertThat(good.version().number()).isEqualTo(2);
      assertThat(good.checks().summary()).isEqualTo("2/2");
    }
  }

  @Test
  void doesNotRefuseForAWarning() {
    try (Store store = s3.store(namespace)) {
      RunResult.Snapshot result =
          run(
              store,
              Runs.with(
                  small,
                  Runs.check(
                      "sizes",
                      Metric.NULL_VALUES,
                      "size",
                      null,
                      null,
                      0.0,
                      null,
                      null,
                      DatasetCheck.Unit.PERCENT,
                      Severity.WARNING)));

      assertThat(result.version().refused()).isNull();
      assertThat(result.checks().failures())
          .containsExactly("sizes: 10.000 %, must be 0 (warning)");
    }
  }

  @Test
  void readsGzippedFilesAndSeveralOfThem() throws IOException {
    s3.upload(namespace, "many/1.csv.gz", gzip(Runs.csv()));
    s3.upload(namespace, "many/2.csv", "late,colour,size,id\ntrue,green,NA,1000\n");
    try (Store store = s3.store(namespace)) {
      RunResult.Snapshot result = run(store, Runs.with(small, Runs.source("rows", "many/*")));

      assertThat(result.version().rows()).isEqualTo(Runs.ROWS + 1);
    }
  }

  @Test
  void dividesByTimeAndLeavesTheGapOut() {
    StringBuilder csv = new StringBuilder("day,value,label\n");
    for (int day = 1; day <= 30; day++) {
      csv.append("2026-01-%02d,%d,%d%n".formatted(day, day, day % 3));
    }
    s3.upload(namespace, "days.csv", csv.toString());
    Run.Snapshot byTime =
        Runs.with(
            Runs.with(small, Runs.source("days", "days.csv")),
            "FROM days",
            List.of(
                Runs.column("day", Type.DATE, Role.EVENT_TIME),
                Runs.column("value", Type.INTEGER, Role.FEATURE),
                Runs.column("label", Type.DOUBLE, Role.LABEL)),
            new DatasetSpec.Split(
                null,
                new DatasetSpec.TimeSplit(
                    "day", "2026-01-11", "2026-01-16T00:00:00Z", "2026-01-26", null, null),
                null));
    try (Store store = s3.store(namespace)) {
      RunResult.Snapshot result = run(store, byTime);

      assertThat(result.version().trainRows()).isEqualTo(10);
      assertThat(result.version().validationRows()).isEqualTo(10);
      assertThat(result.version().rows()).isEqualTo(20);
      DatasetManifest manifest = DatasetManifest.load(store.objects(), result.version().digest());
      Table.Longs days = (Table.Longs) read(store, manifest, manifest.validation()).column("day");
      assertThat(days.values()[0])
          .isEqualTo(Instant.parse("2026-01-16T00:00:00Z").toEpochMilli() * 1000);
    }
  }

  @Test
  void recordsNothingWhileTheStoreIsAwayAndSucceedsAfterwards() {
    try (Store store = s3.store(namespace)) {
      s3.faults().next(1000, "PUT /firstday-test/team/" + namespace, Fault.ANSWER_503);
      var failure = catchThrowableOfType(StoreException.class, () -> run(store, small));
      assertThat(failure.why()).isEqualTo(StoreException.Reason.S3_UNREACHABLE);
      assertThat(store.datasetVersions("small").numbers()).isEmpty();

      s3.faults().mend();

      assertThat(run(store, small).version().number()).isEqualTo(1);
    }
  }

  @Test
  void leavesNoFilesBehind() {
    try (Store store = s3.store(namespace)) {
      run(store, small);

      assertThat(scratch).isEmptyDirectory();
    }
  }

  private RunResult.Snapshot run(Store store, Run.Snapshot run) {
    return (RunResult.Snapshot)
        Runs.worker(
                store, new SqlResources(500L << 20, 2), scratch, Clock.fixed(NOON, ZoneOffset.UTC))
            .run(run);
  }

  private Table read(Store store, DatasetManifest manifest, DatasetManifest.ObjectRef split) {
    Path file = store.objects().fetch(split.digest(), scratch);
    return new ParquetSplitReader().read(file, manifest.columns());
  }

  private static int missing(Table table) {
    return table.column("size").missing().cardinality();
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }
}
