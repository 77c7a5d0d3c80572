package dev.firstday.operator.deployment;

import static dev.firstday.operator.deployment.World.counts;
import static dev.firstday.operator.deployment.World.version;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.ModelDeploymentSpec.Rollout;
import dev.firstday.api.ModelDeploymentSpec.Shadow;
import dev.firstday.api.ModelDeploymentSpec.Step;
import dev.firstday.api.ModelDeploymentSpec.Track;
import dev.firstday.operator.kube.EventDraft;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The stages that a spec may ask for beside the steps. */
class RolloutStagesTest {
  private final World world = new World();

  @Test
  void aShadowComparesBeforeAnyCallerGetsTheCandidatesAnswers() {
    trial(
        new Rollout(
            null, new Shadow(40), List.of(new Step(10, null)), null, null, null, null, null, null));

    assertThat(world.phase()).isEqualTo("Shadow");
    assertThat(world.candidateWeight()).isZero();
    assertThat(world.routes.shadowPercent()).isEqualTo(40);
    world.live(counts(100, 0, 0, 0)).settle();
    assertThat(world.phase()).isEqualTo("Canary");
    assertThat(world.candidateWeight()).isEqualTo(10);
    assertThat(world.routes.shadowPercent()).isEqualTo(40);
    world.live(counts(110, 0, 0, 0)).settle();
    assertThat(world.stableNumber()).isEqualTo(2);
  }

  @Test
  void aCandidateWhosePodsAreGoneGetsNoMoreRequests() {
    trial(Rollout.DEFAULT);
    assertThat(world.candidateWeight()).isEqualTo(10);
    world.pods(2, 1, 0).live(counts(100, 0, 0, 0)).settle();
    assertThat(world.candidateWeight()).isEqualTo(10);
    assertThat(world.condition("Ready").message()).contains("0 of 1 pods are ready");

    world.pods(2, 1, 1).settle();
    assertThat(world.candidateWeight()).isEqualTo(50);
    world.pods(2, 1, 0).live(counts(200, 0, 0, 0)).settle();
    assertThat(world.stableNumber()).isEqualTo(1);
    world.pods(2, 1, 1).settle();
    assertThat(world.stableNumber()).isEqualTo(2);
  }

  @Test
  void aCandidateWhosePodsAreGoneIsNotPromotedAfterItsBaking() {
    trial(new Rollout(null, null, List.of(), null, null, 60L, null, null, null));
    assertThat(world.phase()).isEqualTo("Baking");
    world.pods(2, 1, 0).after(Duration.ofSeconds(61)).settle();
    assertThat(world.stableNumber()).isEqualTo(1);
    assertThat(world.condition("Ready").message()).contains("0 of 1 pods are ready");

    world.pods(2, 1, 1).settle();
    assertThat(world.stableNumber()).isEqualTo(2);
  }

  @Test
  void aShadowAloneSufficesWhereThereAreNoSteps() {
    trial(new Rollout(null, new Shadow(100), List.of(), null, null, null, null, null, null));
    world.live(counts(100, 0, 0, 0)).settle();

    assertThat(world.stableNumber()).isEqualTo(2);
  }

  @Test
  void aCandidateThatFailsAsAShadowWasSeenByNobody() {
    trial(new Rollout(null, new Shadow(100), List.of(), null, null, null, null, null, null));
    world.live(counts(40, 30, 0, 0)).pass();

    assertThat(world.phase()).isEqualTo("RolledBack");
    assertThat(world.status.rejected().get(0).examples()).containsExactly("request-1");
    assertThat(world.status.rejected().get(0).digest()).isEqualTo(version(2).digest());
  }

  @Test
  void aShadowThatIsTakenOutOfTheSpecIsPassed() {
    trial(new Rollout(null, new Shadow(100), null, null, null, null, null, null, null));
    assertThat(world.phase()).isEqualTo("Shadow");
    world.edit(World.spec(null, Track.NEWEST, Rollout.DEFAULT, false)).settle();

    assertThat(world.phase()).isEqualTo("Canary");
  }

  @Test
  void aStepWaitsForItsApprovalHoweverLong() {
    trial(
        new Rollout(
            null,
            null,
            List.of(new Step(10, null), new Step(60, true)),
            null,
            null,
            null,
            null,
            null,
            null));
    world.live(counts(100, 0, 0, 0)).settle();

    assertThat(world.phase()).isEqualTo("AwaitingApproval");
    assertThat(world.candidateWeight()).isEqualTo(10);
    assertThat(world.condition("Reconciling").message())
        .contains("60 % of the requests wait for an approval", "firstday rollout approve");
    world.after(Duration.ofDays(3)).settle();
    assertThat(world.phase()).isEqualTo("AwaitingApproval");

    world.command = "approve 1";
    world.settle();
    assertThat(world.phase()).isEqualTo("Canary");
    assertThat(world.candidateWeight()).isEqualTo(60);
    assertThat(world.status.rollout().approved()).isNull();
  }

  @Test
  void aStepMayBeApprovedBeforeItIsItsTurn() {
    trial(
        new Rollout(
            null, new Shadow(50), List.of(new Step(10, true)), null, null, null, null, null, null));
    world.command = "approve early";
    world.live(counts(100, 0, 0, 0)).settle();

    assertThat(world.phase()).isEqualTo("Canary");
    assertThat(world.candidateWeight()).isEqualTo(10);
  }

  @Test
  void whatFailsWhileItAwaitsApprovalIsRolledBack() {
    trial(
        new Rollout(
            null,
            null,
            List.of(new Step(10, null), new Step(60, true)),
            null,
            null,
            null,
            null,
            null,
            null));
    world.live(counts(100, 0, 0, 0)).settle();
    world.live(counts(400, 200, 0, 0)).pass();

    assertThat(world.phase()).isEqualTo("RolledBack");
  }

  @Test
  void aBakingCandidateAnswersAllAndIsPromotedWhenItsTimeIsOver() {
    trial(new Rollout(null, null, List.of(new Step(50, null)), null, null, 300L, null, null, null));
    world.live(counts(100, 0, 0, 0)).settle();

    assertThat(world.phase()).isEqualTo("Baking");
    assertThat(world.candidateWeight()).isEqualTo(100);
    assertThat(world.routes.stable().weight()).isZero();
    assertThat(world.running).contains(version(1), version(2));
    assertThat(world.condition("Reconciling").message())
        .matches(
            "version 2: it answers every request, and is promoted at 2026-01-01 00:0\\d:\\d\\d UTC;"
                + " version 1 stays ready to take over again");
    world.after(Duration.ofSeconds(200)).settle();
    assertThat(world.phase()).isEqualTo("Baking");
    world.after(Duration.ofSeconds(100)).settle();
    assertThat(world.stableNumber()).isEqualTo(2);
    assertThat(world.running).containsExactly(version(2));
  }

  @Test
  void aBakingCandidateThatFailsIsRolledBack() {
    trial(new Rollout(null, null, List.of(new Step(50, null)), null, null, 300L, null, null, null));
    world.live(counts(100, 0, 0, 0)).settle();
    world.live(counts(300, 100, 0, 0));

    DeploymentPlan plan = world.pass();

    assertThat(plan.events()).extracting(EventDraft::reason).containsExactly("RolledBack");
    assertThat(plan.routes().stable().weight()).isEqualTo(100);
    assertThat(plan.routes().candidate()).isNull();
  }

  /** A new version, through with its golden requests. */
  private void trial(Rollout rollout) {
    world.edit(World.spec(null, Track.NEWEST, rollout, false)).stable(1).record(2).settle();
    world.golden(counts(20, 0, 0, 0)).settle();
  }
}
