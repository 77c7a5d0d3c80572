package dev.firstday.trainer.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.DatasetCheck.Metric;
import dev.firstday.api.DatasetCheck.Severity;
import dev.firstday.api.DatasetSpec;
import dev.firstday.api.DatasetStatus.Verdict;
import dev.firstday.sdk.data.CheckOutcome;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Checks that nobody has to ask for: which there are, that they find leaks, and that else they are
 * quiet.
 */
class LeakageDefaultsTest {
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
      split: {hash: {columns: ['id'], validationPercent: 20}}          | rowOverlap newCategories labelDrift singleFeatureScore
      split: {hash: {columns: ['colour'], validationPercent: 20}}      | splitOverlap(id) rowOverlap newCategories labelDrift singleFeatureScore
      split: {time: {column: 'seen', trainUntil: '2020-01-07'}}        | splitOverlap(id) rowOverlap newCategories labelDrift singleFeatureScore
      split: {column: {name: 'part'}}                                  | splitOverlap(id) timeOverlap(seen) rowOverlap newCategories labelDrift singleFeatureScore
      leakageChecks: false                                             |
      leakageChecks: false, schemaEvolution: 'additive'                | schema
      leakageChecks: false, schemaEvolution: 'any'                     |
      schemaEvolution: 'none', split: {hash: {columns: ['id'], validationPercent: 20}} | schema rowOverlap newCategories labelDrift singleFeatureScore
      """)
  void areThoseThatTheSplitCouldViolate(String fields, String names) {
    assertThat(String.join(" ", CheckPlan.of(bench.spec(fields)).names()))
        .isEqualTo(names == null ? "" : names);
  }

  @Test
  void giveWayToDeclaredOnes() {
    DatasetSpec spec =
        bench.spec(
            "split: {column: {name: 'colour'}}",
            "{metric: 'splitOverlap', column: 'n', mustBe: 0}",
            "{metric: 'newCategories', column: 'colour', mustBe: 0}");

    assertThat(CheckPlan.of(spec).names())
        .containsExactly(
            "splitOverlap(n)",
            "newCategories(colour)",
            "timeOverlap(seen)",
            "rowOverlap",
            "labelDrift",
            "singleFeatureScore");
  }

  @Test
  void findRowsThatWereCopiedIntoBothSplits() {
    List<String> rows =
        IntStream.range(0, 1000)
            .mapToObj(
                i -> {
                  int copied = i >= 800 && i % 2 == 0 ? i - 800 : i;
                  return "%d, %d, %s, '%s'"
                      .formatted(copied, copied * 7919 % 1000, i % 2 == 0, split(i));
                })
            .toList();

    List<CheckOutcome> outcomes =
        defaults("id BIGINT key, x INTEGER, late BOOLEAN label", rows, byColumn("late"));

    CheckOutcome keys = of(outcomes, Metric.SPLIT_OVERLAP);
    assertThat(keys.value()).isEqualTo(100);
    assertThat(keys.refuses()).isTrue();
    CheckOutcome overlap = of(outcomes, Metric.ROW_OVERLAP);
    assertThat(overlap.value()).isEqualTo(50);
    assertThat(overlap.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(overlap.severity()).isEqualTo(Severity.WARNING);
  }

  /** Copies are as frequent within training, which does not make them honest. */
  @Test
  void findRowsThatAreThereTwiceUnderTwoKeys() {
    SplittableRandom random = new SplittableRandom(5);
    List<String> rows =
        IntStream.range(0, 500)
            .mapToObj(
                i ->
                    "%s, %d, %s"
                        .formatted(
                            random.nextDouble() * 100, random.nextInt(50), random.nextInt(10) < 2))
            .flatMap(row -> Stream.of(row, row))
            .map(row -> row + (random.nextInt(5) == 0 ? ", 'validation'" : ", 'train'"))
            .toList();

    CheckOutcome overlap =
        of(
            defaults(
                "amount DOUBLE, items INTEGER, returned BOOLEAN label",
                rows,
                "split: {hash: {columns: ['amount'], validationPercent: 20}}"),
            Metric.ROW_OVERLAP);

    assertThat(overlap.value()).isGreaterThan(60);
    assertThat(overlap.verdict()).isEqualTo(Verdict.FAILED);
  }

  @Test
  void areQuietOverCoarseFeatures() {
    SplittableRandom random = new SplittableRandom(7);
    List<String> rows =
        IntStream.range(0, 900)
            .mapToObj(
                i ->
                    "%d, 'class %d', %s, %s, '%s'"
                        .formatted(
                            i,
                            random.nextInt(3),
                            random.nextInt(10) < 4,
                            random.nextInt(10) < 4,
                            i % 3 == 0 ? "validation" : "train"))
            .toList();

    List<CheckOutcome> outcomes =
        defaults(
            "id BIGINT key, class VARCHAR, male BOOLEAN, survived BOOLEAN label",
            rows,
            "split: {hash: {columns: ['id'], validationPercent: 30}}");

    assertThat(of(outcomes, Metric.ROW_OVERLAP).value()).isEqualTo(100);
    assertThat(of(outcomes, Metric.ROW_OVERLAP).expected()).isEqualTo(100);
    assertThat(outcomes).allMatch(outcome -> outcome.verdict() == Verdict.PASSED);
  }

  /** Of a thousand rows, with a label of which there are few. */
  @Test
  void findAFeatureThatIsTheLabelOfFewRows() {
    SplittableRandom random = new SplittableRandom(11);
    List<String> rows =
        IntStream.range(0, 1000)
            .mapToObj(
                i -> {
                  boolean returned = random.nextInt(10) < 2;
                  return "%s, %s, %s, '%s'"
                      .formatted(random.nextDouble(), returned ? 1.0 : 0.0, returned, split(i));
                })
            .toList();

    CheckOutcome score =
        of(
            defaults(
                "amount DOUBLE, refund DOUBLE, returned BOOLEAN label",
                rows,
                "split: {hash: {columns: ['amount'], validationPercent: 20}}"),
            Metric.SINGLE_FEATURE_SCORE);

    assertThat(score.columns()).containsExactly("refund");
    assertThat(score.verdict()).isEqualTo(Verdict.FAILED);
  }

  @Test
  void findAFeatureThatIsTheLabel() {
    SplittableRandom random = new SplittableRandom(3);
    List<String> rows =
        IntStream.range(0, 5000)
            .mapToObj(
                i -> {
                  double delay = random.nextDouble() * 60;
                  return "%s, 'flight %d', %s, '%s'".formatted(delay, i, delay > 15, split(i / 5));
                })
            .toList();

    CheckOutcome score =
        of(
            defaults(
                "delay DOUBLE, flight VARCHAR, late BOOLEAN label",
                rows,
                "split: {hash: {columns: ['flight'], validationPercent: 20}}"),
            Metric.SINGLE_FEATURE_SCORE);

    assertThat(score.columns()).containsExactly("delay");
    assertThat(score.value()).isGreaterThan(0.99);
    assertThat(score.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(score.note()).isEqualTo("area under the curve of delay alone");
  }

  @Test
  void findKindsThatNoneWasLearntOf() {
    List<String> rows =
        IntStream.range(0, 1000)
            .mapToObj(
                i ->
                    "%d, '%s', 'word %d', %s, '%s'"
                        .formatted(i, i >= 950 ? "new" : "old " + i % 5, i, i % 2 == 0, split(i)))
            .toList();

    CheckOutcome kinds =
        of(
            defaults(
                "id BIGINT key, kind VARCHAR, word VARCHAR, late BOOLEAN label",
                rows,
                byColumn("late")),
            Metric.NEW_CATEGORIES);

    // every word is new, but so they are within training
    assertThat(kinds.columns()).containsExactly("kind");
    assertThat(kinds.value()).isEqualTo(25);
    assertThat(kinds.verdict()).isEqualTo(Verdict.FAILED);
  }

  @Test
  void findRowsFromBeforeTheLastTrainingRowUnlessMostAre() {
    String columns = "seen DATE eventTime, x DOUBLE, late BOOLEAN label";
    List<String> nearly =
        IntStream.range(0, 100)
            .mapToObj(
                i ->
                    "DATE '2020-01-01' + %d, %d, %s, '%s'"
                        .formatted(i == 95 ? 10 : i, i, i % 2 == 0, i < 80 ? "train" : "test"))
            .toList();
    List<String> random =
        IntStream.range(0, 100)
            .mapToObj(
                i ->
                    "DATE '2020-01-01' + %d, %d, %s, '%s'"
                        .formatted(i, i, i % 3 == 0, i % 5 > 0 ? "train" : "validation"))
            .toList();

    CheckOutcome leaking = of(defaults(columns, nearly, byColumn("late")), Metric.TIME_OVERLAP);
    CheckOutcome other = of(defaults(columns, random, byColumn("late")), Metric.TIME_OVERLAP);

    assertThat(leaking.value()).isEqualTo(1);
    assertThat(leaking.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(other.verdict()).isEqualTo(Verdict.SKIPPED);
    assertThat(other.note()).contains("the split is not by seen");
  }

  private static String split(int i) {
    return i < 800 ? "train" : "validation";
  }

  private static String byColumn(String column) {
    return "split: {column: {name: '%s'}}".formatted(column);
  }

  private static List<CheckOutcome> defaults(String columns, List<String> rows, String split) {
    try (Bench bench = new Bench(columns, rows)) {
      return bench.runAll(bench.spec(split), null);
    }
  }

  private static CheckOutcome of(List<CheckOutcome> outcomes, Metric metric) {
    return outcomes.stream().filter(o -> o.metric() == metric).findFirst().orElseThrow();
  }
}
