package dev.firstday.server.route;

import static dev.firstday.server.route.Made.answer;
import static dev.firstday.server.route.Made.checks;
import static dev.firstday.server.route.Made.delay;
import static dev.firstday.server.route.Made.json;
import static dev.firstday.server.route.Made.labelled;
import static dev.firstday.server.route.Made.labels;
import static dev.firstday.server.route.Made.late;
import static dev.firstday.server.route.Made.metadata;
import static dev.firstday.server.route.Made.noChecks;
import static dev.firstday.server.route.Made.probabilities;
import static dev.firstday.server.route.Made.probability;
import static dev.firstday.server.route.Made.refused;
import static dev.firstday.server.route.Made.scores;
import static dev.firstday.server.route.Made.status;
import static dev.firstday.server.route.Made.timedOut;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.ModelDeploymentSpec.Action;
import dev.firstday.api.ModelDeploymentSpec.Checks;
import dev.firstday.api.ModelDeploymentSpec.Range;
import dev.firstday.api.PairCheck;
import dev.firstday.server.route.Verdict.Judged;
import dev.firstday.server.v2.Datatype;
import dev.firstday.server.v2.Tensor;
import dev.firstday.server.v2.Values;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JudgeTest {
  private static final long SLOW = 1_000;
  private static final Judge CLASSES = Judge.of(metadata("late", null), noChecks(), SLOW);
  private static final Judge NUMBERS = Judge.of(metadata("delay", 10.0), noChecks(), SLOW);

  private static Judge numbers(Checks checks) {
    return Judge.of(metadata("delay", 10.0), checks, SLOW);
  }

  private static Judge classes(Checks checks) {
    return Judge.of(metadata("late", null), checks, SLOW);
  }

  private static Judged judged(Judge judge, Outcome stable, Outcome candidate) {
    Verdict verdict = judge.compare(stable, candidate);
    assertThat(verdict).isInstanceOf(Judged.class);
    return (Judged) verdict;
  }

  private static Rows disagreement(Judge judge, Outcome stable, Outcome candidate) {
    Judged verdict = judged(judge, stable, candidate);
    assertThat(verdict.faults()).isEmpty();
    return verdict.disagreement();
  }

  private static void assertRows(Rows rows, int compared, Integer... bad) {
    assertThat(rows.compared()).isEqualTo(compared);
    assertThat(rows.bad().stream().boxed()).containsExactly(bad);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void rowsOfAnotherClassDisagree(boolean binary) {
    Outcome stable = answer(late(true, true, false), probability(0, 0, 0));
    Outcome candidate = answer(binary, late(true, false, true), probability(.1, .2, .3));

    assertRows(disagreement(CLASSES, stable, candidate), 3, 1, 2);
  }

  @Test
  void classesMayBeTexts() {
    Judge judge = Judge.of(metadata("who", null), noChecks(), SLOW);

    assertRows(
        disagreement(
            judge,
            answer(Tensor.texts("who", List.of("a", "b"))),
            answer(true, Tensor.texts("who", List.of("a", "c")))),
        2,
        1);
  }

  @Test
  void severalLabelsDisagreeWhereOneDoes() {
    Judge judge = Judge.of(labelled("late", "full"), noChecks(), SLOW);
    Outcome stable = answer(labels(true, false, true, true, false, false));

    assertRows(
        disagreement(judge, stable, answer(true, labels(true, false, true, false, false, false))),
        3,
        1);
    assertRows(
        disagreement(
            judge,
            answer(probabilities(2, .9, .1, .6, .7, .2, .3)),
            answer(probabilities(2, .6, .4, .7, .6, .6, .7))),
        3,
        2);
    assertThat(judged(judge, stable, stable).labels().rows()).isEqualTo(3);
  }

  @Test
  void labelsThatAreNotAsManyDisagreeAndAreNotCounted() {
    Judge judge = Judge.of(labelled("late", "full"), scores(.1, Action.GATE), SLOW);
    Outcome three =
        answer(
            new Tensor(
                "labels",
                Datatype.BOOL,
                List.of(1, 3),
                new Values.Booleans(new boolean[] {true, false, false})),
            probabilities(3, .9, .1, .1));

    Judged judged = judged(judge, answer(labels(true, false), probabilities(2, .9, .1)), three);

    assertRows(judged.disagreement(), 1, 0);
    assertRows(judged.score(), 0);
    assertThat(judged.labels()).isEqualTo(LabelPair.NONE);
  }

  @Test
  void numbersDisagreeBeyondTheTolerance() {
    assertRows(
        disagreement(NUMBERS, answer(delay(10, 10, 10)), answer(delay(15, 15.1, 4.9))), 3, 1, 2);
  }

  @Test
  void withoutTheLabelTheMoreProbableClassIsCompared() {
    Outcome stable = answer(probabilities(3, .2, .5, .3, .2, .5, .3));
    Outcome candidate = answer(probabilities(3, .3, .4, .3, .5, .2, .3));

    assertRows(disagreement(CLASSES, stable, candidate), 2, 1);
    assertRows(
        disagreement(CLASSES, answer(probability(.4, .6)), answer(probability(.6, .9))), 2, 0);
    assertThat(judged(CLASSES, stable, candidate).labels()).isEqualTo(LabelPair.NONE);
  }

  @Test
  void aCandidateThatKnowsMoreClassesIsComparedByItsLabel() {
    Outcome stable = answer(late(true), probabilities(2, .5, .5));
    Outcome candidate = answer(late(true), probabilities(3, .1, .1, .8));

    assertRows(disagreement(CLASSES, stable, candidate), 1);
    assertRows(judged(classes(scores(.1, Action.GATE)), stable, candidate).score(), 0);
  }

  static Stream<Outcome> unusable() {
    return Stream.of(
        answer(late(true)),
        answer(delay(1, 2)),
        answer(Tensor.texts("late", List.of("1", "0"))),
        new Outcome.Answered(200, "text/html", null, Buffer.buffer(), 1),
        json("{\"outputs\":["),
        json("{\"outputs\":[]}"),
        json(
            "{\"outputs\":[{\"name\":\"late\",\"datatype\":\"BOOL\",\"shape\":[2],"
                + "\"data\":[true,null]}]}"),
        answer(true, late(true, false), probability(Double.NaN, 0)),
        answer(true, late(true, false), probability(0, Double.POSITIVE_INFINITY)));
  }

  @ParameterizedTest
  @MethodSource("unusable")
  void anAnswerThatCannotBeUsedIsNotFinite(Outcome candidate) {
    Outcome stable = answer(late(true, false), probability(.9, .1));

    assertThat(CLASSES.compare(stable, candidate))
        .isEqualTo(Judged.withoutRows(Set.of(PairCheck.NON_FINITE), true));
  }

  @Test
  void stablesAnswerThatIsNotFiniteSaysNothingAboutTheCandidate() {
    assertThat(NUMBERS.compare(answer(true, delay(Double.NaN)), answer(delay(1))))
        .isEqualTo(Verdict.STABLE_FAILED);
    assertThat(NUMBERS.compare(json("nonsense"), answer(delay(1))))
        .isEqualTo(Verdict.STABLE_FAILED);
  }

  static Stream<Arguments> blame() {
    Outcome good = answer(late(true));
    return Stream.of(
        Arguments.of(good, status(500), List.of(PairCheck.ERRORS)),
        Arguments.of(good, status(503), List.of(PairCheck.ERRORS)),
        Arguments.of(good, status(400), List.of(PairCheck.ERRORS)),
        Arguments.of(good, refused(), List.of(PairCheck.ERRORS)),
        Arguments.of(good, timedOut(), List.of(PairCheck.TIMEOUTS)),
        Arguments.of(status(400), status(500), List.of(PairCheck.ERRORS)),
        Arguments.of(status(400), timedOut(), List.of(PairCheck.TIMEOUTS)),
        Arguments.of(good, good, List.of()));
  }

  @ParameterizedTest
  @MethodSource("blame")
  void theCandidateIsBlamedForWhatItFailedAlone(
      Outcome stable, Outcome candidate, List<PairCheck> faults) {
    Judged verdict = judged(CLASSES, stable, candidate);

    assertThat(verdict.faults()).containsExactlyInAnyOrderElementsOf(faults);
    assertThat(verdict.disagreement().compared()).isEqualTo(faults.isEmpty() ? 1 : 0);
  }

  @Test
  void whatStableOrBothFailedOrRefusedSaysNothingOfTheCandidate() {
    Outcome good = answer(late(true));

    assertThat(CLASSES.compare(status(400), status(400))).isEqualTo(Verdict.NOTHING);
    assertThat(CLASSES.compare(status(400), good)).isEqualTo(Verdict.NOTHING);
    for (Outcome failed : List.of(status(500), refused(), timedOut())) {
      assertThat(CLASSES.compare(failed, good)).isEqualTo(Verdict.STABLE_FAILED);
      assertThat(CLASSES.compare(failed, failed)).isEqualTo(Verdict.NOTHING);
    }
  }

  @ParameterizedTest
  @CsvSource({"0, false", "1, false", "1.0000005, false", "1.01, true", "-0.01, true"})
  void aProbabilityIsFromZeroToOneButForRounding(double value, boolean bad) {
    Judged verdict =
        judged(
            CLASSES, answer(late(true), probability(.5)), answer(late(true), probability(value)));

    assertThat(verdict.faults().contains(PairCheck.OUT_OF_RANGE)).isEqualTo(bad);
    assertThat(verdict.disagreement().compared()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"-5, false", "60, false", "-5.1, true", "60.1, true"})
  void aNumberIsWithinItsRange(double value, boolean bad) {
    Judge judge = numbers(checks(new Range(-5.0, 60.0), null, null));

    assertThat(judged(judge, answer(delay(1)), answer(delay(value))).faults())
        .isEqualTo(bad ? Set.of(PairCheck.OUT_OF_RANGE) : Set.of());
  }

  @Test
  void aRangeMayBeOpenAndIsNotForOtherOutputs() {
    Judge judge = numbers(checks(new Range(0.0, null), null, null));

    assertThat(judged(judge, answer(delay(1)), answer(delay(1e9))).faults()).isEmpty();
    assertThat(
            judged(
                    judge,
                    answer(delay(1), Tensor.doubles("extra", new double[] {1})),
                    answer(delay(1), Tensor.doubles("extra", new double[] {-7})))
                .faults())
        .isEmpty();
  }

  @Test
  void aRangeThatStableLeavesTooIsNotHeldAgainstTheCandidate() {
    Judge judge = numbers(checks(new Range(0.0, 1.0), null, null));

    assertThat(judged(judge, answer(delay(2)), answer(delay(2))).faults()).isEmpty();
  }

  @Test
  void slowIsALongerTimeThanTheBound() {
    Outcome.Answered prompt = Made.answer(false, late(true));
    for (long nanos : new long[] {SLOW, SLOW + 1}) {
      Outcome candidate =
          new Outcome.Answered(200, prompt.contentType(), null, prompt.body(), nanos);

      assertThat(judged(CLASSES, prompt, candidate).faults().contains(PairCheck.SLOW))
          .isEqualTo(nanos > SLOW);
    }
  }

  @Test
  void whatIsSlowForBothIsNotHeldAgainstTheCandidate() {
    Outcome.Answered prompt = Made.answer(false, late(true));
    Outcome slow = new Outcome.Answered(200, prompt.contentType(), null, prompt.body(), SLOW + 1);

    assertThat(judged(CLASSES, slow, slow).faults()).isEmpty();
  }

  @Test
  void noTimeIsTooLongWhileItIsNotKnownWhichIs() {
    Judge judge = Judge.of(metadata("late", null), noChecks(), Judge.ANY_TIME);

    assertThat(judged(judge, answer(late(true)), answer(late(true))).heldTo(PairCheck.SLOW))
        .isFalse();
    assertThat(judged(CLASSES, answer(late(true)), answer(late(true))).heldTo(PairCheck.SLOW))
        .isTrue();
  }

  @Test
  void aTimeOutIsNotSlowToo() {
    assertThat(
            judged(CLASSES, answer(late(true)), new Outcome.Unreachable("late", true, SLOW * 2))
                .faults())
        .containsExactly(PairCheck.TIMEOUTS);
  }

  @Test
  void scoresMoveByTheProbabilityOfTheSameClass() {
    Judge judge = classes(scores(.1, Action.WARN));
    Outcome stable = answer(late(true, true), probability(.8, .8));

    assertRows(judged(judge, stable, answer(late(true, true), probability(.75, .6))).score(), 2, 1);
    assertRows(
        judged(
                judge,
                answer(probabilities(3, .5, .3, .2, .5, .3, .2)),
                answer(probabilities(3, .5, .3, .2, .5, .1, .4)))
            .score(),
        2,
        1);
    assertRows(judged(judge, answer(late(true)), answer(late(true))).score(), 0);
  }

  @Test
  void scoresThatAreNumbersMoveInTheLabelsUnit() {
    Judge judge = numbers(scores(2, null));

    assertRows(judged(judge, answer(delay(10, 10)), answer(delay(12, 7.9))).score(), 2, 1);
  }

  @Test
  void scoresAreLookedAtOnlyWhenAskedFor() {
    Outcome stable = answer(delay(10));

    assertRows(judged(NUMBERS, stable, answer(delay(99))).score(), 0);
    assertRows(judged(numbers(scores(2, Action.IGNORE)), stable, answer(delay(99))).score(), 0);
  }

  @Test
  void labelsAreKeptForTheTruth() {
    LabelPair labels =
        judged(CLASSES, answer(late(true), probability(1)), answer(late(false), probability(0)))
            .labels();

    assertThat(labels.stable().element(0)).isEqualTo(true);
    assertThat(labels.candidate().element(0)).isEqualTo(false);
  }

  @Test
  void aloneAnAnswerMustBeOneThatCallersCanUse() {
    Judge judge = numbers(checks(new Range(0.0, null), null, null));

    assertThat(judge.alone(answer(delay(1))).faults()).isEmpty();
    assertThat(judge.alone(answer(delay(-1))).faults()).containsExactly(PairCheck.OUT_OF_RANGE);
    assertThat(judge.alone(json("{}")).faults()).containsExactly(PairCheck.NON_FINITE);
    assertThat(judge.alone(status(400)).faults()).containsExactly(PairCheck.ERRORS);
    assertThat(judge.alone(timedOut()).faults()).containsExactly(PairCheck.TIMEOUTS);
  }
}
