package dev.firstday.operator.deployment.canary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.firstday.api.Comparison;
import dev.firstday.api.Comparison.Tally;
import dev.firstday.api.ModelDeploymentSpec.Action;
import dev.firstday.api.ModelDeploymentSpec.Checks;
import dev.firstday.api.ModelDeploymentSpec.Risk;
import dev.firstday.api.ModelDeploymentSpec.ScoreChange;
import dev.firstday.api.PairCheck;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChecklistTest {
  private static final Risk RISK = new Risk(1.0, 5.0);

  @Test
  void everyRateHasAFindingInTheOrderThatPeopleRead() {
    assertThat(list(List.of(), null, Action.GATE).judge(Comparison.NONE, Comparison.NONE))
        .extracting(result -> result.check().name())
        .containsExactly("errors", "timeouts", "nonFinite", "outOfRange", "slow", "disagreement");
  }

  @Test
  void theRiskOfAFalseRollbackIsThatOfTheSpecOverAllThatCanCauseOne() {
    for (Checklist list :
        List.of(
            list(List.of(), null, Action.IGNORE),
            list(List.of(), new ScoreChange(0.1, 20.0, Action.GATE), Action.GATE),
            list(List.of("carrier", "origin"), null, Action.WARN))) {
      Comparison all = everything(list.checks().slices());

      double risk =
          list.judge(all, all).stream()
              .map(CheckResult::check)
              .filter(check -> check.action() == Action.GATE)
              .mapToDouble(Check::failRisk)
              .sum();

      assertThat(risk + list.disagreement().failRisk())
          .as("with golden requests: %s", list)
          .isEqualTo(0.01, within(1e-9));
    }
  }

  @Test
  void whatHitsBothVersionsIsNotHeldAgainstTheCandidate() {
    Checklist list = list(List.of(), null, Action.GATE);
    Map<String, Tally> errors = Map.of("errors", new Tally(200, 45, List.of("r")));

    CheckResult alone = of(list, new Comparison(false, 200, 0, errors), "errors");
    CheckResult shared = of(list, new Comparison(false, 200, 40, errors), "errors");
    CheckResult worse = of(list, new Comparison(false, 200, 4, errors), "errors");

    assertThat(alone.stops()).isTrue();
    assertThat(shared.stops()).isFalse();
    assertThat(shared.allows()).as("it waits").isFalse();
    assertThat(shared.outlook()).contains("the stable version alone failed 40 requests");
    assertThat(worse.stops()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 2, 2, 0, false", // two may be chance
    "0, 3, 3, 0, true",
    "0, 4, 3, 0, false", // one was good: the rate is judged as ever
    "500, 3, 3, 0, true", // whatever it did with captured requests
    "500, 3, 3, 3, false" // stable fails as many
  })
  void aVersionThatFailsTheFirstThreeCallersIsStopped(
      long replayed, long requests, long bad, long stableErrors, boolean stops) {
    Comparison replay = errors(replayed, 0, 0);
    Comparison live = errors(requests, bad, stableErrors);

    CheckResult errors = list(List.of(), null, Action.GATE).judge(replay.plus(live), live).get(0);

    assertThat(errors.stops()).isEqualTo(stops);
    assertThat(errors.evidenceInWords().contains("each of callers' first 3 among them"))
        .isEqualTo(stops);
  }

  private static Comparison errors(long requests, long bad, long stableErrors) {
    return new Comparison(
        false, requests, stableErrors, Map.of("errors", new Tally(requests, bad, List.of())));
  }

  @Test
  void aSliceThatIsWrongStopsWhereAllTogetherLookFine() {
    Checklist list = list(List.of("carrier"), null, Action.GATE);
    Comparison live =
        comparison(
            Map.of(
                "disagreement",
                new Tally(400, 14, List.of()),
                PairCheck.slice("carrier", "UA"),
                new Tally(386, 0, List.of()),
                PairCheck.slice("carrier", "HA"),
                new Tally(14, 14, List.of("r-9"))));

    List<CheckResult> stops = list.judge(live, live).stream().filter(CheckResult::stops).toList();

    assertThat(stops)
        .singleElement()
        .satisfies(
            result -> {
              assertThat(result.check().name()).isEqualTo("disagreement[carrier=HA]");
              assertThat(result.check().reason()).isEqualTo("DisagreementTooHigh");
              assertThat(result.tally().examples()).containsExactly("r-9");
            });
  }

  @Test
  void aRareSliceNeedsNoProofAndABadOneHoldsBeforeItIsProven() {
    Checklist list = list(List.of("carrier"), null, Action.GATE);

    assertThat(slice(list, new Tally(3, 0, List.of())).allows()).isTrue();
    assertThat(slice(list, new Tally(3, 2, List.of())).allows()).isFalse();
    assertThat(slice(list, new Tally(3, 2, List.of())).stops()).isFalse();
  }

  @Test
  void labelsAreJudgedOnceThereAreSome() {
    Checklist list = list(List.of(), null, Action.GATE);
    Comparison worse = comparison(Map.of("labels", new Tally(40, 36, List.of())));
    Comparison equal = comparison(Map.of("labels", new Tally(40, 20, List.of())));

    assertThat(of(list, worse, "labels").stops()).isTrue();
    assertThat(of(list, worse, "labels").check().reason()).isEqualTo("CandidateOftenerWrong");
    assertThat(of(list, equal, "labels").allows()).isTrue();
  }

  @Test
  void aWarningIsToldAndStopsNothing() {
    Checklist list = list(List.of(), new ScoreChange(0.1, 20.0, Action.WARN), Action.GATE);
    Comparison moved = comparison(Map.of("score", new Tally(100, 90, List.of())));

    CheckResult score = of(list, moved, "score");

    assertThat(score.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(score.stops()).isFalse();
    assertThat(score.allows()).isTrue();
  }

  private static CheckResult slice(Checklist list, Tally tally) {
    String name = PairCheck.slice("carrier", "HA");
    return of(list, comparison(Map.of(name, tally)), name);
  }

  private static CheckResult of(Checklist list, Comparison live, String name) {
    return list.judge(live, live).stream()
        .filter(result -> result.check().name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Comparison everything(List<String> columns) {
    Map<String, Tally> tallies = new TreeMap<>();
    for (PairCheck check : PairCheck.values()) {
      tallies.put(check.word(), new Tally(1, 0, List.of()));
    }
    for (String column : columns) {
      for (int i = 0; i < Checklist.SLICES_A_COLUMN; i++) {
        tallies.put(PairCheck.slice(column, "v" + i), new Tally(1, 0, List.of()));
      }
    }
    return comparison(tallies);
  }

  private static Comparison comparison(Map<String, Tally> tallies) {
    return new Comparison(false, 400, 0, tallies);
  }

  private static Checklist list(List<String> slices, ScoreChange score, Action labels) {
    return new Checklist(
        new Checks(5.0, 20.0, 3.0, null, 20.0, 0.5, slices, score, labels, null, List.of()), RISK);
  }
}
