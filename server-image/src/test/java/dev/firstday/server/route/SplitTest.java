package dev.firstday.server.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.firstday.contract.Routes;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SplitTest {
  private static final Routes.Backend STABLE =
      new Routes.Backend(1, "a".repeat(64), "http://127.0.0.1:1", 0);

  private static Routes routes(Routes.Backend stable, Integer candidateWeight) {
    Routes.Backend candidate =
        candidateWeight == null
            ? null
            : new Routes.Backend(2, "b".repeat(64), "http://127.0.0.1:2", candidateWeight);
    return new Routes("m", 1, stable, candidate, 0, null);
  }

  @ParameterizedTest
  @CsvSource({
    "0,   0.00, STABLE",
    "10,  0.00, CANDIDATE",
    "10,  0.09, CANDIDATE",
    "10,  0.10, STABLE",
    "10,  0.99, STABLE",
    "100, 0.99, CANDIDATE"
  })
  void withoutAKeyChanceDecides(int weight, double random, Variant variant) {
    assertThat(Split.choose(routes(STABLE, weight), null, random)).contains(variant);
  }

  @Test
  void aloneEachGetsAllOrNothing() {
    assertThat(Split.choose(routes(STABLE, null), null, 0)).contains(Variant.STABLE);
    assertThat(Split.choose(routes(null, 1), null, 0.99)).contains(Variant.CANDIDATE);
    assertThat(Split.choose(routes(null, 0), null, 0)).isEmpty();
    assertThat(Split.choose(routes(null, null), null, 0)).isEmpty();
  }

  @Test
  void aGrowingWeightTakesNoKeyBack() {
    Set<String> before = new HashSet<>();
    for (int weight : new int[] {1, 10, 25, 50, 100}) {
      Set<String> now = keysOfCandidate(weight);
      assertThat(now).containsAll(before);
      assertThat(now.size() / 2000.0).isCloseTo(weight / 100.0, within(0.04));
      before = now;
    }
  }

  private static Set<String> keysOfCandidate(int weight) {
    Set<String> keys = new HashSet<>();
    IntStream.range(0, 2000)
        .mapToObj(i -> "caller-" + i)
        .filter(
            key -> Split.choose(routes(STABLE, weight), key, 0).orElseThrow() == Variant.CANDIDATE)
        .forEach(keys::add);
    return keys;
  }
}
