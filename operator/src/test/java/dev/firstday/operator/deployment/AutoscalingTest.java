package dev.firstday.operator.deployment;

import static dev.firstday.operator.deployment.World.counts;
import static dev.firstday.operator.deployment.World.version;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.operator.deployment.DeploymentObservation.Size;
import dev.firstday.operator.deployment.DeploymentPlan.Pace;
import dev.firstday.operator.deployment.DeploymentPlan.Resize;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Autoscalers choose how many pods there are, and no rollout suffers from it. */
class AutoscalingTest {
  private final World world = new World();

  @Test
  void aFirstVersionIsCompleteWithAsManyPodsAsTheSpecAsksFor() {
    world.autoscale(3, 10).record(1).settle();

    assertThat(world.phase()).isEqualTo("Starting");
    assertThat(world.condition("Reconciling").message()).contains("1 of 3 pods are ready");
    assertThat(world.sizes.get(version(1)).replicas()).isEqualTo(3);
    world.pods(1, 3, 3).settle().golden(counts(20, 0, 0, 0)).settle();
    assertThat(world.phase()).isEqualTo("Stable");
    assertThat(world.status.effective().replicas()).isNull();
    assertThat(world.status.effective().autoscaling().minReplicas()).isEqualTo(3);
    assertThat(world.status.effective().autoscaling().cpuPercent()).isEqualTo(80);
  }

  @Test
  void podsThatAnAutoscalerAddsAreNotMissedUntilTheyAreReady() {
    stable(2, 10).pods(1, 8, 3).settle();

    assertThat(world.phase()).isEqualTo("Stable");
    assertThat(world.condition("Ready").status()).isEqualTo("True");
    assertThat(world.status.stable().replicas()).isEqualTo(8);
    assertThat(world.status.stable().readyReplicas()).isEqualTo(3);
    world.pods(1, 8, 1).settle();
    assertThat(world.condition("Ready").status()).isEqualTo("False");
    assertThat(world.condition("Ready").message()).contains("1 of 8 predictor pods are ready");
  }

  @Test
  void aCandidateGetsAsManyPodsAsStableHasBeforeAnybodyIsSentToIt() {
    stable(1, 10).pods(1, 6, 6).record(2).settle();

    assertThat(world.status.scaling().atLeast()).isEqualTo(6);
    assertThat(world.status.scaling().atMost()).isEqualTo(10);
    assertThat(world.sizes.get(version(2)).replicas()).isEqualTo(6);
    assertThat(world.phase()).isEqualTo("Starting");
    assertThat(world.condition("Reconciling").message()).contains("1 of 6 pods are ready");
    world.pods(2, 6, 6).settle();
    assertThat(world.phase()).isEqualTo("Golden");
  }

  @Test
  void noVersionGetsSmallerWhileOneIsOnTrialOrBakes() {
    onTrial();
    world.pods(1, 9, 9).settle();
    world.pods(1, 4, 4).pods(2, 4, 4);

    assertThat(world.pass().resizes())
        .containsExactly(new Resize(version(1), 9), new Resize(version(2), 9));
  }

  @Test
  void whatWasKeptFallsSomeMinutesAfterTheRolloutAndNotAtOnce() {
    onTrial();
    world.live(counts(60, 0, 0, 40)).settle();
    assertThat(world.phase()).isEqualTo("RolledBack");
    DeploymentPlan held = world.pass();
    assertThat(held.settings().scaling().atLeast()).isEqualTo(6);
    assertThat(held.pace()).isEqualTo(Pace.DEADLINE);

    world.after(Duration.between(world.now, held.deadline()));
    DeploymentPlan fallen = world.pass();
    assertThat(fallen.settings().scaling().atLeast()).isEqualTo(1);
    assertThat(fallen.pace()).isEqualTo(Pace.EVENTS);
    assertThat(world.status.scaling().atLeast()).isEqualTo(1);
  }

  @Test
  void aNumberThatTheOperatorWroteIsHandedOverAsItIs() {
    stable(1, 10);
    world.sizes.put(version(1), new Size(4, true, 4, true));

    assertThat(world.pass().resizes()).containsExactly(new Resize(version(1), 4));
    assertThat(world.pass().resizes()).isEmpty();
  }

  @Test
  void aNumberOutsideTheBoundsIsNotLeftWaiting() {
    stable(1, 10).pods(1, 12, 12);
    assertThat(world.pass().resizes()).containsExactly(new Resize(version(1), 10));

    world.autoscale(1, 2).settle();
    assertThat(world.sizes.get(version(1)).replicas()).isEqualTo(2);
  }

  @Test
  void theBoundsOfTheSpecHoldAlsoDuringARollout() {
    onTrial();
    world.autoscale(1, 3).settle();

    assertThat(world.status.scaling().atLeast()).isEqualTo(3);
  }

  @Test
  void withoutAnAutoscalerTheOperatorLeavesNothingToOthers() {
    world.stable(1).pods(1, 5, 5);

    assertThat(world.pass().resizes()).isEmpty();
    assertThat(world.status.scaling()).isNull();
    assertThat(world.status.effective().autoscaling()).isNull();
    assertThat(world.status.effective().replicas()).isEqualTo(1);
  }

  private World stable(int least, int most) {
    world.autoscale(least, most).record(1).settle();
    world.pods(1, least, least).settle().golden(counts(20, 0, 0, 0)).settle();
    assertThat(world.phase()).isEqualTo("Stable");
    return world.after(ScalingRules.HOLD).settle();
  }

  /** Version 2, at 10 % of the requests, each version with six pods. */
  private void onTrial() {
    stable(1, 10).pods(1, 6, 6).record(2).settle();
    world.pods(2, 6, 6).settle().golden(counts(20, 0, 0, 0)).settle();
    assertThat(world.candidateWeight()).isEqualTo(10);
  }
}
