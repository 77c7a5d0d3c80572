package dev.firstday.trainer.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.firstday.api.DatasetCheck.Unit;
import dev.firstday.api.DatasetStatus.Verdict;
import dev.firstday.sdk.data.CheckOutcome;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each metric of one version, over ten rows whose figures were found by hand. */
class GaugesTest {
  private final Bench bench = Bench.small();

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
      metric: 'rowCount'                                                                          | 10  | ROWS
      metric: 'rowCount', where: 'colour = \\'red\\' -- a comment'                                | 3   | ROWS
      metric: 'nullValues', column: 'x'                                                           | 2   | ROWS
      metric: 'nullValues', column: 'x', unit: 'percent'                                          | 20  | PERCENT
      metric: 'nullValues', column: 'x', unit: 'percent', where: 'n > 8'                          | 50  | PERCENT
      metric: 'missingValues', column: 'colour', arguments: {missingValues: ['NA', '']}           | 2   | ROWS
      metric: 'missingValues', column: 'n', arguments: {missingValues: ['9', '010', 'x']}         | 1   | ROWS
      metric: 'invalidValues', column: 'colour', arguments: {validValues: ['red', 'blue']}        | 3   | ROWS
      metric: 'invalidValues', column: 'colour', unit: 'percent', arguments: {pattern: '[rb].*'} | 30  | PERCENT
      metric: 'invalidValues', column: 'x', arguments: {min: 2, max: 8}                           | 2   | ROWS
      metric: 'invalidValues', column: 'x', arguments: {validValues: ['1.0', '2']}                | 7   | ROWS
      metric: 'invalidValues', column: 'n', arguments: {validValues: ['1', '2', '03']}            | 8   | ROWS
      metric: 'invalidValues', column: 'n', arguments: {validValues: ['one']}                     | 10  | ROWS
      metric: 'invalidValues', column: 'late', arguments: {validValues: ['true']}                 | 5   | ROWS
      metric: 'invalidValues', column: 'colour', arguments: {minLength: 3, maxLength: 4}          | 3   | ROWS
      metric: 'duplicateValues', column: 'id'                                                     | 1   | ROWS
      metric: 'duplicateValues', columns: ['colour', 'late'], unit: 'percent'                     | 20  | PERCENT
      metric: 'duplicateValues', column: 'colour', where: 'n <= 4'                                | 2   | ROWS
      metric: 'min', column: 'x'                                                                  | 1   |
      metric: 'max', column: 'x', where: 'n < 10'                                                 | 8   |
      metric: 'mean', column: 'x'                                                                 | 5.125 |
      metric: 'sum', column: 'n'                                                                  | 55  |
      metric: 'stddev', column: 'x'                                                               | 3.136764 |
      metric: 'quantile', column: 'x', arguments: {quantile: 0.5}                                 | 5   |
      metric: 'quantile', column: 'x', arguments: {quantile: 1}                                   | 10  |
      metric: 'distinctCount', column: 'colour'                                                   | 4   |
      metric: 'uniqueRatio', column: 'id'                                                         | 0.9 |
      metric: 'uniqueRatio', columns: ['id', 'n']                                                 | 1   |
      metric: 'entropy', column: 'colour'                                                         | 1.310784 |
      metric: 'correlation', columns: ['x', 'n']                                                  | 1   |
      metric: 'freshness', column: 'seen'                                                         | 36  | HOURS
      metric: 'freshness', column: 'seen', unit: 'days'                                           | 1.5 | DAYS
      metric: 'freshness', column: 'seen', unit: 'minutes', where: 'n <> 10'                      | 5040 | MINUTES
      metric: 'freshness', column: 'seen', unit: 'seconds'                                        | 129600 | SECONDS
      metric: 'sql', query: 'SELECT count(*) FROM {object} o WHERE o.n * 2 > 10;'                 | 5   |
      metric: 'sql', query: 'SELECT max(x) - min(n) FROM {object} -- all', where: 'n < 8'         | 6   |
      metric: 'splitOverlap'                                                                      | 1   | ROWS
      metric: 'splitOverlap', column: 'colour', unit: 'percent'                                   | 75  | PERCENT
      metric: 'timeOverlap'                                                                       | 1   | ROWS
      metric: 'timeOverlap', column: 'seen', unit: 'percent'                                      | 25  | PERCENT
      metric: 'rowOverlap', columns: ['colour']                                                   | 50  | PERCENT
      metric: 'rowOverlap', columns: ['colour', 'n'], unit: 'rows'                                | 0   | ROWS
      metric: 'newCategories', column: 'colour'                                                   | 2   | ROWS
      metric: 'newCategories', unit: 'percent'                                                    | 50  | PERCENT
      metric: 'newCategories', column: 'n', unit: 'percent'                                       | 100 | PERCENT
      metric: 'conflictingLabels', columns: ['colour']                                            | 8   | ROWS
      metric: 'conflictingLabels'                                                                 | 0   | ROWS
      """)
  void measures(String check, double value, Unit unit) {
    CheckOutcome outcome = bench.run("{" + check.strip() + ", mustBeLessThan: 1e9}");

    assertThat(outcome.value()).isCloseTo(value, within(1e-6));
    assertThat(outcome.unit()).isEqualTo(unit);
    assertThat(outcome.verdict()).isEqualTo(Verdict.PASSED);
    assertThat(outcome.elapsedMillis()).isNotNegative();
  }

  @Test
  void aMissingValueIsNotInvalidEvenWhereNoValueIsValid() {
    try (Bench numbers =
        new Bench(
            "n INTEGER, late BOOLEAN label",
            List.of("1, true, 'train'", "NULL, false, 'train'", "3, true, 'train'"))) {
      CheckOutcome outcome =
          numbers.run(
              "{metric: 'invalidValues', column: 'n', arguments: {validValues: ['one']}, mustBe: 2}");

      assertThat(outcome.value()).isEqualTo(2);
    }
  }

  @Test
  void countsTheRowsLookedAt() {
    List<CheckOutcome> outcomes =
        bench.runAll(
            "{metric: 'mean', column: 'x', mustBe: 1}",
            "{metric: 'mean', column: 'x', where: 'n > 4', mustBe: 1}",
            "{metric: 'splitOverlap', mustBe: 1}");

    assertThat(outcomes).extracting(CheckOutcome::rows).containsExactly(10L, 6L, 4L);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
      metric: 'mean', column: 'x', where: 'n = 5'               | FAILED
      metric: 'mean', column: 'x', where: 'n > 100'             | SKIPPED
      metric: 'stddev', column: 'x', where: 'n = 1'             | FAILED
      metric: 'correlation', columns: ['x', 'n'], where: 'n = 1' | FAILED
      metric: 'freshness', column: 'seen', where: 'false'       | SKIPPED
      metric: 'uniqueRatio', column: 'x', where: 'x IS NULL'    | FAILED
      metric: 'sql', query: 'SELECT NULL'                       | FAILED
      metric: 'sql', query: 'SELECT 1 WHERE false'              | FAILED
      metric: 'nullValues', column: 'x', where: 'false'         | PASSED
      """)
  void failsWhatHasNoValueUnlessThereAreNoRows(String check, Verdict verdict) {
    CheckOutcome outcome = bench.run("{" + check.strip() + ", mustBeLessThan: 1e9}");

    assertThat(outcome.verdict()).isEqualTo(verdict);
    if (verdict != Verdict.PASSED) {
      assertThat(outcome.value()).isNull();
      assertThat(outcome.note()).isNotBlank();
    }
  }

  @Test
  void findsRowsThatReferToNothing() {
    bench.source("colours", "SELECT * FROM (VALUES ('red', '1'), ('blue', 'x')) v(name, code)");
    String orphans =
        "{metric: 'referentialIntegrity', column: '%s', arguments: {table: 'colours', tableColumns:"
            + " ['%s']}, mustBe: 0}";

    assertThat(bench.run(orphans.formatted("colour", "name")).value()).isEqualTo(3);
    assertThat(bench.run(orphans.formatted("n", "code")).value()).isEqualTo(9);
  }

  @Test
  void skipsWhatItsSourceIsNotAtHandFor() {
    List<CheckOutcome> outcomes =
        bench.runAll(
            "{metric: 'referentialIntegrity', column: 'colour', arguments: {table: 'colours'},"
                + " mustBe: 0}",
            "{metric: 'sql', query: 'SELECT count(*) FROM other', mustBe: 0}",
            "{metric: 'rowCount', where: 'n IN (SELECT n FROM OTHER)', mustBe: 0}",
            "{metric: 'rowCount', mustBe: 10}");

    assertThat(outcomes)
        .extracting(CheckOutcome::verdict)
        .containsExactly(Verdict.SKIPPED, Verdict.SKIPPED, Verdict.SKIPPED, Verdict.PASSED);
    assertThat(outcomes.get(1).note()).contains("not at hand: other");
  }
}
