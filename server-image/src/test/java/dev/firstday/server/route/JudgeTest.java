package dev.firstday.server.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.server.route.Judge.Verdict;
import dev.firstday.server.v2.Datatype;
import dev.firstday.server.v2.Encoded;
import dev.firstday.server.v2.InferResponse;
import dev.firstday.server.v2.Tensor;
import dev.firstday.server.v2.V2;
import dev.firstday.server.v2.Values;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JudgeTest {
  private static final Judge CLASSES = new Judge("late", Double.NaN);
  private static final Judge NUMBERS = new Judge("delay", 5);

  private static Outcome answer(boolean binary, Tensor... outputs) {
    InferResponse response = new InferResponse("m", "1", "id", Map.of(), List.of(outputs));
    Encoded encoded = V2.write(response, output -> binary);
    return new Outcome.Answered(
        200,
        encoded.contentType(),
        encoded.jsonLength() == null ? null : String.valueOf(encoded.jsonLength()),
        Buffer.buffer(encoded.body()),
        1);
  }

  private static Tensor late(boolean... rows) {
    return Tensor.booleans("late", rows);
  }

  private static Tensor delay(double... rows) {
    return Tensor.doubles("delay", rows);
  }

  private static Tensor probabilities(int classes, double... values) {
    return new Tensor(
        "probabilities",
        Datatype.FP32,
        List.of(values.length / classes, classes),
        new Values.Floats(values));
  }

  private static Outcome status(int status) {
    return new Outcome.Answered(
        status, "application/json", null, Buffer.buffer("{\"error\":\"no\"}"), 1);
  }

  private static Verdict compared(int rows, int disagreements) {
    return new Verdict(true, false, false, rows, disagreements);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void rowsOfAnotherClassDisagree(boolean binary) {
    Outcome stable = answer(false, late(true, true, false), Tensor.doubles("p", new double[3]));
    Outcome candidate =
        answer(binary, late(true, false, true), Tensor.doubles("p", new double[] {.1, .2, .3}));

    assertThat(CLASSES.compare(stable, candidate)).isEqualTo(compared(3, 2));
  }

  @Test
  void classesMayBeTexts() {
    Judge judge = new Judge("who", Double.NaN);

    assertThat(
            judge.compare(
                answer(false, Tensor.texts("who", List.of("a", "b"))),
                answer(true, Tensor.texts("who", List.of("a", "c")))))
        .isEqualTo(compared(2, 1));
  }

  @Test
  void numbersDisagreeBeyondTheTolerance() {
    assertThat(
            NUMBERS.compare(answer(false, delay(10, 10, 10)), answer(false, delay(15, 15.1, 4.9))))
        .isEqualTo(compared(3, 2));
  }

  @Test
  void withoutTheLabelTheMoreProbableClassIsCompared() {
    Outcome stable = answer(false, probabilities(3, .2, .5, .3, .2, .5, .3));
    Outcome candidate = answer(false, probabilities(3, .3, .4, .3, .5, .2, .3));

    assertThat(CLASSES.compare(stable, candidate)).isEqualTo(compared(2, 1));
    assertThat(
            CLASSES.compare(
                answer(false, Tensor.doubles("probability", new double[] {.4, .6})),
                answer(false, Tensor.doubles("probability", new double[] {.6, .9}))))
        .isEqualTo(compared(2, 1));
  }

  @Test
  void aCandidateThatKnowsMoreClassesIsComparedByItsLabel() {
    Outcome stable = answer(false, late(true), probabilities(2, .5, .5));
    Outcome candidate = answer(false, late(true), probabilities(3, .1, .1, .8));

    assertThat(CLASSES.compare(stable, candidate)).isEqualTo(compared(1, 0));
  }

  @Test
  void anAnswerOfAnotherFormIsTheCandidatesError() {
    Outcome stable = answer(false, late(true, false));

    assertThat(CLASSES.compare(stable, answer(false, late(true))))
        .isEqualTo(Verdict.CANDIDATE_ERROR);
    assertThat(CLASSES.compare(stable, answer(false, delay(1, 2))))
        .isEqualTo(Verdict.CANDIDATE_ERROR);
    assertThat(CLASSES.compare(stable, answer(false, Tensor.texts("late", List.of("1", "0")))))
        .isEqualTo(Verdict.CANDIDATE_ERROR);
    assertThat(
            CLASSES.compare(
                stable, new Outcome.Answered(200, "text/html", null, Buffer.buffer(), 1)))
        .isEqualTo(Verdict.CANDIDATE_ERROR);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
  void anAnswerThatIsNotFiniteIsAnError(double value) {
    Outcome good = answer(true, delay(1));
    Outcome bad = answer(true, delay(value));

    assertThat(NUMBERS.compare(good, bad)).isEqualTo(Verdict.CANDIDATE_ERROR);
    assertThat(NUMBERS.compare(bad, good)).isEqualTo(Verdict.STABLE_ERROR);
    assertThat(Judge.usable(bad)).isFalse();
    assertThat(Judge.usable(good)).isTrue();
    assertThat(Judge.rows(good)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "200, 200, true,  false, false",
    "200, 500, true,  false, true",
    "200, 503, true,  false, true",
    "200, 400, true,  false, true",
    "200, 0,   true,  false, true",
    "400, 400, false, false, false",
    "400, 200, false, false, false",
    "400, 500, true,  false, true",
    "500, 200, false, true,  false",
    "500, 500, false, true,  false",
    "0,   0,   false, true,  false"
  })
  void whoeverFailedAloneIsBlamed(
      int stable, int candidate, boolean counted, boolean stableError, boolean candidateError) {
    Verdict verdict = CLASSES.compare(outcome(stable), outcome(candidate));

    assertThat(verdict.counted()).isEqualTo(counted);
    assertThat(verdict.stableError()).isEqualTo(stableError);
    assertThat(verdict.candidateError()).isEqualTo(candidateError);
  }

  private static Outcome outcome(int status) {
    return switch (status) {
      case 0 -> new Outcome.Unreachable("refused", false, 1);
      case 200 -> answer(false, late(true));
      default -> status(status);
    };
  }
}
