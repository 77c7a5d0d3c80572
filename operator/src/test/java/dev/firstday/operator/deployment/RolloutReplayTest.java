package dev.firstday.operator.deployment;

import static dev.firstday.operator.deployment.World.counts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.firstday.api.Capture;
import dev.firstday.api.Comparison;
import dev.firstday.api.ModelDeploymentSpec;
import dev.firstday.api.ModelDeploymentSpec.Replay;
import dev.firstday.api.ModelDeploymentSpec.Rollout;
import dev.firstday.api.ModelDeploymentSpec.Shadow;
import dev.firstday.api.ModelDeploymentSpec.Step;
import dev.firstday.api.ModelDeploymentSpec.Track;
import dev.firstday.api.ModelDeploymentSpec.Undecided;
import dev.firstday.api.ModelDeploymentStatus.CheckState;
import dev.firstday.operator.kube.EventDraft;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Captured requests that a candidate is sent before any caller's. */
class RolloutReplayTest {
  private static final Comparison UNDER_WAY = new Comparison(false, 0, 0, null);
  private final World world = new World();

  @Test
  void aVersionIsPromotedWithoutAnyCaller() {
    trial(rollout(null, List.of(), Undecided.HOLD));
    assertThat(world.phase()).isEqualTo("Replay");
    assertThat(world.routes.replay()).isEqualTo(new Replay(500, 7));
    assertThat(world.routes.capture()).isEqualTo(new Capture(10, List.of(), 100, 7));

    world.replay(counts(100, 0, 0, 0));
    DeploymentPlan plan = world.pass();

    assertThat(events(plan)).containsExactly("Replayed", "Promoted");
    assertThat(plan.events().get(0).message())
        .isEqualTo("version 2: all 100 captured requests there are were compared");
    assertThat(world.settle().stableNumber()).isEqualTo(2);
    assertThat(world.routes.replay()).isNull();
  }

  @Test
  void aFaultIsFoundBeforeAnyCallerMeetsIt() {
    trial(rollout(null, List.of(10), Undecided.HOLD));
    assertThat(world.routes.candidate().weight()).isZero();
    assertThat(world.routes.shadowPercent()).isZero();

    world.replay(counts(40, 0, 0, 30)).pass();

    assertThat(world.phase()).isEqualTo("RolledBack");
    assertThat(world.status.rejected().get(0).reason()).isEqualTo("DisagreementTooHigh");
    assertThat(world.status.rejected().get(0).message())
        .startsWith("captured requests: disagreement: 30 of 40 rows");
    assertThat(world.status.rejected().get(0).examples()).containsExactly("request-1");
    assertThat(world.routes.candidate()).isNull();
  }

  @Test
  void tooFewOfThemAreHeldWhereNoCallerWillTell() {
    trial(rollout(null, List.of(), Undecided.HOLD));
    world.replay(counts(5, 0, 0, 0)).settle();
    assertThat(world.phase()).isEqualTo("Replay");
    assertThat(world.condition("Reconciling").message())
        .contains("all 5 captured requests there are were compared, which proves too little")
        .contains("errors: 0 of 5 requests = 0 %, bound 5 %, needs about");

    world.after(Duration.ofSeconds(600)).settle();
    assertThat(world.phase()).isEqualTo("Held");
    assertThat(world.stableNumber()).isEqualTo(1);
  }

  @Test
  void undecidedMeansHereWhatItMeansEverywhere() {
    trial(rollout(null, List.of(), Undecided.PROMOTE));
    world.replay(counts(5, 0, 0, 0)).after(Duration.ofSeconds(600)).settle();
    assertThat(world.stableNumber()).isEqualTo(2);

    world.edit(spec(rollout(null, List.of(), Undecided.ROLLBACK)));
    world.record(3).settle().golden(counts(20, 0, 0, 0)).settle();
    world.replay(counts(5, 0, 0, 0)).after(Duration.ofSeconds(600)).settle();
    assertThat(world.phase()).isEqualTo("RolledBack");
    assertThat(world.status.rejected().get(0).reason()).isEqualTo("Undecided");
  }

