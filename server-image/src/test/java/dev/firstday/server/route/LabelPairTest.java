package dev.firstday.server.route;

import static dev.firstday.server.route.Made.delay;
import static dev.firstday.server.route.Made.late;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstday.contract.Contract;
import dev.firstday.server.route.LabelPair.Truth;
import dev.firstday.server.v2.ProtocolException;
import dev.firstday.server.v2.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelPairTest {
  private static final LabelPair CLASSES =
      new LabelPair(late(true, true, false, false), late(true, false, true, false));
  private static final LabelPair NAMES =
      new LabelPair(
          Tensor.texts("who", List.of("a", "b", "3")), Tensor.texts("who", List.of("b", "b", "4")));
  private static final LabelPair NUMBERS = new LabelPair(delay(10, 10, 10), delay(14, 14, 10));

  private static List<JsonNode> labels(String json) {
    List<JsonNode> labels = new ArrayList<>();
    Contract.read(json, JsonNode.class).forEach(labels::add);
    return labels;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[true, true, true, true]         | 1 | 1",
        "[true, true, false, true]        | 2 | 0",
        "[false, false, true, false]      | 0 | 2",
        "[null, null, true, null]         | 0 | 1",
        "[\"true\", \"true\", null, null] | 1 | 0"
      })
  void yesOrNo(String labels, int stable, int candidate) {
    assertThat(CLASSES.heldAgainst(labels(labels))).isEqualTo(new Truth(4, stable, candidate));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[\"a\", \"b\", \"3\"] | 2 | 0",
        "[\"b\", \"a\", 4]     | 0 | 2",
        "[\"z\", \"z\", \"z\"] | 0 | 0"
      })
  void namesOfClasses(String labels, int stable, int candidate) {
    assertThat(NAMES.heldAgainst(labels(labels))).isEqualTo(new Truth(3, stable, candidate));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[11.9, 12.1, 99]  | 1 | 1",
        "[12, 12, 10]      | 0 | 0",
        "[-1e9, null, 0]   | 1 | 0",
        "[20, 20, 20]      | 0 | 2"
      })
  void theNearerNumberIsRight(String labels, int stable, int candidate) {
    assertThat(NUMBERS.heldAgainst(labels(labels))).isEqualTo(new Truth(3, stable, candidate));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[[true, true], [true, true]]     | 1 | 1",
        "[[true, false], [false, false]]  | 2 | 0",
        "[null, [true, true]]             | 0 | 1",
        "[[false, true], [false, true]]   | 0 | 1"
      })
  void theOneWithFewerLabelsWrongIsRight(String labels, int stable, int candidate) {
    LabelPair pair =
        new LabelPair(
            Made.labels(true, false, false, false), Made.labels(false, false, true, true));

    assertThat(pair.heldAgainst(labels(labels))).isEqualTo(new Truth(2, stable, candidate));
  }

  @Test
  void severalLabelsAreAnArrayEach() {
    LabelPair pair = new LabelPair(Made.labels(true, false), Made.labels(false, false));

    assertRefused(pair, "[true]", "'labels' is an array of 2 times true or false");
    assertRefused(pair, "[[true]]", "'labels' is an array of 2 times true or false");
    assertRefused(pair, "[[true, 1]]", "'labels' is an array of 2 times true or false");
  }

  @Test
  void labelsThatDoNotFitAreRefused() {
    assertRefused(CLASSES, "[true]", "1 are given, the request has 4 rows");
    LabelPair one = new LabelPair(late(true), late(false));
    assertRefused(one, "[true,true]", "2 are given, the request has 1 row;");
    assertRefused(
        CLASSES, "[true,true,true,\"yes\"]", "labels[3]: \"yes\"; 'late' is true or false");
    assertRefused(CLASSES, "[true,1,true,true]", "labels[1]: 1; 'late' is true or false");
    assertRefused(NAMES, "[[\"a\"],\"a\",\"a\"]", "'who' is the name of a class");
    assertRefused(NUMBERS, "[1,2,\"3\"]", "labels[2]: \"3\"; 'delay' is a number");
  }

  private static void assertRefused(LabelPair pair, String labels, String why) {
    assertThatThrownBy(() -> pair.heldAgainst(labels(labels)))
        .isInstanceOfSatisfying(ProtocolException.class, e -> assertThat(e.status()).isEqualTo(400))
        .hasMessageContaining(why);
  }
}
