package dev.firstday.server.route;

import static dev.firstday.server.route.Made.answer;
import static dev.firstday.server.route.Made.delay;
import static dev.firstday.server.route.Made.json;
import static dev.firstday.server.route.Made.late;
import static dev.firstday.server.route.Made.probabilities;
import static dev.firstday.server.route.Made.probability;
import static dev.firstday.server.route.Made.refused;
import static dev.firstday.server.route.Made.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.GoldenCase.Expectation;
import dev.firstday.contract.Contract;
import dev.firstday.server.route.CaseAnswer.Kind;
import dev.firstday.server.v2.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaseJudgeTest {
  private static final Map<String, Double> NONE = Map.of();

  private static CaseJudge judge(String expect, String label, Double deviation) {
    return CaseJudge.of(Made.metadata(label, deviation), Contract.read(expect, Expectation.class));
  }

  private static CaseJudge yesOrNo(String expect) {
    return judge(expect, "late", null);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'label':true} | true | 0.9 | MET",
        "{'label':true} | false | 0.4 | WRONG",
        "{'max':0.4} | false | 0.4 | MET",
        "{'max':0.4} | false | 0.41 | WRONG",
        "{'min':0.6} | true | 0.6 | MET",
        "{'min':0.6} | true | 0.59 | WRONG",
        "{'label':true,'min':0.5,'max':0.8} | true | 0.7 | MET",
        "{'label':true,'min':0.5,'max':0.8} | true | 0.9 | WRONG",
        "{'label':'yes'} | true | 0.9 | UNFIT",
        "{'label':1} | true | 0.9 | UNFIT",
        "{'label':{'a':1}} | true | 0.9 | UNFIT",
      })
  void yesOrNoHasALabelAndItsProbability(String expect, boolean late, double p, Kind kind) {
    CaseAnswer given =
        yesOrNo(expect.replace('\'', '"')).judge(answer(late(late), probability(p)), NONE);

    assertThat(given.kind()).as(given.words()).isEqualTo(kind);
    assertThat(given.number()).isEqualTo(p);
    assertThat(given.words()).startsWith("late %s, probability %s".formatted(late, p));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'label':{'late':true}} | MET | labels late",
        "{'label':{'late':true,'full':false}} | MET | labels late",
        "{'label':{'full':true}} | WRONG | labels late",
        "{'label':{'ful':true}} | UNFIT | labels late: there is no label ful (did you mean full?); there are late, full",
        "{'label':{'full':1}} | UNFIT | labels late: full is true or false, and not 1",
        "{'label':true} | UNFIT | labels late: there are 2 labels: expect true or false of some",
        "{'min':0.5} | UNFIT | labels late: each of the 2 labels has a probability: expect label instead",
      })
  void severalLabelsAreExpectedByName(String expect, Kind kind, String words) {
    CaseJudge judge =
        CaseJudge.of(
            Made.labelled("late", "full"),
            Contract.read(expect.replace('\'', '"'), Expectation.class));

    CaseAnswer given =
        judge.judge(answer(Made.labels(true, false), probabilities(2, .9, .2)), NONE);

    assertThat(given.words()).startsWith(words);
    assertThat(given.kind()).isEqualTo(kind);
    assertThat(given.number()).isNaN();
    assertThat(judge.judge(answer(late(true)), NONE).kind()).isEqualTo(Kind.UNFIT);
  }

  @Test
  void whatIsExpectedOfSeveralLabelsIsSaidByName() {
    CaseJudge judge =
        CaseJudge.of(
            Made.labelled("late", "full"),
            Contract.read("{\"label\":{\"late\":true,\"full\":false}}", Expectation.class));

    assertThat(judge.words()).isEqualTo("late = true, full = false");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'label':'b','min':0.5} | MET",
        "{'label':'a'} | WRONG",
        "{'label':'b','min':0.7} | WRONG",
        "{'label':true} | UNFIT",
      })
  void oneOfSeveralClassesHasTheProbabilityOfTheOneThatIsAnswered(String expect, Kind kind) {
    CaseAnswer given =
        judge(expect.replace('\'', '"'), "kind", null)
            .judge(
                answer(Tensor.texts("kind", List.of("b")), probabilities(3, 0.2, 0.6, 0.2)), NONE);

    assertThat(given.kind()).isEqualTo(kind);
    assertThat(given.words()).startsWith("kind b, probability 0.6");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'min':10,'max':20} | MET",
        "{'max':12} | WRONG",
        "{'min':13} | WRONG",
        "{'label':12.5} | UNFIT",
      })
  void aNumberHasBounds(String expect, Kind kind) {
    CaseJudge judge = judge(expect.replace('\'', '"'), "delay", 8.0);

    assertThat(judge.judge(answer(delay(12.5)), NONE).kind()).isEqualTo(kind);
    assertThat(judge.judge(answer(delay(12.5)), NONE).words()).startsWith("delay 12.5");
  }

  @Test
  void aCaseCanBeAboveAnotherThatStandsBeforeIt() {
    CaseJudge judge = yesOrNo("{\"above\":\"clear\"}");
    Outcome half = answer(late(true), probability(0.5));

    assertThat(judge.judge(half, Map.of("clear", 0.2)).kind()).isEqualTo(Kind.MET);
    assertThat(judge.judge(half, Map.of("clear", 0.5)).kind()).isEqualTo(Kind.WRONG);
    assertThat(judge.judge(half, NONE).kind()).isEqualTo(Kind.UNFIT);
    assertThat(judge.judge(half, NONE).words())
        .contains("no case clear that has a number stands before it");
  }

  @Test
  void whatIsAboveACaseThatHasNoNumberCannotBeTold() {
    CaseJudge judge = yesOrNo("{\"above\":\"clear\"}");

    CaseAnswer given =
        judge.judge(answer(late(true), probability(0.5)), Map.of("clear", Double.NaN, "clean", .1));

    assertThat(given.kind()).isEqualTo(Kind.UNFIT);
    assertThat(given.words()).endsWith("no case clear that has a number stands before it");
  }

  @Test
  void aCaseThatIsMisspeltIsGuessed() {
    CaseAnswer given =
        yesOrNo("{\"above\":\"clar\"}")
            .judge(answer(late(true), probability(0.5)), Map.of("clear", 0.2));

    assertThat(given.words()).endsWith("stands before it (did you mean clear?)");
  }

  @Test
  void whoGivesNoAnswerSaysWhy() {
    CaseJudge judge = yesOrNo("{\"label\":true}");

    assertThat(judge.judge(status(400), NONE))
        .isEqualTo(CaseAnswer.without(Kind.UNFIT, "status 400: no"));
    assertThat(judge.judge(status(503), NONE).kind()).isEqualTo(Kind.SILENT);
    assertThat(judge.judge(refused(), NONE))
        .isEqualTo(CaseAnswer.without(Kind.SILENT, "no answer: refused"));
    assertThat(judge.judge(json("{}"), NONE).kind()).isEqualTo(Kind.WRONG);
    assertThat(judge.judge(answer(probability(0.5)), NONE))
        .isEqualTo(CaseAnswer.without(Kind.UNFIT, "no output late"));
    assertThat(yesOrNo("{\"min\":0.5}").judge(answer(late(true)), NONE).words())
        .isEqualTo("late true: it has no probability");
    assertThat(judge.judge(new Outcome.Unreachable("x".repeat(500), false, 1), NONE).words())
        .hasSize(303);
  }

  @Test
  void whatIsExpectedIsToldInWords() {
    assertThat(yesOrNo("{\"label\":true,\"min\":0.25,\"max\":0.75,\"above\":\"clear\"}").words())
        .isEqualTo(
            "late = true, probability at least 0.25, probability at most 0.75, probability above that of clear");
    assertThat(judge("{\"max\":30}", "delay", 8.0).words()).isEqualTo("delay at most 30");
  }
}