  @Test
  void withoutAnyCapturedRequestTheCallersTell() {
    trial(rollout(null, List.of(10), Undecided.HOLD));
    world.replay(new Comparison(true, 0, 0, null));
    DeploymentPlan plan = world.pass();

    assertThat(world.phase()).isEqualTo("Canary");
    assertThat(plan.events().get(0).message())
        .isEqualTo("version 2: there are no captured requests to compare by");
  }

  @Test
  void whatIsNotThroughInTimeIsHeldWithWhatItWaitsFor() {
    trial(rollout(null, List.of(10), Undecided.HOLD));
    world.replay(UNDER_WAY).routers.get(0).waits = "replay requests: S3 cannot be reached";
    world.settle();
    assertThat(world.phase()).isEqualTo("Replay");

    world.after(Duration.ofSeconds(600)).settle();
    assertThat(world.phase()).isEqualTo("Held");
    assertThat(world.condition("Reconciling").message())
        .contains("0 captured requests are compared, 500 at most will be")
        .contains("waiting: replay requests: S3 cannot be reached");

    world.replay(counts(50, 0, 0, 0)).settle();
    assertThat(world.phase()).isEqualTo("Canary");
  }

  @Test
  void capturedAndCallersRequestsAreOneEvidenceButAStepNeedsSomeOfItsOwn() {
    trial(rollout(new Shadow(100), List.of(10), Undecided.HOLD));
    world.replay(counts(70, 0, 0, 0)).settle();
    assertThat(world.phase()).isEqualTo("Shadow");

    world.live(counts(9, 0, 0, 0)).settle();
    assertThat(world.phase()).isEqualTo("Shadow");
    world.live(counts(10, 0, 0, 0)).settle();
    assertThat(world.phase()).isEqualTo("Canary");
    assertThat(world.status.rollout().checks().get(0).compared()).isEqualTo(80);
    world.live(counts(19, 0, 0, 0)).settle();
    assertThat(world.phase()).isEqualTo("Canary");
    world.live(counts(20, 0, 0, 0)).settle();
    assertThat(world.stableNumber()).isEqualTo(2);
  }

  /** They are the artefact's own, and no draw of callers' requests. */
  @Test
  void whatGoldenRequestsShowedStaysToBeReadBesideWhatFollows() {
    trial(rollout(new Shadow(100), List.of(), Undecided.HOLD));
    world.settle();
    assertThat(world.phase()).isEqualTo("Replay");
    assertThat(world.status.rollout().checks())
        .filteredOn(check -> check.name().startsWith("disagreement"))
        .extracting(CheckState::name, CheckState::verdict, CheckState::compared)
        .containsExactly(
            tuple("disagreement", "Undecided", 0L), tuple("disagreement(golden)", "Pass", 20L));

    world.replay(counts(70, 0, 0, 0)).settle();
    assertThat(world.phase()).isEqualTo("Shadow");
    assertThat(world.status.rollout().checks())
        .extracting(CheckState::name)
        .contains("disagreement(golden)")
        .doesNotHaveDuplicates();
  }

  @Test
  void theSameRequestsFromTwoRoutersCountOnce() {
    world.routers.add(new FakeRouter("router-1"));
    trial(rollout(null, List.of(), Undecided.HOLD));
    world.replay(counts(50, 0, 0, 0)).settle();

    assertThat(world.phase()).isEqualTo("Replay");
    assertThat(world.status.rollout().checks().get(0).compared()).isEqualTo(50);
  }

  @Test
  void aRouterThatRestartsLosesNothing() {
    trial(rollout(new Shadow(100), List.of(), Undecided.HOLD));
    world.replay(counts(70, 0, 0, 0)).settle();
    world.routers.get(0).restart();
    world.settle().golden(counts(20, 0, 0, 0)).live(counts(10, 0, 0, 0)).settle();

    assertThat(world.stableNumber()).isEqualTo(2);
  }

