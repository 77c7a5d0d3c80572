package dev.firstday.trainer.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.firstday.api.DatasetCheck.Severity;
import dev.firstday.api.DatasetCheck.Unit;
import dev.firstday.api.DatasetStatus.Verdict;
import dev.firstday.sdk.data.CheckOutcome;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Checks that hold a version against another, against its history, or its splits against each
 * other.
 */
class ComparisonsTest {
  private static final String BEFORE =
      "id BIGINT key, x DOUBLE, n DOUBLE, colour VARCHAR, late BOOLEAN label";
  private static final List<String> EIGHT =
      IntStream.range(0, 8).mapToObj(i -> i + ", 4.1, 0, 'red', true, 'train'").toList();

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
      arguments: {of: 'rowCount'}, unit: 'percent'                          | 25  | PERCENT | 10
      arguments: {of: 'rowCount'}                                           | 2   | ROWS    | 10
      arguments: {of: 'rowCount'}, unit: 'rows', where: 'id < 3'            | -1  | ROWS    | 2
      arguments: {of: 'mean'}, column: 'x', unit: 'percent'                 | 25  | PERCENT | 5.125
      arguments: {of: 'mean'}, column: 'x'                                  | 1.025 |       | 5.125
      arguments: {of: 'distinctCount', against: 'previous'}, column: 'id'   | 1   |         | 9
      """)
  void measuresChange(String check, double value, Unit unit, double observed) {
    bench.previous(3, BEFORE, EIGHT);

    CheckOutcome outcome = bench.run("{metric: 'change', " + check + ", mustBeGreaterThan: -9}");

    assertThat(outcome.value()).isCloseTo(value, within(1e-9));
    assertThat(outcome.unit()).isEqualTo(unit);
    assertThat(outcome.observed()).isEqualTo(observed);
    assertThat(outcome.note()).isEqualTo("against version 3");
    assertThat(outcome.verdict()).isEqualTo(Verdict.PASSED);
  }

  @Test
  void takesAChangeFromNothingForMoreThanAnyPercentage() {
    bench.previous(3, BEFORE, EIGHT);
    String nulls =
        "{metric: 'change', column: 'x', arguments: {of: 'nullValues'}, unit: 'percent', ";

    CheckOutcome tooMany = bench.run(nulls + "mustBeLessThan: 50}");
    CheckOutcome enough = bench.run(nulls + "mustBeGreaterThan: -50}");

    assertThat(tooMany.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(tooMany.value()).isNull();
    assertThat(tooMany.note()).isEqualTo("against version 3, where it was 0");
    assertThat(enough.verdict()).isEqualTo(Verdict.PASSED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
      metric: 'change', arguments: {of: 'rowCount', against: 'pinned'}                  | no deployed model learnt from a version that is there
      metric: 'change', column: 'seen', arguments: {of: 'nullValues'}                   | version 3 has no column seen
      metric: 'change', column: 'n', arguments: {of: 'mean'}                            | in version 3, n is DOUBLE
      metric: 'change', column: 'x', where: 'n = 3', arguments: {of: 'mean'}            | version 3 has no value to compare with
      metric: 'change', where: 'seen IS NULL', arguments: {of: 'rowCount'}              | the version to compare with has other columns
      metric: 'drift', column: 'seen', arguments: {method: 'psi'}                       | version 3 has no column seen
      metric: 'schema', arguments: {against: 'pinned'}                                  | no deployed model learnt from a version that is there
      metric: 'newCategories', column: 'colour', arguments: {against: 'pinned'}         | no deployed model learnt from a version that is there
      metric: 'anomaly', arguments: {of: 'rowCount'}                                    | 0 of the 10 earlier runs that it needs
      """)
  void skipsWhatThereIsNothingToCompareWith(String check, String note) {
    bench.previous(3, BEFORE, EIGHT);

    CheckOutcome outcome = bench.run("{" + check + ", mustBe: 0}");

    assertThat(outcome.verdict()).isEqualTo(Verdict.SKIPPED);
    assertThat(outcome.note()).startsWith(note);
  }

  @Test
  void comparesSchemas() {
    bench.previous(
        3, BEFORE.replace("colour VARCHAR", "gone BIGINT, colour VARCHAR key"), List.of());

    CheckOutcome none = bench.run("{metric: 'schema', mustBe: 0}");
    CheckOutcome additive =
        bench.run("{metric: 'schema', arguments: {evolution: 'additive'}, mustBe: 0}");
    CheckOutcome any = bench.run("{metric: 'schema', arguments: {evolution: 'any'}, mustBe: 0}");

    assertThat(none.value()).isEqualTo(4);
    assertThat(none.note())
        .isEqualTo(
            "against version 3: n has INTEGER instead of DOUBLE, without gone, colour has role"
                + " feature instead of key, with seen");
    assertThat(additive.value()).isEqualTo(3);
    assertThat(any.value()).isZero();
    assertThat(any.verdict()).isEqualTo(Verdict.PASSED);
  }

  @Test
  void findsCategoriesThatAnEarlierVersionHadNot() {
    bench.pinned(2, BEFORE, EIGHT);

    CheckOutcome outcome =
        bench.run(
            "{metric: 'newCategories', column: 'colour', arguments: {against: 'pinned'}, mustBe: 0}");

    // three blue, two green, one NA
    assertThat(outcome.value()).isEqualTo(6);
    assertThat(outcome.note()).isEqualTo("against version 2");
  }

  @Test
  void judgesByItsHistory() {
    String anomaly =
        "{name: 'usual', metric: 'anomaly', column: 'x', arguments: {of: 'mean', minHistory: 4,"
            + " strategy: 'batchNormal'}}";
    bench.observed("another", 1, 2, 3, 4, 5).observed("usual", 4, 5, 6);

    CheckOutcome early = bench.run(anomaly);
    CheckOutcome usual = bench.observed("usual", 5).run(anomaly);
    CheckOutcome unusual = bench.run(anomaly.replace("}}", "}, where: 'n > 9'}"));

    assertThat(early.verdict()).isEqualTo(Verdict.SKIPPED);
    assertThat(early.observed()).isEqualTo(5.125);
    // 4, 5, 6, 5: mean 5, deviation sqrt(2 / 3)
    assertThat(usual.value()).isCloseTo(0.125 / Math.sqrt(2.0 / 3), within(1e-9));
    assertThat(usual.bound()).isEqualTo("<= 3");
    assertThat(usual.verdict()).isEqualTo(Verdict.PASSED);
    assertThat(unusual.value()).isCloseTo(5 / Math.sqrt(2.0 / 3), within(1e-9));
    assertThat(unusual.observed()).isEqualTo(10);
    assertThat(unusual.verdict()).isEqualTo(Verdict.FAILED);
  }

  @Test
  void findsDriftAndForgivesChance() {
    String columns = "x DOUBLE, late BOOLEAN label";
    List<String> uniform =
        IntStream.range(0, 400)
            .mapToObj(
                i -> "%d, %s, '%s'".formatted(i, i % 8 < 4, i % 4 == 0 ? "validation" : "train"))
            .toList();
    List<String> shifted =
        IntStream.range(0, 400).mapToObj(i -> (i + 100) + ", true, 'train'").toList();
    try (Bench same = new Bench(columns, uniform);
        Bench moved = new Bench(columns, shifted)) {
      String drift =
          "{metric: 'drift', column: 'x', arguments: {method: 'psi'}, mustBeLessThan: 0}";

      CheckOutcome none = same.previous(1, columns, uniform).run(drift);
      CheckOutcome some = moved.previous(1, columns, uniform).run(drift);

      assertThat(none.value()).isZero();
      assertThat(none.expected()).isCloseTo(9 * 2 / 400.0, within(1e-9));
      assertThat(none.threshold()).isGreaterThan(none.expected());
      assertThat(none.verdict()).isEqualTo(Verdict.PASSED);
      assertThat(some.value()).isGreaterThan(0.2);
      assertThat(some.verdict()).isEqualTo(Verdict.FAILED);
      assertThat(CheckReport.of(List.of(some), 1, 1, Bench.NOW).failures().get(0))
          .matches("drift\\(x\\): [0-9.]+, must be < 0, and [0-9.]+ by chance");
    }
  }

  @Test
  void comparesLabelsOfTheSplits() {
    List<String> rows =
        IntStream.range(0, 1000)
            .mapToObj(
                i -> i + ", " + (i % 2 == 0) + ", '" + (i < 800 ? "train" : "validation") + "'")
            .toList();
    List<String> skewed =
        IntStream.range(0, 1000)
            .mapToObj(i -> i + ", " + (i < 400) + ", '" + (i < 800 ? "train" : "validation") + "'")
            .toList();
    String check = "{metric: 'labelDrift', mustBeLessThan: 0.1, severity: 'warning'}";
    try (Bench even = new Bench("x DOUBLE, late BOOLEAN label", rows);
        Bench uneven = new Bench("x DOUBLE, late BOOLEAN label", skewed)) {
      CheckOutcome outcome = uneven.run(check);

      assertThat(even.run(check).verdict()).isEqualTo(Verdict.PASSED);
      assertThat(outcome.verdict()).isEqualTo(Verdict.FAILED);
      assertThat(outcome.severity()).isEqualTo(Severity.WARNING);
      assertThat(outcome.note()).isEqualTo("validation against train");
      assertThat(outcome.rows()).isEqualTo(200);
    }
  }

  @Test
  void ofSeveralLabelsTheOneThatMovedMostIsTold() {
    List<String> rows =
        IntStream.range(0, 1000)
            .mapToObj(
                i ->
                    "%d, %s, %s, '%s'"
                        .formatted(i, i % 2 == 0, i < 400, i < 800 ? "train" : "validation"))
            .toList();
    try (Bench bench = new Bench("x DOUBLE, late BOOLEAN label, full BOOLEAN label", rows);
        Bench alone =
            new Bench(
                "x DOUBLE, full BOOLEAN label",
                rows.stream().map(row -> row.replaceFirst(", (true|false)", "")).toList())) {
      CheckOutcome outcome = bench.run("{metric: 'labelDrift', mustBeLessThan: 0.1}");

      assertThat(outcome.verdict()).isEqualTo(Verdict.FAILED);
      assertThat(outcome.note()).isEqualTo("label full: validation against train");
      assertThat(outcome.value())
          .isEqualTo(alone.run("{metric: 'labelDrift', mustBeLessThan: 0.1}").value());
      assertThat(bench.run("{metric: 'singleFeatureScore', mustBeLessThan: 0.98}").note())
          .startsWith("label ");
    }
  }

  /** Rows of one feature: in the second label two of them differ, in the first none. */
  @Test
  void rowsConflictInAnyOfSeveralLabels() {
    try (Bench bench =
        new Bench(
            "f VARCHAR, late BOOLEAN label, full BOOLEAN label",
            List.of(
                "'a', true, true, 'train'",
                "'a', true, false, 'train'",
                "'b', true, true, 'train'",
                "'b', true, true, 'validation'"))) {
      assertThat(bench.run("{metric: 'conflictingLabels', mustBe: 0}").value()).isEqualTo(2);
      assertThat(bench.run("{metric: 'rowOverlap', mustBe: 0}").value()).isEqualTo(100);
    }
  }
}
