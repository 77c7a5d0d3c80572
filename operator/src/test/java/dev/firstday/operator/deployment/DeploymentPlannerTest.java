package dev.firstday.operator.deployment;

import static dev.firstday.operator.deployment.World.counts;
import static dev.firstday.operator.deployment.World.spec;
import static dev.firstday.operator.deployment.World.version;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.Comparison;
import dev.firstday.api.ModelDeploymentSpec.Track;
import dev.firstday.api.ModelDeploymentSpec.Undecided;
import dev.firstday.api.ModelDeploymentStatus;
import dev.firstday.api.ModelDeploymentStatus.CheckState;
import dev.firstday.contract.Contract;
import dev.firstday.contract.Routes;
import dev.firstday.operator.deployment.DeploymentObservation.Trouble;
import dev.firstday.operator.kube.EventDraft;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeploymentPlannerTest {
  private static final Comparison CLEAN = counts(100, 0, 0, 0);
  private static final Comparison GOLDEN = counts(20, 0, 0, 0);
  private static final Duration DEADLINE = Duration.ofSeconds(600);

  /** The schema's default, and nothing else. */
  private static final ModelDeploymentStatus AS_AN_API_SERVER_MAKES_IT =
      Contract.read("{\"observedGeneration\":-1}", ModelDeploymentStatus.class);

  private final World world = new World();

  @Test
  void theFirstVersionStartsAnswersItsGoldenRequestsAndIsPromoted() {
    world.status = AS_AN_API_SERVER_MAKES_IT;
    world.record(1);

    assertThat(world.pass().events())
        .extracting(EventDraft::reason)
        .containsExactly("RolloutStarted");
    assertThat(world.phase()).isEqualTo("Starting");
    assertThat(world.routes.stable()).isNull();
    assertThat(world.routes.candidate()).isNull();
    world.pass();
    assertThat(world.phase()).isEqualTo("Golden");
    assertThat(world.routes.candidate().weight()).isZero();
    world.golden(GOLDEN).pass();
    assertThat(world.stableNumber()).isEqualTo(1);
    assertThat(world.routes.stable().weight()).isEqualTo(100);
    world.settle();

    assertThat(world.phase()).isEqualTo("Stable");
    assertThat(world.condition("Ready").status()).isEqualTo("True");
    assertThat(world.status.chain().summary()).isEqualTo("flights/2 > late-arrival/1");
    assertThat(world.status.endpoint()).isEqualTo("http://flights.demo.svc");
  }

  @Test
  void aNewerVersionGainsWeightStepByStepAndTakesOver() {
    world.stable(1).record(2).settle();
    assertThat(world.phase()).isEqualTo("Golden");
    world.golden(GOLDEN).settle();

    assertThat(world.phase()).isEqualTo("Canary");
    assertThat(world.candidateWeight()).isEqualTo(10);
    assertThat(world.routes.stable().weight()).isEqualTo(90);
    world.live(CLEAN).settle();
    assertThat(world.candidateWeight()).isEqualTo(50);
    world.live(counts(120, 0, 0, 0)).pass();
    assertThat(world.stableNumber()).isEqualTo(2);
    assertThat(world.candidateNumber()).isZero();
    assertThat(world.phase()).isEqualTo("Promoting");
    world.settle();

    assertThat(world.phase()).isEqualTo("Stable");
    assertThat(world.running).containsExactly(version(2));
    assertThat(world.status.chain().runUid()).isEqualTo("run-2");
  }

  @Test
  void aStepNeedsRequestsOfItsOwn() {
    canary();
    world.live(CLEAN).settle();

    assertThat(world.candidateWeight()).isEqualTo(50);
    assertThat(world.condition("Ready").message()).contains("this step needs about 10 more");
  }

  @ParameterizedTest
  @CsvSource({
    "12, 0, 0, CandidateErrors",
    "0, 30, 0, CandidateSlow",
    "0, 0, 14, DisagreementTooHigh"
  })
  void aFailedCheckRollsBackWithItsEvidence(
      long errors, long slow, long disagreements, String reason) {
    canary();
    world.live(counts(40, errors, slow, disagreements));

    DeploymentPlan plan = world.pass();

    assertThat(world.phase()).isEqualTo("RolledBack");
    assertThat(world.condition("Stalled").status()).isEqualTo("True");
    assertThat(world.condition("Stalled").reason()).isEqualTo(reason);
    assertThat(world.condition("Ready").message())
        .contains("of 40 ", "version 2 was rolled back", "version 1 goes on serving");
    assertThat(world.status.rejected().get(0).digest()).isEqualTo(version(2).digest());
    assertThat(plan.routes().candidate()).isNull();
    assertThat(plan.routes().stable().weight()).isEqualTo(100);
    assertThat(world.running).as("weight 0 first").contains(version(2));
    world.settle();
    assertThat(world.running).containsExactly(version(1));
    assertThat(world.status.chain().stoppedBy()).isEqualTo("late-arrival/2: " + reason);
    assertThat(world.status.rollout().checks()).extracting(CheckState::verdict).contains("Fail");
  }

  @Test
  void podsOfARolledBackVersionStayUntilEveryRouterHasLetGoOfIt() {
    world.routers.add(new FakeRouter("router-1"));
    canary();
    world.routers.get(1).silent = true;
    world.routers.get(0).live = counts(40, 12, 0, 0);
    world.settle();

    assertThat(world.phase()).isEqualTo("RolledBack");
    assertThat(world.running).contains(version(2));
    world.routers.get(1).silent = false;
    world.settle();
    assertThat(world.running).containsExactly(version(1));
  }

  @Test
  void aRejectedDigestIsNotTriedAgainUntilTheSpecIsEditedOrANewerVersionAppears() {
    rolledBack();
    world.after(Duration.ofDays(1)).settle();
    assertThat(world.phase()).isEqualTo("RolledBack");
    assertThat(world.running).containsExactly(version(1));

    world.edit(world.spec).settle();
    assertThat(world.candidateNumber()).isEqualTo(2);

    world.golden(counts(20, 1, 0, 0)).settle();
    assertThat(world.phase()).isEqualTo("RolledBack");
    world.record(3).settle();
    assertThat(world.candidateNumber()).isEqualTo(3);
    assertThat(world.condition("Stalled").status()).isEqualTo("False");
  }

  @Test
  void goldenErrorsRollBackBeforeAnyCallerIsServed() {
    world.stable(1).record(2).settle().golden(counts(20, 1, 0, 0)).settle();

    assertThat(world.phase()).isEqualTo("RolledBack");
    assertThat(world.condition("Stalled").reason()).isEqualTo("CandidateErrors");
    assertThat(world.condition("Stalled").message()).contains("1 of 20 golden requests");
  }

  @Test
  void goldenErrorsWhileStableFailsTooAreLeftToCallersRequests() {
    world.stable(1).record(2).settle().golden(withStableErrors(counts(20, 1, 0, 0))).settle();
    assertThat(world.phase()).isEqualTo("Canary");
  }

  @Test
  void goldenErrorsWhileStableFailsTooAreUndecidedWhereNoCallersRequestTells() {
    world
        .edit(spec(null, Track.NEWEST, List.of(), Undecided.HOLD, false))
        .stable(1)
        .record(2)
        .settle()
        .golden(withStableErrors(counts(20, 1, 0, 0)))
        .settle();
    assertThat(world.phase()).isEqualTo("Golden");

    world.after(Duration.ofHours(1)).settle();
    assertThat(world.phase()).isEqualTo("Held");
    assertThat(world.condition("Reconciling").message()).contains("errors: 1 of 20 requests");
  }

  private static Comparison withStableErrors(Comparison counts) {
    return new Comparison(counts.done(), counts.requests(), 2, counts.checks());
  }

  @Test
  void goldenAnswersThatDifferTooMuchRollBack() {
    world.stable(1).record(2).settle().golden(counts(32, 0, 0, 12)).settle();

    assertThat(world.condition("Stalled").reason()).isEqualTo("DisagreementTooHigh");
    assertThat(world.condition("Stalled").message()).contains("golden requests", "12 of 32 rows");
  }

  @Test
  void twoRoutersSendTheSameGoldenRequestsWhichIsNoMoreEvidence() {
    world.routers.add(new FakeRouter("router-1"));
    world.stable(1).record(2).settle().golden(counts(20, 0, 0, 5)).settle();

    assertThat(world.phase()).isEqualTo("Canary");
  }

  @Test
  void liveCountsOfTwoRoutersAddUp() {
    world.routers.add(new FakeRouter("router-1"));
    canary();
    world.live(counts(50, 0, 0, 0)).settle();

    assertThat(world.candidateWeight()).isEqualTo(50);
    assertThat(world.status.rollout().comparedBefore()).isEqualTo(100);
  }

  @Test
  void aRouterBehindContributesNothingAndIsPushedAgain() {
    world.routers.add(new FakeRouter("router-1"));
    canary();
    world.routers.get(1).restart();
    world.routers.get(1).live = counts(40, 40, 0, 0);

    assertThat(world.pass().push()).extracting(r -> r.pod()).containsExactly("router-1");
    assertThat(world.phase()).isEqualTo("Canary");
  }

  @Test
  void aRestartedRouterCountsFromNothingAndNothingIsForgotten() {
    canary();
    world.live(CLEAN).settle();
    assertThat(world.candidateWeight()).isEqualTo(50);
    world.routers.get(0).restart();
    world.settle();

    assertThat(world.phase()).isEqualTo("Canary");
    assertThat(world.candidateWeight()).isEqualTo(50);
    world.live(counts(9, 0, 0, 0)).settle();
    assertThat(world.candidateWeight()).isEqualTo(50);
    assertThat(world.condition("Ready").message()).contains("this step needs about 1 more");
    world.live(counts(10, 0, 0, 0)).settle();
    assertThat(world.stableNumber()).isEqualTo(2);
  }

  @Test
  void withoutTrafficTheStepIsHeldAtItsDeadlineAndResumesWhenEvidenceComes() {
    canary();
    world.settle();
    assertThat(world.condition("Ready").message())
        .contains("errors: no requests compared yet, bound 5 %", "needs about 8", "more requests");
    world.after(DEADLINE).settle();

    assertThat(world.phase()).isEqualTo("Held");
    assertThat(world.candidateWeight()).isEqualTo(10);
    assertThat(world.condition("Reconciling").reason()).isEqualTo("Undecided");
    assertThat(world.condition("Reconciling").message())
        .startsWith("version 2 is held, since its deadline of 600 s is over: ")
        .endsWith(
            "; version 1 goes on serving. It goes on when verdicts come;"
                + " firstday rollout promote late or firstday rollout rollback late decides it now");
    assertThat(world.condition("Stalled").status()).isEqualTo("False");
    world.live(CLEAN).settle();
    assertThat(world.candidateWeight()).isEqualTo(50);
  }

  @Test
  void undecidedStepsMayBePromoted() {
    world.edit(spec(null, Track.NEWEST, List.of(10, 50), Undecided.PROMOTE, false));
    canary();
    world.after(DEADLINE).pass();
    assertThat(world.candidateWeight()).isEqualTo(50);
    world.after(DEADLINE).settle();

    assertThat(world.stableNumber()).isEqualTo(2);
  }

  @Test
  void undecidedStepsMayBeRolledBack() {
    world.edit(spec(null, Track.NEWEST, List.of(10, 50), Undecided.ROLLBACK, false));
    canary();
    world.after(DEADLINE).settle();

    assertThat(world.phase()).isEqualTo("RolledBack");
    assertThat(world.condition("Stalled").reason()).isEqualTo("Undecided");
  }

  @ParameterizedTest
  @CsvSource({"HOLD", "PROMOTE", "ROLLBACK"})
  void silentRoutersHoldWhateverTheDeadlineAndThePolicy(Undecided policy) {
    world.edit(spec(null, Track.NEWEST, List.of(10, 50), policy, false));
    canary();
    world.routers.get(0).silent = true;
    world.pass();
    assertThat(world.phase()).isEqualTo("Held");
    world.after(DEADLINE).after(DEADLINE).pass();

    assertThat(world.phase()).isEqualTo("Held");
    assertThat(world.condition("Ready").reason()).isEqualTo("RoutersSilent");
    assertThat(world.candidateWeight()).isEqualTo(10);
  }

  @Test
  void aCandidateThatDoesNotStartInTimeIsRolledBackInThePodsOwnWords() {
    world.stable(1).record(2).broken.add(version(2));
    world.troubles.put(version(2), new Trouble.Passing("pod x: ImagePullBackOff: no such image"));
    world.settle();
    assertThat(world.phase()).isEqualTo("Starting");
    assertThat(world.condition("Ready").message()).contains("0 of 1 pods", "no such image");
    world.after(DEADLINE).settle();

    assertThat(world.phase()).isEqualTo("RolledBack");
    assertThat(world.condition("Stalled").reason()).isEqualTo("StartDeadlineExceeded");
    assertThat(world.condition("Stalled").message()).contains("after 600 s", "no such image");
    assertThat(world.running).containsExactly(version(1));
  }

  @ParameterizedTest
  @CsvSource({"false, false", "true, false", "true, true"})
  void aCandidateThatRefusesItsArtefactIsRolledBackAtOnceInAnyStage(boolean ready, boolean golden) {
    world.stable(1).record(2);
    if (!ready) {
      world.broken.add(version(2));
    }
    world.settle();
    if (golden) {
      world.golden(GOLDEN).settle();
    }
    world.broken.add(version(2));
    world.troubles.put(
        version(2), new Trouble.Refusal("ArtefactCorrupt", "pod x: one byte flipped"));
    world.pass();

    assertThat(world.phase()).isEqualTo("RolledBack");
    assertThat(world.condition("Stalled").reason()).isEqualTo("ArtefactCorrupt");
    assertThat(world.condition("Stalled").message()).contains("one byte flipped");
  }

  @Test
  void aFirstVersionThatCannotStartHasFailedAndRecoversByItself() {
    world.record(1).broken.add(version(1));
    world.troubles.put(
        version(1), new Trouble.Refusal("ArtefactCorrupt", "pod x: one byte flipped"));
    world.settle();
    assertThat(world.phase()).isEqualTo("Failed");
    assertThat(world.condition("Stalled").reason()).isEqualTo("ArtefactCorrupt");
    assertThat(world.running).containsExactly(version(1));

    world.broken.clear();
    world.settle().golden(GOLDEN).settle();
    assertThat(world.phase()).isEqualTo("Stable");
  }

  @Test
  void aFirstVersionThatFailsGoldenRequestsIsRefused() {
    world.record(1).settle().golden(counts(5, 5, 0, 0)).settle();

    assertThat(world.phase()).isEqualTo("Failed");
    assertThat(world.running).isEmpty();
    world.record(2).settle().golden(GOLDEN).settle();
    assertThat(world.stableNumber()).isEqualTo(2);
  }

  @Test
  void aFirstVersionThatFailedOneGoldenRequestOnceIsPromotedWhenAllAreThrough() {
    world.record(1).settle().golden(notDone(counts(3, 1, 0, 0))).settle();
    assertThat(world.phase()).isEqualTo("Golden");
    world.golden(counts(21, 1, 0, 0)).settle();

    assertThat(world.phase()).isEqualTo("Stable");
  }

  @Test
  void goldenRequestsThatNeverGetThroughRollBackAtTheDeadline() {
    world.stable(1).record(2).settle();
    world.golden(notDone(counts(3, 0, 0, 0))).settle();
    assertThat(world.phase()).isEqualTo("Golden");
    world.after(DEADLINE).settle();

    assertThat(world.condition("Stalled").reason()).isEqualTo("GoldenDeadlineExceeded");
  }

  @Test
  void withoutStepsGoldenRequestsDecide() {
    world.edit(spec(null, Track.NEWEST, List.of(), Undecided.HOLD, false));
    world.stable(1).record(2).settle().golden(GOLDEN).settle();

    assertThat(world.stableNumber()).isEqualTo(2);
  }

  @Test
  void withoutStepsAnUnclearGoldenResultIsHeld() {
    world.edit(spec(null, Track.NEWEST, List.of(), Undecided.HOLD, false));
    world.stable(1).record(2).settle().golden(counts(20, 0, 0, 2)).settle();
    assertThat(world.phase()).isEqualTo("Golden");
    world.after(DEADLINE).settle();

    assertThat(world.phase()).isEqualTo("Held");
    assertThat(world.stableNumber()).isEqualTo(1);
  }

  @Test
  void aNewerVersionSupersedesACandidateWhoseWeightDropsToZeroFirst() {
    canary();
    world.record(3);
    DeploymentPlan plan = world.pass();

    assertThat(plan.events())
        .extracting(EventDraft::reason)
        .contains("Superseded", "RolloutStarted");
    assertThat(world.candidateNumber()).isEqualTo(3);
    assertThat(plan.routes().candidate()).isNull();
    assertThat(world.running).contains(version(2));
    world.settle();
    assertThat(world.running).containsExactlyInAnyOrder(version(1), version(3));
    assertThat(world.status.rejected()).isNull();
  }

  @Test
  void goingBackToTheStableVersionEndsTheRollout() {
    canary();
    world.edit(spec(1, null, List.of(10, 50), Undecided.HOLD, false)).settle();

    assertThat(world.phase()).isEqualTo("Stable");
    assertThat(world.running).containsExactly(version(1));
    assertThat(world.status.rejected()).isNull();
  }

  @Test
  void suspensionStartsNothing() {
    world.stable(1);
    world.edit(spec(null, Track.NEWEST, List.of(10, 50), Undecided.HOLD, true)).record(2).settle();

    assertThat(world.phase()).isEqualTo("Suspended");
    assertThat(world.condition("Suspended").status()).isEqualTo("True");
    assertThat(world.running).containsExactly(version(1));
  }

  /** It would be waited for without end, and whoever waits for it in turn, Argo CD for one. */
  @Test
  void suspensionIsToldBeforeThereIsAnyVersion() {
    world.edit(spec(null, Track.NEWEST, List.of(10, 50), Undecided.HOLD, true)).settle();

    assertThat(world.phase()).isEqualTo("Suspended");
    assertThat(world.condition("Suspended").status()).isEqualTo("True");
    assertThat(world.condition("Suspended").message()).contains("spec.suspend", "no version");
    assertThat(world.condition("Reconciling").status()).isEqualTo("False");
    assertThat(world.condition("Ready").status()).isEqualTo("False");
  }

  @Test
  void suspensionAdvancesNothingButStillRollsBack() {
    canary();
    world.edit(spec(null, Track.NEWEST, List.of(10, 50), Undecided.ROLLBACK, true));
    world.live(CLEAN).after(DEADLINE).settle();
    assertThat(world.phase()).isEqualTo("Suspended");
    assertThat(world.candidateWeight()).isEqualTo(10);

    world.live(counts(200, 100, 0, 0)).settle();
    assertThat(world.phase()).isEqualTo("RolledBack");
  }

  @Test
  void afterSuspensionTheDeadlineBeginsAnew() {
    canary();
    world.edit(spec(null, Track.NEWEST, List.of(10, 50), Undecided.ROLLBACK, true)).settle();
    world.after(DEADLINE);
    world.edit(spec(null, Track.NEWEST, List.of(10, 50), Undecided.ROLLBACK, false)).settle();

    assertThat(world.phase()).isEqualTo("Canary");
  }

  @Test
  void whilePodsStartOnlyTheDeadlineIsWaitedFor() {
    world.record(1).broken.add(version(1));
    world.settle();

    assertThat(world.pass().wakeUp(world.now)).contains(World.START.plus(DEADLINE));
  }

  @Test
  void anEditedSpecGivesAFirstVersionAnotherChanceToStart() {
    world.record(1).broken.add(version(1));
    world.settle().after(DEADLINE).settle();
    assertThat(world.condition("Stalled").reason()).isEqualTo("StartDeadlineExceeded");

    world.edit(world.spec).settle();
    assertThat(world.phase()).isEqualTo("Starting");
    assertThat(world.condition("Stalled").status()).isEqualTo("False");
  }

  @Test
  void aMissingModelIsNamed() {
    world.modelFound = false;
    world.settle();

    assertThat(world.phase()).isEqualTo("Pending");
    assertThat(world.condition("Reconciling").reason()).isEqualTo("ModelNotFound");
    assertThat(world.condition("Ready").message()).contains("spec.model", "Model late-arrival");
    assertThat(world.running).isEmpty();
    assertThat(world.routes).isEqualTo(DeploymentObservation.NO_ROUTES);
  }

  @Test
  void aMissingVersionIsNamedBesideThoseThereAre() {
    world.record(1).record(2);
    world.edit(spec(7, null, List.of(), Undecided.HOLD, false)).settle();

    assertThat(world.condition("Ready").reason()).isEqualTo("VersionNotFound");
    assertThat(world.condition("Ready").message()).contains("versions 2, 1", "not 7");
  }

  @Test
  void aModelThatGoesAwayLeavesTheStableVersionServing() {
    world.stable(1);
    world.modelFound = false;
    world.recorded.clear();
    world.settle();

    assertThat(world.condition("Ready").message()).contains("version 1 goes on serving");
    assertThat(world.running).containsExactly(version(1));
  }

  @Test
  void aVersionWhoseNumberServesWithAnotherDigestIsNotServed() {
    world.stable(1);
    world.recorded.clear();
    world.recorded.add(new Version(1, "f".repeat(64)));
    world.settle();

    assertThat(world.condition("Stalled").reason()).isEqualTo("VersionReplaced");
    assertThat(world.running).containsExactly(version(1));
  }

  @Test
  void aRouterThatRestartsGetsItsRoutesAgain() {
    world.stable(1);
    world.routers.get(0).restart();
    int before = world.writes;

    assertThat(world.pass().push()).hasSize(1);
    assertThat(world.pass().push()).isEmpty();
    assertThat(world.writes).isEqualTo(before);
  }

  @Test
  void aRouterThatIsAheadIsOvertaken() {
    world.stable(1);
    world.routers.get(0).follow(new Routes("late-arrival", 99, null, null, 0, null));
    world.settle();

    assertThat(world.routes.revision()).isEqualTo(100);
    assertThat(world.routers.get(0).routes).isEqualTo(world.routes);
  }

  @Test
  void aStableDeploymentCausesNoWriteAndNoWakeUp() {
    world.stable(1);
    int before = world.writes;
    DeploymentPlan plan = world.after(Duration.ofHours(1)).pass();

    assertThat(world.writes).isEqualTo(before);
    assertThat(plan.wakeUp(world.now)).isEmpty();
    assertThat(plan.push()).isEmpty();
  }

  @Test
  void aHeldDeploymentWithoutNewsCausesNoWrite() {
    canary();
    world.after(DEADLINE).settle();
    int before = world.writes;
    world.after(Duration.ofHours(1)).pass();

    assertThat(world.writes).isEqualTo(before);
  }

  @Test
  void aChildThatTheApiServerRefusesStallsWithoutAdvancing() {
    world.stable(1).record(2);
    world.refusal = "cpu: bad quantity";
    world.broken.add(World.version(2));
    world.settle();
    int before = world.writes;
    world.after(DEADLINE).settle();

    assertThat(world.writes).isEqualTo(before);
    assertThat(world.phase()).isEqualTo("Failed");
    assertThat(world.status.rollout().stage()).isEqualTo("Starting");
    assertThat(world.status.stable().number()).isEqualTo(1);
    assertThat(world.status.conditions().get(0).message()).contains("cpu: bad quantity");
  }

  @Test
  void aRolloutWhoseChildrenWereRefusedGoesOnWhenTheyAreTaken() {
    world.record(1);
    world.refusal = "exceeded quota";
    world.settle().after(DEADLINE);
    world.refusal = "";
    world.settle();

    assertThat(world.phase()).isEqualTo("Golden");
    assertThat(world.status.candidate().number()).isEqualTo(1);
  }

  private void canary() {
    world.stable(1).record(2).settle().golden(GOLDEN).settle();
    assertThat(world.phase()).isEqualTo("Canary");
  }

  private void rolledBack() {
    canary();
    world.live(counts(40, 12, 0, 0)).settle();
    assertThat(world.phase()).isEqualTo("RolledBack");
  }

  private static Comparison notDone(Comparison counts) {
    return new Comparison(false, counts.requests(), counts.stableErrors(), counts.checks());
  }
}
