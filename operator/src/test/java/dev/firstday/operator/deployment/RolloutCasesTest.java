package dev.firstday.operator.deployment;

import static dev.firstday.operator.deployment.World.counts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.GoldenCase;
import dev.firstday.api.GoldenResults;
import dev.firstday.api.GoldenResults.Fault;
import dev.firstday.contract.Contract;
import dev.firstday.contract.Routes;
import dev.firstday.operator.kube.EventDraft;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the Model says that every version has to answer. */
class RolloutCasesTest {
  private static final Fault WRONG =
      new Fault("clear", false, "probability at most 0.4", "late true, probability 0.7", null);
  private static final Fault WRONG_IN_BOTH =
      new Fault("clear", false, "probability at most 0.4", "probability 0.7", "probability 0.6");
  private static final Fault UNREADABLE =
      new Fault(
          "clear", true, "probability at most 0.4", "status 400: column 'x' is unknown", null);
  private static final GoldenResults GOOD = new GoldenResults(true, 1, 1, 0, null);

  private final World world = new World();

  private static GoldenCase golden(String name, String text) {
    return Contract.read(
        "{\"name\":\"%s\",\"inputs\":{\"x\":\"%s\"},\"expect\":{\"max\":0.4}}"
            .formatted(name, text),
        GoldenCase.class);
  }

  private static GoldenResults bad(Fault fault) {
    return new GoldenResults(true, 1, 0, 1, List.of(fault));
  }

  /** Version 2 beside version 1, through with the golden requests of its artefact. */
  private void trial() {
    world.stable(1);
    world.golden = List.of(golden("clear", "a"));
    world.record(2).settle().golden(counts(20, 0, 0, 0)).settle();
  }

  @Test
  void aCandidateThatAnswersAsExpectedGoesOn() {
    trial();
    assertThat(world.phase()).isEqualTo("Golden");
    assertThat(world.routes.golden()).isEqualTo(world.golden);
    assertThat(world.condition("Reconciling").message())
        .contains("20 golden requests are answered, and 0 of 1 golden cases as expected");

    world.cases(GOOD).settle();
    assertThat(world.phase()).isEqualTo("Canary");
    assertThat(world.routes.golden()).isNull();
    assertThat(world.status.rollout().golden()).isEqualTo(GOOD);

    world.live(counts(500, 0, 0, 0)).settle().live(counts(900, 0, 0, 0)).settle();
    assertThat(world.stableNumber()).isEqualTo(2);
    assertThat(world.status.rollout().golden()).isEqualTo(GOOD);
    world.record(3).settle();
    assertThat(world.status.rollout().golden().passed()).isZero();
  }

  @Test
  void aCandidateThatDoesNotIsRolledBackWithWhatWasExpectedAndWhatCame() {
    trial();
    world.cases(bad(WRONG));
    DeploymentPlan plan = world.pass();

    assertThat(world.phase()).isEqualTo("RolledBack");
    assertThat(world.condition("Stalled").reason()).isEqualTo("GoldenCaseFailed");
    assertThat(world.condition("Stalled").message())
        .endsWith(
            "or correct the case in spec.golden of Model late-arrival, if that is wrong,"
                + " and say firstday rollout retry late to try it again");
    assertThat(plan.events().get(0).message())
        .isEqualTo(
            "version 2: GoldenCaseFailed: golden case clear: expected probability at most 0.4,"
                + " got late true, probability 0.7");
    assertThat(world.settle().routes.golden()).isNull();
    assertThat(world.status.rollout().golden()).isEqualTo(bad(WRONG));
    assertThat(world.stableNumber()).isEqualTo(1);
  }

  @Test
  void aCaseThatStableFailsTooStopsTheCandidateAllTheSame() {
    trial();
    world.cases(bad(WRONG_IN_BOTH)).settle();

    assertThat(world.status.rejected().get(0).message())
        .endsWith("(the stable version fails it too: probability 0.6)");
  }

  @Test
  void aFirstVersionIsRefused() {
    world.golden = List.of(golden("clear", "a"));
    world.record(1).settle().golden(counts(20, 0, 0, 0)).cases(bad(WRONG)).settle();

    assertThat(world.phase()).isEqualTo("Failed");
    assertThat(world.condition("Stalled").reason()).isEqualTo("GoldenCaseFailed");
    assertThat(world.stableNumber()).isZero();
  }

  @Test
  void aCaseThatNoVersionCanReadIsHeldAgainstNone() {
    trial();
    world.cases(bad(UNREADABLE)).settle();
    assertThat(world.phase()).isEqualTo("Held");
    assertThat(world.condition("Stalled").reason()).isEqualTo("InvalidGoldenCase");
    assertThat(world.condition("Stalled").message())
        .contains("golden case clear cannot be answered: expected probability at most 0.4,")
        .contains(
            "got status 400: column 'x' is unknown. Correct spec.golden of Model late-arrival")
        .contains("version 1 goes on serving");
    world.after(Duration.ofDays(1)).settle();
    assertThat(world.phase()).isEqualTo("Held");

    world.golden = List.of(golden("clear", "corrected"));
    world.settle();
    assertThat(world.routes.golden()).isEqualTo(world.golden);
    world.cases(GOOD).settle();
    assertThat(world.phase()).isEqualTo("Canary");
  }

