package dev.firstday.server.route;

import static dev.firstday.server.route.Made.delay;
import static dev.firstday.server.route.Made.late;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstday.server.v2.Datatype;
import dev.firstday.server.v2.Tensor;
import dev.firstday.server.v2.Values;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RememberedTest {
  private static final LabelPair PAIR = new LabelPair(late(true), late(false));
  private static final LabelPair OTHER = new LabelPair(late(false), late(false));

  private static List<Object> answers(LabelPair pair) {
    return Stream.of(pair.stable(), pair.candidate())
        .map(
            labels ->
                List.of(
                    labels.name(),
                    labels.datatype(),
                    labels.shape(),
                    IntStream.range(0, labels.values().size()).mapToObj(labels::element).toList()))
        .collect(Collectors.toList());
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void labelsAreThoseThatWereGiven(LabelPair pair) {
    Remembered remembered = new Remembered(3, Long.MAX_VALUE);
    remembered.add("before", PAIR, true);
    remembered.add("a", pair, true);
    remembered.add("after", PAIR, true);

    assertThat(remembered.find("a")).map(RememberedTest::answers).contains(answers(pair));
  }

  static List<LabelPair> pairs() {
    return List.of(
        OTHER,
        new LabelPair(
            Tensor.texts("Überschrift", List.of("", "späť", "x".repeat(300))),
            Tensor.texts("Überschrift", List.of("a", "b", "c"))),
        new LabelPair(delay(-0.5, 1e300), delay(Double.MIN_VALUE, 3)),
        new LabelPair(
            new Tensor(
                "class", Datatype.INT32, List.of(2, 1), new Values.Integers(new long[] {-1, 7})),
            new Tensor(
                "class", Datatype.INT32, List.of(2, 1), new Values.Integers(new long[] {8, 9}))));
  }

  /** Places are used again, by longer labels and by shorter ones. */
  @Test
  void whatWasInAPlaceBeforeIsGone() {
    Remembered remembered = new Remembered(1, Long.MAX_VALUE);
    for (LabelPair pair : List.of(OTHER, pairs().get(1), PAIR, pairs().get(2), OTHER)) {
      remembered.add("a", pair, true);
      assertThat(remembered.find("a")).map(RememberedTest::answers).contains(answers(pair));
      assertThat(remembered.use("a")).isTrue();
    }
    remembered.add("b", PAIR, true);
    assertThat(remembered.find("a")).isEmpty();
  }

  @Test
  void theOldestIsForgotten() {
    Remembered remembered = new Remembered(2, Long.MAX_VALUE);
    remembered.add("a", PAIR, true);
    remembered.add("b", PAIR, true);
    remembered.add("c", PAIR, true);

    assertThat(remembered.find("a")).isEmpty();
    assertThat(remembered.find("b")).map(RememberedTest::answers).contains(answers(PAIR));
    assertThat(remembered.find("c")).map(RememberedTest::answers).contains(answers(PAIR));
  }

  @Test
  void bytesAreBoundedToo() {
    Remembered remembered = new Remembered(1000, 20_000);
    remembered.add("a", PAIR, true);
    remembered.add("large", new LabelPair(delay(new double[1000]), delay(new double[1000])), true);
    assertThat(remembered.find("a")).isPresent();
    remembered.add("larger", new LabelPair(delay(new double[2000]), delay(new double[2000])), true);
    assertThat(remembered.find("a")).isEmpty();
    assertThat(remembered.find("larger")).isEmpty();

    remembered.add("b", PAIR, true);
    assertThat(remembered.find("b")).isPresent();
  }

  @Test
  void aTruthIsUsedOnce() {
    Remembered remembered = new Remembered(2, Long.MAX_VALUE);
    assertThat(remembered.use("a")).isFalse();
    remembered.add("a", PAIR, true);

    assertThat(remembered.use("a")).isTrue();
    assertThat(remembered.use("a")).isFalse();
    remembered.add("a", OTHER, true);
    assertThat(remembered.find("a")).map(RememberedTest::answers).contains(answers(OTHER));
    assertThat(remembered.use("a")).isFalse();
  }

  @Test
  void aRepeatedIdIsAsNewAsItsLastRequest() {
    Remembered remembered = new Remembered(2, Long.MAX_VALUE);
    remembered.add("a", PAIR, true);
    remembered.add("b", PAIR, true);
    remembered.add("a", PAIR, true);
    remembered.add("c", PAIR, true);

    assertThat(remembered.find("a")).isPresent();
    assertThat(remembered.find("b")).isEmpty();
  }

  @Test
  void whatOneRememberedAnotherDoesToo() throws IOException {
    Remembered one = new Remembered(3, Long.MAX_VALUE);
    one.add("used", PAIR, true);
    one.use("used");
    one.add("a", OTHER, true);
    one.add("of a caller that counted before", PAIR, false);
    Remembered other = new Remembered(4, Long.MAX_VALUE);
    other.add("b", PAIR, true);

    other.read(new DataInputStream(new ByteArrayInputStream(written(one))));

    assertThat(other.size()).isEqualTo(4);
    assertThat(other.find("a")).map(RememberedTest::answers).contains(answers(OTHER));
    assertThat(other.counts("a")).isTrue();
    assertThat(other.counts("of a caller that counted before")).isFalse();
    assertThat(List.of(other.use("used"), other.use("a"), other.use("b")))
        .containsExactly(false, true, true);
  }

  @Test
  void aRequestThatIsCutOffIsNotRemembered() throws IOException {
    Remembered one = new Remembered(1, Long.MAX_VALUE);
    one.add("a", PAIR, true);
    byte[] whole = written(one);
    Remembered other = new Remembered(1, Long.MAX_VALUE);

    var cutOff = new DataInputStream(new ByteArrayInputStream(whole, 0, whole.length - 1));
    assertThatThrownBy(() -> other.read(cutOff)).isInstanceOf(EOFException.class);
    assertThat(other.size()).isZero();
  }

  private static byte[] written(Remembered remembered) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    remembered.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }
}
