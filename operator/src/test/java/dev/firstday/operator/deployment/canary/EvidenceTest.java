package dev.firstday.operator.deployment.canary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.AnswerShares;
import dev.firstday.api.AnswerShares.Share;
import dev.firstday.api.Comparison;
import dev.firstday.api.Comparison.Tally;
import dev.firstday.api.GoldenResults;
import dev.firstday.api.PairCheck;
import dev.firstday.contract.Contract;
import dev.firstday.contract.RouterReport;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EvidenceTest {
  private static final String SLICE = PairCheck.slice("carrier", "HA");

  private static List<String> ids(String of) {
    return IntStream.range(0, Tally.EXAMPLES).mapToObj(i -> of + "-" + i).toList();
  }

  private static Comparison counts(String of) {
    return new Comparison(
        false,
        100,
        0,
        Map.of("errors", new Tally(100, 9, ids(of)), SLICE, new Tally(20, 9, ids(of))),
        new AnswerShares(100, Map.of("true", new Share(20, 30, 12, ids(of)))));
  }

  private static RouterReport report(String router, Comparison replay, Comparison live) {
    return new RouterReport(
        router, 1, "s", "c", Comparison.NONE, replay, live, GoldenResults.NONE, null, null);
  }

  private static void assertExamples(Comparison counts, String... ids) {
    assertThat(counts.tally(SLICE).examples()).containsExactly(ids);
    assertThat(counts.answers().shares().get("true").examples()).containsExactly(ids);
  }

  @Test
  void aStatusKeepsOneExampleOfASliceAndAnAnswerAndTheRouterThatAnswersHasFive() {
    List<RouterReport> reports = List.of(report("a", counts("replayed"), counts("a")));
    Counts kept = Counts.NONE.with(reports);
    assertExamples(kept.live(), "a-0");
    assertExamples(kept.replay(), "replayed-0");
    assertThat(kept.live().tally("errors").examples()).isEqualTo(ids("a"));

    Evidence told = Evidence.of(reports, kept);
    assertExamples(told.live(), "a-0", "a-1", "a-2", "a-3", "a-4");
    assertExamples(
        told.replay(), "replayed-0", "replayed-1", "replayed-2", "replayed-3", "replayed-4");
    assertThat(told.live().tally(SLICE).bad()).isEqualTo(9);
    assertThat(told.live().answers().rows()).isEqualTo(100);
  }

  @Test
  void ofARouterThatIsGoneTheOneIsLeftBesideThoseOfTheOthers() {
    Counts kept = Counts.NONE.with(List.of(report("a", Comparison.NONE, counts("a"))));
    List<RouterReport> reports = List.of(report("b", Comparison.NONE, counts("b")));

    assertExamples(Evidence.of(List.of(), kept).live(), "a-0");
    assertExamples(
        Evidence.of(reports, kept.with(reports)).live(), "b-0", "b-1", "b-2", "b-3", "b-4");
  }

  /** As many slices, answers and routers as there can be, ids as long as they can be. */
  @Test
  void whatAStatusKeepsHasRoomInIt() {
    List<String> ids =
        IntStream.range(0, Tally.EXAMPLES).mapToObj(i -> String.valueOf(i).repeat(64)).toList();
    Map<String, Tally> tallies = new TreeMap<>();
    for (int column = 0; column < 5; column++) {
      for (int value = 0; value < Checklist.SLICES_A_COLUMN; value++) {
        tallies.put(
            PairCheck.slice("column-" + column, String.valueOf(value).repeat(20)),
            new Tally(1_000_000, 1_000_000, ids));
      }
    }
    Map<String, Share> shares = new TreeMap<>();
    for (int answer = 0; answer <= AnswerShares.CLASSES; answer++) {
      shares.put("class-" + answer, new Share(1_000_000, 1_000_000, 1_000_000, ids));
    }
    Comparison full = new Comparison(false, 1_000_000, 0, tallies, new AnswerShares(1, shares));
    Counts counts = Counts.NONE;
    for (int router = 0; router < 12; router++) {
      counts = counts.with(List.of(report("router-" + router, full, full)));
    }

    assertThat(Contract.write(counts).length()).isLessThan(256 << 10);
  }
}
