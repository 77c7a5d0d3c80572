package dev.firstday.operator.deployment;

import static dev.firstday.operator.deployment.World.counts;
import static dev.firstday.operator.deployment.World.version;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.ModelDeploymentSpec.Rollout;
import dev.firstday.api.ModelDeploymentSpec.Track;
import dev.firstday.operator.kube.EventDraft;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person says with the annotation. */
class RolloutCommandsTest {
  private static final Duration DEADLINE = Duration.ofSeconds(600);

  private final World world = new World();

  @Test
  void promoteDoesNotWaitForTheChecks() {
    canary();

    assertThat(say("promote 1").events())
        .extracting(EventDraft::reason)
        .containsExactly("CommandObeyed", "Promoted");
    world.settle();

    assertThat(world.stableNumber()).isEqualTo(2);
    assertThat(world.status.rollout().command()).isEqualTo("promote 1");
    assertThat(world.status.rollout().commandObeyed()).isTrue();
    assertThat(world.status.rollout().commandResult()).contains("version 2", "promoted");
  }

  @Test
  void aCommandIsObeyedOnceAndNotAgainForTheNextVersion() {
    canary();
    say("promote 1");
    world.settle().record(3).settle().golden(counts(20, 0, 0, 0)).settle();

    assertThat(world.stableNumber()).isEqualTo(2);
    assertThat(world.phase()).isEqualTo("Canary");
    say("promote 2");
    world.settle();
    assertThat(world.stableNumber()).isEqualTo(3);
  }

  @Test
  void rollbackTakesTheWeightAwayAndRemembersTheVersion() {
    canary();

    DeploymentPlan plan = say("rollback 1");

    assertThat(plan.routes().candidate()).isNull();
    assertThat(world.phase()).isEqualTo("RolledBack");
    assertThat(world.condition("Stalled").reason()).isEqualTo("RolledBackByHand");
    assertThat(world.condition("Stalled").message())
        .endsWith("or say firstday rollout retry late to try it again");
    world.settle();
    assertThat(world.stableNumber()).isEqualTo(1);
    assertThat(world.running).containsExactly(version(1));
  }

  @Test
  void retryTriesARolledBackVersionAgain() {
    canary();
    say("rollback 1");
    world.settle();

    say("retry 2");
    world.settle();

    assertThat(world.phase()).isEqualTo("Golden");
    assertThat(world.candidateNumber()).isEqualTo(2);
    assertThat(world.status.rejected()).isNull();
    assertThat(world.status.rollout().counts()).isNull();
  }

  @Test
  void aPausedRolloutStaysAndItsDeadlineDoesNotRun() {
    canary();
    say("pause 1");
    world.live(counts(200, 0, 0, 0)).settle();
    assertThat(world.phase()).isEqualTo("Paused");
    assertThat(world.status.rollout().commandResult())
        .isEqualTo("version 2 is paused: it stays in stage Canary");
    assertThat(world.condition("Reconciling").message())
        .contains("until somebody says firstday rollout resume late;");
    assertThat(world.candidateWeight()).isEqualTo(10);
    world.after(DEADLINE.multipliedBy(2)).settle();
    assertThat(world.phase()).isEqualTo("Paused");

    world.live(counts(0, 0, 0, 0));
    say("resume 1");
    world.settle();
    assertThat(world.phase()).isEqualTo("Canary");
    assertThat(world.status.rollout().paused()).isNull();
  }

  @Test
  void aPausedRolloutIsStillRolledBackWhenACheckFails() {
    canary();
    say("pause 1");
    world.live(counts(100, 60, 0, 0)).pass();

    assertThat(world.phase()).isEqualTo("RolledBack");
  }

  @ParameterizedTest
  @CsvSource({
    "approve 1, needs no approval",
    "resume 1, not paused",
    "retry 1, was not rolled back",
    "promotion, is no command; there are approve"
  })
  void whatCannotBeObeyedIsRefusedWithTheReason(String command, String why) {
    canary();

    assertThat(say(command).events())
        .extracting(EventDraft::reason)
        .containsExactly("CommandRefused");

    assertThat(world.status.rollout().commandObeyed()).isFalse();
    assertThat(world.status.rollout().commandResult()).contains(why);
    assertThat(world.phase()).isEqualTo("Canary");
    world.settle();
  }

  @Test
  void withoutACandidateThereIsNothingToCommand() {
    world.stable(1);

    assertThat(say("promote 1").events())
        .containsExactly(EventDraft.warning("CommandRefused", "promote: no version is on trial"));
    assertThat(world.status.rollout().commandResult()).isEqualTo("no version is on trial");
    assertThat(world.phase()).isEqualTo("Stable");
  }

  @Test
  void aFirstVersionHasNothingToGoBackTo() {
    world.record(1).pass();

    say("rollback 1");

    assertThat(world.status.rollout().commandResult()).contains("none to go back to");
    assertThat(world.candidateNumber()).isEqualTo(1);
  }

  @Test
  void aSuspendedDeploymentPromotesNothing() {
    canary();
    world.edit(World.spec(null, Track.NEWEST, Rollout.DEFAULT, true)).settle();

    say("promote 1");

    assertThat(world.status.rollout().commandResult()).contains("spec.suspend");
    assertThat(world.stableNumber()).isEqualTo(1);
  }

  @Test
  void whatHasNoPodsIsNotPromoted() {
    canary();
    world.broken.add(version(2));

    say("promote 1");

    assertThat(world.status.rollout().commandResult()).contains("are not ready");
    assertThat(world.stableNumber()).isEqualTo(1);
  }

  private DeploymentPlan say(String command) {
    world.command = command;
    return world.pass();
  }

  private void canary() {
    world.stable(1).record(2).settle().golden(counts(20, 0, 0, 0)).settle();
    assertThat(world.phase()).isEqualTo("Canary");
  }
}
