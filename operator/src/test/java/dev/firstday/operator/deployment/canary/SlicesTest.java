package dev.firstday.operator.deployment.canary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.Comparison;
import dev.firstday.api.Comparison.Tally;
import dev.firstday.api.PairCheck;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SlicesTest {

  @Test
  void theRarestValuesGoToTheOthersAndNoRowIsLost() {
    Map<String, Tally> tallies = new TreeMap<>();
    tallies.put("errors", new Tally(500, 1, List.of()));
    tallies.put(PairCheck.slice("a", PairCheck.OTHER), new Tally(7, 1, List.of()));
    for (int i = 1; i <= 6; i++) {
      tallies.put(PairCheck.slice("a", "v" + i), new Tally(10 * i, i, List.of("r" + i)));
    }
    tallies.put(PairCheck.slice("b", "x=y"), new Tally(3, 0, List.of()));

    Map<String, Tally> folded = Slices.fold(new Comparison(false, 500, 2, tallies), 4).checks();

    assertThat(folded)
        .containsOnlyKeys(
            "errors",
            "disagreement[a=other]",
            "disagreement[a=v6]",
            "disagreement[a=v5]",
            "disagreement[a=v4]",
            "disagreement[b=x=y]");
    assertThat(folded.get("disagreement[a=other]").compared()).isEqualTo(7 + 10 + 20 + 30);
    assertThat(folded.get("disagreement[a=other]").bad()).isEqualTo(1 + 1 + 2 + 3);
  }

  @Test
  void fewSlicesStayAsTheyAre() {
    Comparison live =
        new Comparison(
            false, 9, 0, Map.of(PairCheck.slice("a", "v"), new Tally(9, 9, List.of("r"))));

    assertThat(Slices.fold(live, 4)).isEqualTo(live);
  }
}