  @Test
  void anEventTellsOnceWhichCaseIsInvalidAndAgainWhenItIsAnother() {
    trial();
    world.cases(bad(UNREADABLE));
    EventDraft told = world.pass().events().get(0);
    assertThat(told.type()).isEqualTo(EventDraft.Type.WARNING);
    assertThat(told.reason()).isEqualTo("InvalidGoldenCase");
    assertThat(told.message())
        .contains("golden case clear cannot be answered", "column 'x' is unknown");
    assertThat(world.pass().events()).isEmpty();

    world.cases(
        bad(new Fault("clear", true, "label true", "status 400: column 'y' is unknown", null)));
    assertThat(world.pass().events())
        .singleElement()
        .satisfies(event -> assertThat(event.message()).contains("column 'y' is unknown"));
    assertThat(world.pass().events()).isEmpty();
    assertThat(world.status.rollout().golden().faults().get(0).invalid()).isTrue();
  }

  @Test
  void whatWasSaidOfCasesThatAreEditedSinceDoesNotCount() {
    trial();
    world.cases(bad(WRONG));
    world.golden = List.of(golden("clear", "edited"));
    world.pass();

    assertThat(world.phase()).isEqualTo("Golden");
    assertThat(world.candidateNumber()).isEqualTo(2);
    assertThat(world.routes.golden()).isEqualTo(world.golden);

    world.golden = List.of();
    world.settle();
    assertThat(world.phase()).isEqualTo("Canary");
  }

  @Test
  void anEditAfterTheStageIsForTheNextVersion() {
    trial();
    world.cases(GOOD).settle();
    world.golden = List.of(golden("clear", "edited"), golden("more", "b"));
    long revision = world.routes.revision();
    world.settle();

    assertThat(world.phase()).isEqualTo("Canary");
    assertThat(world.routes.revision()).isEqualTo(revision);
  }

  @Test
  void whatWasRolledBackForAWrongCaseCanBeTriedAgain() {
    trial();
    world.cases(bad(WRONG)).settle();
    world.golden = List.of(golden("clear", "corrected"));
    world.command = "retry 1";
    world.settle().golden(counts(20, 0, 0, 0)).cases(GOOD).settle();

    assertThat(world.phase()).isEqualTo("Canary");
  }

  @Test
  void casesThatAreNeverAnsweredEndAtTheDeadline() {
    trial();
    world.routers.get(0).waits = "golden cases: clear: status 503";
    world.after(Duration.ofSeconds(600)).settle();

    assertThat(world.status.rejected().get(0).reason()).isEqualTo("GoldenDeadlineExceeded");
    assertThat(world.status.rejected().get(0).message())
        .contains("and 0 of 1 golden cases as expected; waiting: golden cases: clear: status 503");
  }

  @Test
  void eachRouterHasToBeThroughAndTheWorstCounts() {
    world.routers.add(new FakeRouter("router-1"));
    trial();
    world.routers.get(0).cases = GOOD;
    world.settle();
    assertThat(world.phase()).isEqualTo("Golden");

    world.routers.get(1).cases = bad(WRONG);
    world.settle();
    assertThat(world.phase()).isEqualTo("RolledBack");
  }

  @Test
  void moreThanRoutesCanHoldIsNotSent() {
    world.stable(1);
    world.golden = List.of(golden("clear", "x".repeat(Routes.MAX_GOLDEN_BYTES)));
    world.record(2).settle().golden(counts(20, 0, 0, 0)).settle();

    assertThat(world.routes.golden()).isNull();
    assertThat(world.condition("Stalled").reason()).isEqualTo("InvalidGoldenCase");
    assertThat(world.condition("Stalled").message())
        .contains("spec.golden of Model late-arrival has 257 KiB of JSON, and 256 KiB at most");
  }

  @Test
  void aPersonMayPromoteAllTheSame() {
    trial();
    world.cases(bad(UNREADABLE)).settle();
    world.command = "promote 1";

    assertThat(world.settle().stableNumber()).isEqualTo(2);
  }

  @Test
  void aPausedCandidateStaysAndIsRolledBackAllTheSame() {
    trial();
    world.command = "pause 1";
    world.cases(GOOD).settle();
    assertThat(world.phase()).isEqualTo("Paused");

    world.cases(bad(WRONG)).settle();
    assertThat(world.phase()).isEqualTo("RolledBack");
  }
}
