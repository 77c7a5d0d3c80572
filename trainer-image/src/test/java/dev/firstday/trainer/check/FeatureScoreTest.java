package dev.firstday.trainer.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.firstday.api.DatasetStatus.Verdict;
import dev.firstday.sdk.data.CheckOutcome;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Scores found by hand. */
class FeatureScoreTest {
  private static final String SCORE = "{metric: 'singleFeatureScore', mustBeLessThan: 0.9}";

  @Test
  void isTheAreaUnderTheCurveOfATruthValue() {
    // shares in training: a 1/1, b 1/2, c 0/1; b and the unseen d stand at one half
    CheckOutcome outcome =
        score(
            "f VARCHAR, y BOOLEAN label",
            "'a', true, 'train'",
            "'b', true, 'train'",
            "'b', false, 'train'",
            "'c', false, 'train'",
            "'a', true, 'validation'",
            "'b', false, 'validation'",
            "'d', true, 'validation'",
            "'c', false, 'validation'",
            "'a', false, 'validation'",
            "'c', true, 'test'");

    // true: a, d; false: b, c, a. Pairs won: a over b and c, d over c; ties: a with a, d with b
    assertThat(outcome.value()).isCloseTo((3 + 1) / 6.0, within(1e-12));
    assertThat(outcome.rows()).isEqualTo(5);
    assertThat(outcome.columns()).containsExactly("f");
  }

  @Test
  void isTheMeanShareOfEachClassThatIsTold() {
    CheckOutcome outcome =
        score(
            "f BOOLEAN, y VARCHAR label",
            "true, 'rare', 'train'",
            "true, 'often', 'train'",
            "false, 'often', 'train'",
            "false, 'often', 'train'",
            "true, 'rare', 'validation'",
            "false, 'rare', 'validation'",
            "false, 'often', 'validation'",
            "false, 'often', 'validation'",
            "false, 'often', 'validation'",
            "true, 'often', 'validation'");

    // a third of 'often' but all of 'rare' are true: it says rare; told are 1/2 and 3/4
    assertThat(outcome.value()).isCloseTo((0.5 + 0.75) / 2, within(1e-12));
  }

  @Test
  void isTheShareOfTheVarianceOfAnAmount() {
    CheckOutcome byKind =
        score(
            "f VARCHAR, y DOUBLE label",
            "'a', 1, 'train'",
            "'a', 3, 'train'",
            "'b', 10, 'train'",
            "'a', 2, 'validation'",
            "'a', 4, 'validation'",
            "'b', 9, 'validation'");
    CheckOutcome byLine =
        score(
            "f DOUBLE, y DOUBLE label",
            "1, 10, 'train'",
            "2, 20, 'train'",
            "1000, -100, 'validation'",
            "3000, -300, 'validation'",
            "7000, -700, 'validation'");

    // a says 2, b says 10: 0 + 4 + 1 of 2 9 + 1 + 16 = 26
    assertThat(byKind.value()).isCloseTo(1 - 5.0 / 26, within(1e-12));
    assertThat(byLine.value()).isCloseTo(1, within(1e-12));
  }

  @Test
  void takesWholeNumbersForClassesWhenThereAreFew() {
    String[] classes =
        IntStream.range(0, 100)
            .mapToObj(i -> "%d, %d, '%s'".formatted(i % 4, i % 4, i < 50 ? "train" : "validation"))
            .toArray(String[]::new);
    String[] amounts =
        IntStream.range(0, 100)
            .mapToObj(i -> "%d, %d, '%s'".formatted(i, i, i % 2 == 0 ? "train" : "validation"))
            .toArray(String[]::new);

    assertThat(score("f INTEGER, y INTEGER label", classes).note())
        .isEqualTo("balanced accuracy of f alone");
    assertThat(score("f INTEGER, y BIGINT label", amounts).note())
        .isEqualTo("share of the variance of f alone");
  }

  @Test
  void seesThatAFeatureIsMissingWhereTheLabelIsTrueAndThatARowsOwnWordSaysNothing() {
    String[] rows =
        IntStream.range(0, 400)
            .mapToObj(
                i ->
                    "%s, 'word %d', %s, '%s'"
                        .formatted(
                            i % 4 == 0 ? "NULL" : i % 50,
                            i,
                            i % 4 == 0,
                            i < 200 ? "train" : "validation"))
            .toArray(String[]::new);

    assertThat(score("f INTEGER, word VARCHAR, y BOOLEAN label", rows).columns())
        .containsExactly("f");
    assertThat(score("f INTEGER, word VARCHAR, y BOOLEAN label", rows).value()).isEqualTo(1);
    try (Bench bench = new Bench("f INTEGER, word VARCHAR, y BOOLEAN label", List.of(rows))) {
      assertThat(bench.run(SCORE.replace("mustBe", "column: 'word', mustBe")).value())
          .isEqualTo(0.5);
    }
  }

  @Test
  void isSkippedWithLabelsOfOneKind() {
    CheckOutcome outcome =
        score("f BOOLEAN, y BOOLEAN label", "true, true, 'train'", "true, true, 'validation'");

    assertThat(outcome.verdict()).isEqualTo(Verdict.SKIPPED);
  }

  private static CheckOutcome score(String columns, String... rows) {
    try (Bench bench = new Bench(columns, List.of(rows))) {
      return bench.run(SCORE);
    }
  }
}