  @Test
  void aRouterThatRestartsInTheMidstBeginsAnewAndIsCountedOnce() {
    trial(rollout(null, List.of(), Undecided.HOLD));
    world.replay(new Comparison(false, 70, 0, counts(70, 0, 0, 0).checks())).settle();
    world.routers.get(0).restart();
    world.settle();
    assertThat(world.status.rollout().replayed().counts().requests()).isEqualTo(70);

    world.replay(counts(75, 0, 0, 0)).settle();
    assertThat(world.status.rollout().checks().get(0).compared()).isEqualTo(75);
    world.replay(counts(90, 0, 0, 0)).settle();
    assertThat(world.stableNumber()).isEqualTo(2);
  }

  @Test
  void aPausedReplayStaysAndIsRolledBackAllTheSame() {
    trial(rollout(null, List.of(), Undecided.ROLLBACK));
    world.command = "pause 1";
    world.replay(counts(200, 0, 0, 0)).settle();
    assertThat(world.phase()).isEqualTo("Paused");
    world.after(Duration.ofDays(1)).settle();
    assertThat(world.phase()).isEqualTo("Paused");
    assertThat(world.routes.replay()).isNotNull();

    world.replay(counts(300, 100, 0, 0)).settle();
    assertThat(world.phase()).isEqualTo("RolledBack");
  }

  @Test
  void aNewerVersionSupersedesTheOneThatIsReplayed() {
    trial(rollout(null, List.of(), Undecided.HOLD));
    world.record(3).settle();

    assertThat(world.candidateNumber()).isEqualTo(3);
    assertThat(world.phase()).isEqualTo("Golden");
    assertThat(world.routes.replay()).isNull();
  }

  @Test
  void aReplayThatIsTakenOutOfTheSpecIsPassed() {
    trial(rollout(null, List.of(10), Undecided.HOLD));
    world.edit(World.spec(null, Track.NEWEST, List.of(10), Undecided.HOLD, false)).settle();

    assertThat(world.phase()).isEqualTo("Canary");
    assertThat(world.routes.replay()).isNull();
    assertThat(world.routes.capture()).isNull();
  }

  @Test
  void aStepThatNeedsAnApprovalWaitsForItInTheReplay() {
    trial(
        new Rollout(
            new Replay(null, null),
            null,
            List.of(new Step(10, true)),
            null,
            null,
            null,
            null,
            null,
            null));
    world.replay(counts(100, 0, 0, 0));
    List<String> events = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      events.addAll(events(world.pass()));
    }
    assertThat(world.phase()).isEqualTo("AwaitingApproval");
    assertThat(world.condition("Reconciling").message())
        .contains("wait for an approval: firstday rollout approve late;");
    assertThat(events).isEmpty();
    assertThat(world.status.rollout().stage()).isEqualTo("Replay");

    world.command = "approve 1";
    world.settle();
    assertThat(world.candidateWeight()).isEqualTo(10);
  }

  private static List<String> events(DeploymentPlan plan) {
    return plan.events().stream().map(EventDraft::reason).toList();
  }

  private static Rollout rollout(Shadow shadow, List<Integer> weights, Undecided undecided) {
    return new Rollout(
        new Replay(null, null),
        shadow,
        weights.stream().map(weight -> new Step(weight, null)).toList(),
        null,
        null,
        null,
        null,
        undecided,
        null);
  }

  private static ModelDeploymentSpec spec(Rollout rollout) {
    return World.spec(null, Track.NEWEST, rollout, false);
  }

  /** A new version, through with its golden requests; the first one is not replayed. */
  private void trial(Rollout rollout) {
    world.edit(spec(rollout)).stable(1);
    assertThat(world.stableNumber()).isEqualTo(1);
    world.record(2).settle().golden(counts(20, 0, 0, 0)).pass();
  }
}
