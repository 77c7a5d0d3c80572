package dev.firstday.operator.deployment;

import static dev.firstday.operator.deployment.World.counts;
import static dev.firstday.operator.deployment.World.version;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.ModelDeploymentSpec;
import dev.firstday.api.ModelDeploymentSpec.RollbackWindow;
import dev.firstday.api.ModelDeploymentSpec.Rollout;
import dev.firstday.api.ModelDeploymentSpec.Track;
import dev.firstday.api.ModelDeploymentStatus.Previous;
import dev.firstday.operator.deployment.DeploymentObservation.Trouble;
import dev.firstday.operator.kube.EventDraft;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Versions that were stable come back untried, and at once while their pods are kept. */
class RollbackWindowTest {
  private static final Duration WARM = Duration.ofHours(1);

  private final World world = new World();

  @Test
  void withoutAWindowPodsGoAtOnceAndAVersionIsTriedAnew() {
    promoted(null, 2);
    assertThat(world.running).containsExactly(version(2));
    assertThat(world.status.previous()).isNull();
    assertThat(world.status.effective().rollbackWindow()).isNull();

    wants(1, null);

    assertThat(world.phase()).isEqualTo("Golden");
    assertThat(world.stableNumber()).isEqualTo(2);
  }

  @Test
  void podsOfTheVersionBeforeAreKeptForAsLongAsTheWindowSays() {
    DeploymentPlan plan = promoted(new RollbackWindow(null, null), 2).pass();

    assertThat(world.phase()).isEqualTo("Stable");
    assertThat(world.condition("Ready").status()).isEqualTo("True");
    assertThat(world.status.effective().rollbackWindow()).isEqualTo(new RollbackWindow(2, 3600L));
    assertThat(world.running).containsExactlyInAnyOrder(version(1), version(2));
    assertThat(world.routes.candidate()).as("nobody is sent to them").isNull();
    Previous former = world.status.previous().get(0);
    assertThat(former.number()).isEqualTo(1);
    assertThat(former.warmUntil()).isEqualTo(former.replacedAt().plus(WARM));
    assertThat(plan.wakeUp(world.now)).contains(former.warmUntil());

    world.after(WARM).settle();

    assertThat(world.running).containsExactly(version(2));
    assertThat(world.status.previous())
        .containsExactly(new Previous(1, version(1).digest(), former.replacedAt(), null));
    assertThat(world.pass().wakeUp(world.now)).isEmpty();
  }

  @Test
  void aVersionThatIsWantedAgainIsPromotedUntriedWhenItsPodsAreReady() {
    promoted(new RollbackWindow(2, 0L), 2);
    assertThat(world.running).as("none are kept").containsExactly(version(2));
    world.broken.add(version(1));
    wants(1, new RollbackWindow(2, 0L));
    assertThat(world.phase()).isEqualTo("Starting");
    assertThat(world.stableNumber()).isEqualTo(2);

    world.broken.clear();
    DeploymentPlan plan = world.pass();

    assertThat(plan.events())
        .singleElement()
        .extracting(EventDraft::message)
        .asString()
        .matches("version 1 is promoted without being tried again: .* until 2026-01-01 .* UTC");
    assertThat(plan.routes().stable().version()).isEqualTo(1);
    world.settle();
    assertThat(world.phase()).isEqualTo("Stable");
    assertThat(world.status.previous()).extracting(Previous::number).containsExactly(2);
  }

  @Test
  void oneThatDoesNotStartAnyMoreIsRolledBackAsEver() {
    promoted(new RollbackWindow(2, 0L), 2);
    world.broken.add(version(1));
    world.troubles.put(version(1), new Trouble.Refusal("SignatureMissing", "nobody signed it"));

    wants(1, new RollbackWindow(2, 0L));

    assertThat(world.phase()).isEqualTo("RolledBack");
    assertThat(world.status.rejected().get(0).reason()).isEqualTo("SignatureMissing");
    assertThat(world.status.previous()).as("it would have to be tried").isNull();
    assertThat(world.stableNumber()).isEqualTo(2);
  }

  @Test
  void aPersonsRollbackLeadsToTheVersionBeforeInOnePass() {
    promoted(new RollbackWindow(2, 3600L), 2);

    DeploymentPlan plan = say("rollback 1");

    assertThat(plan.routes().stable().version()).isEqualTo(1);
    assertThat(plan.events())
        .extracting(EventDraft::reason)
        .containsExactly("CommandObeyed", "RolledBack");
    assertThat(world.status.rollout().commandResult())
        .isEqualTo("version 2 is rolled back to version 1");
    world.settle();
    assertThat(world.phase()).as("and the newest is not taken up again").isEqualTo("RolledBack");
    assertThat(world.condition("Stalled").reason()).isEqualTo("RolledBackByHand");
    assertThat(world.condition("Stalled").message()).contains("version 1 goes on serving");
    assertThat(world.running).containsExactly(version(1));

    say("retry 2");
    world.settle();
    assertThat(world.phase()).as("what a person took back has to pass").isEqualTo("Golden");
  }

