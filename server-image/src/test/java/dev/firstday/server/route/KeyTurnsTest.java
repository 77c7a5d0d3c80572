package dev.firstday.server.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTurnsTest {
  private final KeyTurns turns = new KeyTurns();

  /** Clocks of this kind begin anywhere, and run over. */
  @ParameterizedTest
  @ValueSource(longs = {-77, 0, Long.MAX_VALUE - 5})
  void aKeyHasOneTurnInAWhile(long begin) {
    assertThat(turns.take("a", begin)).isTrue();
    assertThat(turns.take("a", begin)).isFalse();
    assertThat(turns.take("b", begin)).isTrue();
    assertThat(turns.take("a", begin + KeyTurns.INTERVAL_NANOS - 1)).isFalse();
    assertThat(turns.take("a", begin + KeyTurns.INTERVAL_NANOS)).isTrue();
    assertThat(turns.take("a", begin + KeyTurns.INTERVAL_NANOS + 1)).isFalse();
  }

  @Test
  void withoutAKeyEachHasItsTurn() {
    assertThat(IntStream.range(0, 5)).allMatch(i -> turns.take(null, 0));
  }

  /** A thousand keys rarely share a place, and no number of keys takes more of them. */
  @Test
  void keysAreSpreadOverTheirPlaces() {
    assertThat(takenOf(1_000)).isBetween(940L, 1_000L);
    assertThat(takenOf(1_000_000)).isBetween(16_000L, 16_384L);
  }

  private static long takenOf(int keys) {
    KeyTurns all = new KeyTurns();
    return IntStream.range(0, keys).filter(i -> all.take("passenger-" + i, 0)).count();
  }
}
