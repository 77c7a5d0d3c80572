package dev.firstday.trainer.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.DatasetSpec;
import dev.firstday.api.DatasetStatus.Verdict;
import dev.firstday.sdk.data.CheckOutcome;
import dev.firstday.trainer.sql.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The checks that nobody asked for have nothing to say of honest data. */
class ExamplesTest {
  private static final Path EXAMPLES = Path.of("..", "examples");
  private static final Pattern COLUMN =
      Pattern.compile("- \\{name: (\\w+), type: (\\w+)(?:, role: (\\w+))?[,}]");

  @Test
  void areQuietOverIrises() throws IOException {
    try (Database database = Database.open()) {
      String split =
          "CASE WHEN CAST('0x' || left(md5(CAST(id AS VARCHAR)), 8) AS UBIGINT) % 100 < 30 THEN"
              + " 'validation' ELSE 'train' END";
      database.execute(
          "CREATE TABLE rows AS SELECT *, %s AS %s FROM read_csv('%s')"
              .formatted(split, Scope.SPLIT, EXAMPLES.resolve("iris/data/iris.csv")));

      List<CheckOutcome> outcomes =
          check(database, "iris/iris.yaml", "{hash: {columns: ['id'], validationPercent: 30}}");

      assertThat(outcomes)
          .extracting(CheckOutcome::name)
          .containsExactly("rowOverlap", "labelDrift", "singleFeatureScore");
      assertThat(outcomes).allMatch(outcome -> outcome.verdict() == Verdict.PASSED);
    }
  }

  @Test
  void areQuietOverFlights() throws IOException {
    try (Database database = Database.open()) {
      for (String table : List.of("flights", "weather")) {
        database.execute(
            "CREATE VIEW %s AS FROM read_parquet('%s*.parquet')"
                .formatted(table, EXAMPLES.resolve("flights/data/" + table)));
      }
      String yaml = Files.readString(EXAMPLES.resolve("flights/dataset.yaml"));
      String transform = yaml.split("transform: \\|\n")[1].split("\n {2}columns:")[0];
      database.execute(
          "CREATE TABLE rows AS SELECT *, CASE WHEN flight_date < DATE '2013-10-01' THEN 'train' ELSE"
              + " 'validation' END AS %s FROM (%s)".formatted(Scope.SPLIT, transform));

      List<CheckOutcome> outcomes =
          check(
              database,
              "flights/dataset.yaml",
              "{time: {column: 'flight_date', trainUntil: '2013-10-01'}}");

      assertThat(outcomes)
          .extracting(CheckOutcome::name)
          .containsExactly(
              "splitOverlap(flight_key)",
              "rowOverlap",
              "newCategories",
              "labelDrift",
              "singleFeatureScore");
      assertThat(outcomes).allMatch(outcome -> outcome.verdict() == Verdict.PASSED);
    }
  }

  private static List<CheckOutcome> check(Database database, String file, String split)
      throws IOException {
    String yaml = Files.readString(EXAMPLES.resolve(file));
    // those of the data set, not those of its files
    Matcher matcher = COLUMN.matcher(yaml.substring(yaml.indexOf("\n  columns:")));
    String columns =
        matcher
            .results()
            .map(
                found ->
                    "{name: '%s', type: '%s'%s}"
                        .formatted(
                            found.group(1),
                            found.group(2),
                            found.group(3) == null ? "" : ", role: '" + found.group(3) + "'"))
            .collect(Collectors.joining(", "));
    DatasetSpec spec =
        Bench.read(
            "{source: {files: []}, columns: [%s], split: %s}".formatted(columns, split),
            DatasetSpec.class);
    List<CheckOutcome> outcomes =
        new CheckRunner(database)
            .run(
                CheckPlan.of(spec),
                new Subject(
                    "rows",
                    spec.columns(),
                    Set.of(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    Instant.EPOCH));
    return outcomes;
  }
}