  @Test
  void whereNoPodsAreKeptAPersonIsToldWhatToDo() {
    promoted(new RollbackWindow(2, 3600L), 2).after(WARM).settle();

    say("rollback 1");

    assertThat(world.status.rollout().commandObeyed()).isFalse();
    assertThat(world.status.rollout().commandResult())
        .isEqualTo(
            "no version is on trial, and the pods of version 1, which was stable before, are gone"
                + " (spec.rollout.rollbackWindow): write version: 1 into the spec, in place of track");
    assertThat(world.stableNumber()).isEqualTo(2);
  }

  @Test
  void whereNoneIsRememberedThoseThatTheModelHasAreNamed() {
    promoted(null, 2);

    say("rollback 1");

    assertThat(world.status.rollout().commandResult())
        .contains("none that was stable before is remembered", "has 1 beside version 2");
  }

  @Test
  void aFirstVersionThatServesHasNothingToGoBackTo() {
    world.stable(1);

    say("rollback 1");

    assertThat(world.status.rollout().commandResult())
        .isEqualTo(
            "no version is on trial, and version 1 is the only one that Model late-arrival lists:"
                + " there is nothing to go back to");
  }

  @Test
  void podsThatAreNotReadyAreNotGoneBackTo() {
    promoted(new RollbackWindow(2, 3600L), 2);
    world.broken.add(version(1));

    say("rollback 1");

    assertThat(world.status.rollout().commandResult())
        .isEqualTo("the pods of version 1 are not ready");
    assertThat(world.phase()).isEqualTo("Stable");
  }

  @Test
  void aCandidateOnTrialIsWhatAPersonRollsBackFirst() {
    promoted(new RollbackWindow(2, 3600L), 2).record(3).settle();

    say("rollback 1");
    world.settle();

    assertThat(world.stableNumber()).isEqualTo(2);
    assertThat(world.status.rejected().get(0).number()).isEqualTo(3);
    assertThat(world.running).containsExactlyInAnyOrder(version(1), version(2));
  }

  @Test
  void asManyVersionsComeBackAsTheWindowSays() {
    RollbackWindow one = new RollbackWindow(1, 0L);
    promoted(one, 2);
    promote(3);
    assertThat(world.status.previous()).extracting(Previous::number).containsExactly(2);

    wants(1, one);
    assertThat(world.phase()).as("it left the window").isEqualTo("Golden");
    wants(2, one);
    assertThat(world.stableNumber()).isEqualTo(2);
  }

  @Test
  void aWindowThatIsTakenAwayKeepsNothing() {
    promoted(new RollbackWindow(2, 3600L), 2);

    world.edit(spec(Track.NEWEST, null, null)).settle();

    assertThat(world.running).containsExactly(version(2));
    assertThat(world.status.previous()).isNull();
  }

  @Test
  void aSuspendedDeploymentGoesBackByAPersonsWordOnly() {
    promoted(new RollbackWindow(2, 3600L), 2);
    ModelDeploymentSpec suspended =
        World.spec(1, null, rollout(new RollbackWindow(2, 3600L)), true);
    world.edit(suspended).settle();
    assertThat(world.stableNumber()).isEqualTo(2);

    say("rollback 1");

    assertThat(world.stableNumber()).isEqualTo(1);
  }

  @Test
  void anAutoscalerDoesNotTakeAwayPodsThatAreKept() {
    world
        .edit(spec(Track.NEWEST, null, new RollbackWindow(2, 3600L)))
        .autoscale(1, 10)
        .stable(1)
        .pods(1, 6, 6)
        .record(2)
        .settle()
        .pods(2, 6, 6)
        .settle()
        .golden(counts(20, 0, 0, 0))
        .settle();
    assertThat(world.stableNumber()).isEqualTo(2);

    world.after(ScalingRules.HOLD).settle();
    assertThat(world.status.scaling().atLeast()).isEqualTo(6);

    world.after(WARM).settle();
    assertThat(world.status.scaling().atLeast()).isEqualTo(1);
  }

  /** Version 1 is stable, and then this one. */
  private World promoted(RollbackWindow window, int number) {
    world.edit(spec(Track.NEWEST, null, window)).stable(1);
    return promote(number);
  }

  private World promote(int number) {
    world.record(number).settle().golden(counts(20, 0, 0, 0)).settle();
    assertThat(world.stableNumber()).isEqualTo(number);
    return world;
  }

  private void wants(int number, RollbackWindow window) {
    world.golden(counts(0, 0, 0, 0)).edit(spec(null, number, window)).settle();
  }

  private DeploymentPlan say(String command) {
    world.command = command;
    return world.pass();
  }

  /** Promoted by the golden requests alone. */
  private static ModelDeploymentSpec spec(String track, Integer version, RollbackWindow window) {
    return World.spec(version, track, rollout(window), false);
  }

  private static Rollout rollout(RollbackWindow window) {
    return new Rollout(null, null, List.of(), null, null, null, null, null, window);
  }
}
