package dev.firstday.trainer.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.DatasetCheck.Metric;
import dev.firstday.api.DatasetSpec;
import dev.firstday.api.DatasetSpec.Role;
import dev.firstday.api.DatasetSpec.Type;
import dev.firstday.contract.Run;
import dev.firstday.contract.RunResult;
import dev.firstday.sdk.data.DatasetManifest;
import dev.firstday.sdk.data.Table;
import dev.firstday.sdk.store.S3Fixture;
import dev.firstday.sdk.store.Store;
import dev.firstday.trainer.sql.SqlResources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example's real data: a year of flights. */
class FlightsTest {
  private static final Path DATA = Path.of("..", "examples", "flights", "data");
  private static final String NAMESPACE = "flights";

  @TempDir private Path scratch;

  @Test
  void becomeAVersionThatReadsBack() throws IOException {
    try (S3Fixture s3 = S3Fixture.start();
        Store store = s3.store(NAMESPACE);
        Stream<Path> files = Files.list(DATA)) {
      for (Path file : files.toList()) {
        s3.upload(NAMESPACE, "flights/" + file.getFileName(), Files.readAllBytes(file));
      }
      var worker = Runs.worker(store, new SqlResources(600L << 20, 2), scratch, Clock.systemUTC());

      var result = (RunResult.Snapshot) worker.run(run());

      assertThat(result.version().number()).isEqualTo(1);
      assertThat(result.version().rows()).isEqualTo(327_346);
      assertThat(result.version().trainRows()).isEqualTo(244_737L);
      assertThat(result.checks().summary()).isEqualTo("3/3");
      DatasetManifest manifest = DatasetManifest.load(store.objects(), result.version().digest());
      Path train = store.objects().fetch(manifest.train().digest(), scratch);
      Table table = new ParquetSplitReader().read(train, manifest.columns());
      assertThat(table.rows()).isEqualTo(result.version().trainRows().intValue());
      assertThat(((Table.Texts) table.column("origin")).dictionary())
          .containsExactlyInAnyOrder("EWR", "JFK", "LGA");
    }
  }

  private static Run.Snapshot run() {
    Run.Snapshot run =
        Runs.with(
            Runs.small(NAMESPACE, "flights"),
            """
        SELECT
          make_date(f.year, f.month, f.day) AS flight_date,
          f.carrier || f.flight || '/' || f.origin || '/' || f.time_hour AS flight_key,
          f.hour + f.minute / 60 AS hour,
          f.carrier, f.origin, f.dest, f.distance,
          count(*) OVER (PARTITION BY f.origin, f.time_hour) AS departures,
          w.temp, w.wind_speed, w.precip, w.pressure,
          f.arr_delay > 15 AS late
        FROM flights f LEFT JOIN weather w USING (origin, time_hour)
        QUALIFY f.arr_delay IS NOT NULL""",
            List.of(
                Runs.column("flight_date", Type.DATE, Role.EVENT_TIME),
                Runs.column("flight_key", Type.VARCHAR, Role.KEY),
                Runs.column("hour", Type.DOUBLE, Role.FEATURE),
                Runs.column("carrier", Type.VARCHAR, Role.FEATURE),
                Runs.column("origin", Type.VARCHAR, Role.FEATURE),
                Runs.column("dest", Type.VARCHAR, Role.FEATURE),
                Runs.column("distance", Type.DOUBLE, Role.FEATURE),
                Runs.column("departures", Type.INTEGER, Role.FEATURE),
                Runs.column("temp", Type.DOUBLE, Role.FEATURE),
                Runs.column("wind_speed", Type.DOUBLE, Role.FEATURE),
                Runs.column("precip", Type.DOUBLE, Role.FEATURE),
                Runs.column("pressure", Type.DOUBLE, Role.FEATURE),
                Runs.column("late", Type.BOOLEAN, Role.LABEL)),
            Runs.byTime("flight_date", "2013-10-01"));
    return Runs.with(
        Runs.with(
            run,
            new DatasetSpec.Source(
                List.of(
                    new DatasetSpec.Files(
                        "flights", "flights/flights-2013-*.parquet", null, null, null),
                    new DatasetSpec.Files(
                        "weather", "flights/weather.parquet", null, null, null)))),
        Runs.atLeast("enough flights", Metric.ROW_COUNT, null, 300_000),
        Runs.exactly("no flight twice", Metric.DUPLICATE_VALUES, "flight_key", null, 0),
        Runs.exactly(
            null,
            Metric.INVALID_VALUES,
            "origin",
            Runs.valid(List.of("EWR", "JFK", "LGA"), null, null, null),
            0));
  }
}
