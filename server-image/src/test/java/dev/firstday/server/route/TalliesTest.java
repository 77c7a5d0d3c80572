package dev.firstday.server.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.firstday.api.AnswerShares;
import dev.firstday.api.Comparison;
import dev.firstday.api.PairCheck;
import dev.firstday.server.route.Verdict.Judged;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TalliesTest {
  private final Tallies tallies = Tallies.ofEveryRow();
  private final Tallies callers = Tallies.ofOneRow();

  private static Rows rows(int compared, int... bad) {
    BitSet bits = new BitSet();
    for (int row : bad) {
      bits.set(row);
    }
    return new Rows(compared, bits);
  }

  private static Judged judged(Rows disagreement, Rows score) {
    return new Judged(Set.of(), true, disagreement, score, LabelPair.NONE);
  }

  private void add(String id, Verdict verdict) {
    tallies.add(id, verdict, Slices.NONE);
  }

  @ParameterizedTest
  @EnumSource(
      value = PairCheck.class,
      names = {"ERRORS", "TIMEOUTS", "NON_FINITE", "OUT_OF_RANGE", "SLOW"})
  void aFaultCountsForItsOwnCheck(PairCheck check) {
    add("a", Judged.withoutRows(Set.of(check), true));
    add("b", judged(rows(1), Rows.NONE));

    Comparison counts = tallies.counts();
    assertThat(counts.requests()).isEqualTo(2);
    assertThat(counts.tally(check.word())).isEqualTo(new Comparison.Tally(2, 1, List.of("a")));
    assertThat(counts.checks().values().stream().mapToLong(Comparison.Tally::bad).sum())
        .isEqualTo(1);
    assertThat(counts.tally(PairCheck.DISAGREEMENT.word()).compared()).isEqualTo(1);
  }

  @Test
  void whatWasHeldToNoTimeSaysNothingOfIt() {
    add("a", Judged.withoutRows(Set.of(PairCheck.ERRORS), false));

    assertThat(tallies.counts().checks()).doesNotContainKey(PairCheck.SLOW.word());
    assertThat(tallies.counts().tally(PairCheck.ERRORS.word()).bad()).isEqualTo(1);
    assertThat(tallies.counts().tally(PairCheck.TIMEOUTS.word()).compared()).isEqualTo(1);
  }

  @Test
  void whatSaysNothingIsNotCounted() {
    add("a", Verdict.NOTHING);
    add("b", Verdict.STABLE_FAILED);

    assertThat(tallies.counts()).isEqualTo(new Comparison(false, 0, 1, Map.of()));
    tallies.done();
    assertThat(tallies.counts().done()).isTrue();
  }

  @Test
  void rowsCountOneByOne() {
    add("a", judged(rows(3, 0, 2), rows(3, 1)));
    add("b", judged(rows(2), Rows.NONE));

    assertThat(tallies.counts().tally(PairCheck.DISAGREEMENT.word()))
        .isEqualTo(new Comparison.Tally(5, 2, List.of("a")));
    assertThat(tallies.counts().tally(PairCheck.SCORE.word()))
        .isEqualTo(new Comparison.Tally(3, 1, List.of("a")));
  }

  /**
   * As one row in three is bad, so is one request in three: not more, though each has a bad row.
   */
  @Test
  void ofACallersRowsOneCounts() {
    Slices slices = new Slices(Map.of("origin", List.of("EWR", "JFK", "EWR")));
    for (int i = 0; i < 3000; i++) {
      callers.add("request-" + i, judged(rows(3, 2), rows(3, 0)), slices);
      callers.add("request-" + i, new LabelPair.Truth(10, 1, 3));
    }

    Comparison counts = callers.counts();
    assertCounts(counts.tally(PairCheck.DISAGREEMENT.word()), 3000, 1.0 / 3);
    assertCounts(counts.tally(PairCheck.SCORE.word()), 3000, 1.0 / 3);
    assertCounts(counts.tally("disagreement[origin=EWR]"), 3000, 1.0 / 2);
    assertCounts(counts.tally("disagreement[origin=JFK]"), 3000, 0);
    assertCounts(counts.tally(PairCheck.LABELS.word()), 3000, 1.0 / 4);
  }

  private static void assertCounts(Comparison.Tally tally, long compared, double rate) {
    assertThat(tally.compared()).isEqualTo(compared);
    assertThat((double) tally.bad() / compared).isCloseTo(rate, within(0.03));
  }

  @Test
  void ofACallersRowsOneIsHeldAgainstTheDistribution() {
    for (int i = 0; i < 3000; i++) {
      callers.addAnswers(
          "request-" + i,
          new LabelPair(Made.late(true, false, false), Made.late(true, true, false)),
          AnswerNames.NONE);
    }

    AnswerShares answers = callers.counts().answers();
    assertThat(answers.rows()).isEqualTo(3000);
    assertThat(answers.shares().get("true").gained() / 3000.0).isCloseTo(1.0 / 3, within(0.03));
  }

  @Test
  void theNewestExamplesAreKeptEachOnce() {
    for (String id : List.of("1", "2", "3", "4", "5", "6", "2")) {
      add(id, judged(rows(1, 0), Rows.NONE));
    }

    assertThat(tallies.counts().tally(PairCheck.DISAGREEMENT.word()).examples())
        .containsExactly("2", "6", "5", "4", "3");
  }

  @Test
  void slicesCountTheirOwnRows() {
    Slices slices = new Slices(Map.of("origin", List.of("EWR", "JFK", "EWR")));
    tallies.add("a", judged(rows(3, 2), Rows.NONE), slices);

    Comparison counts = tallies.counts();
    assertThat(counts.tally("disagreement[origin=EWR]"))
        .isEqualTo(new Comparison.Tally(2, 1, List.of("a")));
    assertThat(counts.tally("disagreement[origin=JFK]"))
        .isEqualTo(new Comparison.Tally(1, 0, List.of()));
  }

  @Test
  void valuesBeyondTheFirstTwentyAreOthers() {
    for (int i = 0; i < 25; i++) {
      Slices slices = new Slices(Map.of("x", List.of("v" + i), "y", List.of("same")));
      tallies.add("id" + i, judged(rows(1, 0), Rows.NONE), slices);
    }
    tallies.add("again", judged(rows(1), Rows.NONE), new Slices(Map.of("x", List.of("v0"))));

    Comparison counts = tallies.counts();
    assertThat(counts.checks().keySet().stream().filter(PairCheck::isSlice)).hasSize(20 + 1 + 1);
    assertThat(counts.tally("disagreement[x=other]").bad()).isEqualTo(5);
    assertThat(counts.tally("disagreement[x=v0]").compared()).isEqualTo(2);
    assertThat(counts.tally("disagreement[y=same]").bad()).isEqualTo(25);
  }

  @Test
  void labelsCountWhereOneVersionAloneWasRight() {
    tallies.add("a", new LabelPair.Truth(10, 1, 3));
    tallies.add("b", new LabelPair.Truth(10, 0, 0));
    tallies.add("c", new LabelPair.Truth(10, 0, 1));

    assertThat(tallies.counts().tally(PairCheck.LABELS.word()))
        .isEqualTo(new Comparison.Tally(5, 1, List.of("a")));
    assertThat(tallies.counts().requests()).isZero();
  }
}
