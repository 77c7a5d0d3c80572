package dev.firstday.server.route;

import static dev.firstday.server.route.Made.delay;
import static dev.firstday.server.route.Made.late;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RememberedTest {
  private static final LabelPair PAIR = new LabelPair(late(true), late(false));
  private static final LabelPair OTHER = new LabelPair(late(false), late(false));

  @Test
  void theOldestIsForgotten() {
    Remembered remembered = new Remembered(2, Long.MAX_VALUE);
    remembered.add("a", PAIR);
    remembered.add("b", PAIR);
    remembered.add("c", PAIR);

    assertThat(remembered.find("a")).isEmpty();
    assertThat(remembered.find("b")).contains(PAIR);
    assertThat(remembered.find("c")).contains(PAIR);
  }

  @Test
  void bytesAreBoundedToo() {
    Remembered remembered = new Remembered(1000, 20_000);
    remembered.add("a", PAIR);
    remembered.add("large", new LabelPair(delay(new double[1000]), delay(new double[1000])));
    assertThat(remembered.find("a")).isPresent();
    remembered.add("larger", new LabelPair(delay(new double[2000]), delay(new double[2000])));
    assertThat(remembered.find("a")).isEmpty();
    assertThat(remembered.find("larger")).isEmpty();

    remembered.add("b", PAIR);
    assertThat(remembered.find("b")).isPresent();
  }

  @Test
  void aTruthIsUsedOnce() {
    Remembered remembered = new Remembered(2, Long.MAX_VALUE);
    assertThat(remembered.use("a")).isFalse();
    remembered.add("a", PAIR);

    assertThat(remembered.use("a")).isTrue();
    assertThat(remembered.use("a")).isFalse();
    remembered.add("a", OTHER);
    assertThat(remembered.find("a")).contains(OTHER);
    assertThat(remembered.use("a")).isFalse();
  }

  @Test
  void aRepeatedIdIsAsNewAsItsLastRequest() {
    Remembered remembered = new Remembered(2, Long.MAX_VALUE);
    remembered.add("a", PAIR);
    remembered.add("b", PAIR);
    remembered.add("a", PAIR);
    remembered.add("c", PAIR);

    assertThat(remembered.find("a")).isPresent();
    assertThat(remembered.find("b")).isEmpty();
  }
}
