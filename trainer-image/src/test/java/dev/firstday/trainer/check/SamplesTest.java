package dev.firstday.trainer.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.sdk.data.CheckOutcome;
import dev.firstday.trainer.sql.Sql;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Some of the rows that fail. */
class SamplesTest {
  private final Bench bench = Bench.small();
  private final List<List<List<Object>>> kept = new ArrayList<>();

  @TempDir private Path directory;

  @AfterEach
  void close() {
    bench.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
      metric: 'nullValues', column: 'x'                                              | 5 9
      metric: 'nullValues', column: 'x', where: 'n > 5'                              | 9
      metric: 'missingValues', column: 'colour', arguments: {missingValues: ['NA']}  | 5 6
      metric: 'invalidValues', column: 'n', arguments: {max: 8}                      | 9 10
      metric: 'duplicateValues', column: 'id'                                        | 6 7
      metric: 'duplicateValues', columns: ['colour', 'late']                         | 2 3 8 9
      metric: 'splitOverlap'                                                         | 6 7
      metric: 'timeOverlap'                                                          | 9
      metric: 'newCategories'                                                        | 7 10
      metric: 'rowOverlap', columns: ['colour']                                      | 8 9
      metric: 'conflictingLabels', columns: ['colour'], where: 'n > 6'               | 7 10
      metric: 'referentialIntegrity', column: 'colour', arguments: {table: 'colours', tableColumns: ['name']} | 6 7 10
      """)
  void areThoseThatWereCounted(String check, String numbers) {
    bench.source("colours", "SELECT * FROM (VALUES ('red'), ('blue')) v(name)");

    CheckOutcome outcome = run("leakageChecks: false", "{" + check.strip() + ", mustBe: 0}").get(0);

    List<Integer> expected = Arrays.stream(numbers.split(" ")).map(Integer::valueOf).toList();
    assertThat(kept).hasSize(1);
    assertThat(kept.get(0))
        .extracting(row -> row.get(2))
        .containsExactlyElementsOf(List.<Object>copyOf(expected));
    assertThat(outcome.sample()).isEqualTo("digest 1");
    assertThat(outcome.sampleRows()).isEqualTo(expected.size());
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void areRedacted() {
    run(
        "leakageChecks: false, failingRows: {redact: ['colour', 'x', 'id']}",
        "{metric: 'invalidValues', column: 'colour', arguments: {validValues: ['red', 'blue',"
            + " 'green']}, mustBe: 0}");

    assertThat(kept.get(0).toString())
        .isEqualTo("[[***, ***, 6, ***, 2020-01-06 00:00:00.0, false, train]]");
  }

  @Test
  void areFewAndAlwaysTheSame() {
    try (Bench large =
        new Bench(
            "x INTEGER, late BOOLEAN label",
            IntStream.range(0, 5000)
                .mapToObj(i -> (i * 7919 % 5000) + ", NULL, 'train'")
                .toList())) {
      large.runAll(
          large.spec(
              "leakageChecks: false, failingRows: {limit: 3}, split: {column: {name: 'x'}}",
              "{metric: 'nullValues', column: 'late', mustBe: 0}"),
          new Samples(directory, file -> keep(large, file)));
    }

    assertThat(kept.get(0)).extracting(row -> row.get(0)).containsExactly(0, 1, 2);
  }

  @Test
  void areKeptOfFailedChecksOnlyAndOfNoneWhenNoneIsWanted() {
    List<CheckOutcome> passed =
        run("leakageChecks: false", "{metric: 'nullValues', column: 'x', mustBe: 2}");
    List<CheckOutcome> unwanted =
        run(
            "leakageChecks: false, failingRows: {limit: 0}",
            "{metric: 'nullValues', column: 'x', mustBe: 0}");
    List<CheckOutcome> none =
        run("leakageChecks: false", "{metric: 'nullValues', column: 'n', mustBe: 1}");
    List<CheckOutcome> pointing =
        run("leakageChecks: false", "{metric: 'mean', column: 'n', mustBe: 1}");

    assertThat(kept).isEmpty();
    assertThat(List.of(passed, unwanted, none, pointing))
        .allSatisfy(outcomes -> assertThat(outcomes.get(0).sample()).isNull());
  }

  private List<CheckOutcome> run(String fields, String check) {
    return bench.runAll(
        bench.spec(fields, check), new Samples(directory, file -> keep(bench, file)));
  }

  private String keep(Bench from, Path file) {
    assertThat(Files.exists(file)).isTrue();
    kept.add(from.database.query("FROM read_parquet(" + Sql.text(file.toString()) + ")"));
    return "digest " + kept.size();
  }
}
