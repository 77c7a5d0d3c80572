package dev.firstday.operator.deployment;

import static dev.firstday.operator.deployment.World.version;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.operator.deployment.DeploymentObservation.Trouble;
import dev.firstday.operator.kube.EventDraft;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What ends a rollout in whatever phase it is: the routes change first, and the pods go last. */
class RolloutEndsTest {
  private static final String CRASHES = "pod x: restarted 3 times, ended with exit code 1";

  /** Each phase in which a version is on trial. */
  @ParameterizedTest
  @EnumSource(
      value = Phase.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"PENDING", "PROMOTING", "STABLE", "ROLLED_BACK", "FAILED"})
  void aPersonRollsBack(Phase phase) {
    World world = OnTrial.in(phase);
    world.command = "rollback now";

    assertRolledBack(world, "RolledBackByHand", "a person asked for it");
  }

  @ParameterizedTest
  @EnumSource(
      value = Phase.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"PENDING", "PROMOTING", "STABLE", "ROLLED_BACK", "FAILED"})
  void aCandidateThatCrashesAgainAndAgainIsRolledBackAtOnce(Phase phase) {
    World world = OnTrial.in(phase);
    world.broken.add(version(2));
    world.troubles.put(version(2), new Trouble.CrashLoop(CRASHES));

    assertRolledBack(world, "CrashLoop", CRASHES);
  }

  /** Captured requests went well, and callers' do not. */
  @Test
  void aCandidateThatFailsTheFirstThreeCallersIsRolledBackAtOnce() {
    World world = OnTrial.in(Phase.SHADOW);
    world.live(World.counts(2, 2, 0, 0)).pass();
    assertThat(world.candidateNumber()).isEqualTo(2);

    world.live(World.counts(3, 3, 0, 0));
    assertRolledBack(
        world,
        "CandidateErrors",
        "errors: 3 of 53 requests = 5.7 %, bound 5 %, each of callers' first 3 among them");
  }

  private static void assertRolledBack(World world, String reason, String message) {
    DeploymentPlan plan = world.pass();

    assertThat(plan.events()).extracting(EventDraft::reason).contains("RolledBack");
    assertThat(plan.routes().candidate()).isNull();
    assertThat(plan.routes().stable().weight()).isEqualTo(100);
    assertThat(world.running).as("before routers follow").contains(version(1), version(2));
    assertThat(world.status.rejected().get(0).digest()).isEqualTo(version(2).digest());
    world.settle();
    assertThat(world.running).containsExactly(version(1));
    assertThat(world.condition("Stalled").reason()).isEqualTo(reason);
    assertThat(world.condition("Stalled").message()).contains(message, "goes on serving");
  }

  /** As a training that is repeated records it: the same bytes are the same verdict. */
  @Test
  void anArtefactThatWasRolledBackIsNotTriedAgainUnderAnotherNumber() {
    World world = OnTrial.in(Phase.CANARY);
    world.command = "rollback now";
    world.settle();
    world.recorded.add(new Version(3, version(2).digest()));
    world.settle();
    assertThat(world.phase()).isEqualTo("RolledBack");
    assertThat(world.candidateNumber()).isZero();
    assertThat(world.running).containsExactly(version(1));
    assertThat(world.status.rejected()).hasSize(1);

    world.command = "retry now";
    world.settle();
    assertThat(world.candidateNumber()).isEqualTo(3);
    world.command = "rollback again";
    world.settle();
    world.record(4).settle();
    assertThat(world.candidateNumber()).isEqualTo(4);
  }

  @Test
  void whatCrashesBothVersionsIsNotHeldAgainstTheCandidate() {
    World world = OnTrial.in(Phase.CANARY);
    for (int number : new int[] {1, 2}) {
      world.broken.add(version(number));
      world.troubles.put(version(number), new Trouble.CrashLoop(CRASHES));
    }
    world.settle();
    assertThat(world.candidateNumber()).isEqualTo(2);
    assertThat(world.condition("Ready").message()).contains(CRASHES);

    world.broken.remove(version(1));
    world.settle();
    assertThat(world.condition("Stalled").reason()).isEqualTo("CrashLoop");
  }

  @Test
  void aFirstVersionThatCrashesHasFailedAndRecoversByItself() {
    World world = new World().record(1);
    world.broken.add(version(1));
    world.troubles.put(version(1), new Trouble.CrashLoop(CRASHES));
    world.settle();
    assertThat(world.phase()).isEqualTo("Failed");
    assertThat(world.condition("Stalled").reason()).isEqualTo("CrashLoop");
    assertThat(world.condition("Stalled").message()).contains(CRASHES);

    world.broken.clear();
    world.settle().golden(World.counts(20, 0, 0, 0)).settle();
    assertThat(world.phase()).isEqualTo("Stable");
  }
}
