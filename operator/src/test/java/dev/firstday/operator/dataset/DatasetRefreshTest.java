package dev.firstday.operator.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.DatasetSpec;
import dev.firstday.api.DatasetStatus;
import dev.firstday.api.DatasetStatus.RefreshTrigger;
import dev.firstday.api.Firstday;
import dev.firstday.api.RetentionState;
import dev.firstday.contract.RunResult;
import dev.firstday.contract.RunResult.Cure;
import dev.firstday.operator.Samples;
import dev.firstday.operator.kube.EventDraft;
import dev.firstday.operator.worker.Workload;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** When runs begin, and what is said meanwhile. It is noon when each story begins. */
class DatasetRefreshTest {
  private static final DatasetSpec.Refresh NIGHTLY =
      new DatasetSpec.Refresh("0 2 * * *", null, null);
  private static final DatasetSpec.Refresh EVERY_TEN_MINUTES =
      new DatasetSpec.Refresh(null, null, new DatasetSpec.OnChange(10));

  @Test
  void theNextTurnIsSaidAndWokenUpFor() {
    World world = World.ready(NIGHTLY);
    assertThat(world.status().refresh())
        .isEqualTo(
            new DatasetStatus.RefreshState(
                RefreshTrigger.SPEC, Workload.NOW, Instant.parse("2026-01-02T02:00:00Z"), 1L));
    assertThat(world.plan.wakeUp()).contains(Instant.parse("2026-01-02T02:00:00Z"));
  }

  @Test
  void betweenTurnsNothingChanges() {
    World world =
        World.ready(
            new DatasetSpec.Refresh("0 2 * * *", "Europe/Vienna", new DatasetSpec.OnChange(1440)));
    DatasetStatus settled = world.status();
    List<String> writes = world.cluster.writes();
    for (int hour = 0; hour < 12; hour++) {
      world.now = world.now.plus(Duration.ofHours(1));
      world.pass();
    }
    assertThat(world.status()).isEqualTo(settled);
    assertThat(world.cluster.writes()).isEqualTo(writes);
    assertThat(world.told).isEmpty();
  }

  @Test
  void aTurnOfTheScheduleChecksAndKeepsTheVersionInUseMeanwhile() {
    World world = World.ready(NIGHTLY);
    String first = world.run().uid();
    world.passAt("2026-01-02T02:00:00Z");
    assertThat(world.asked().trigger()).isEqualTo(RefreshTrigger.SCHEDULE);
    assertThat(world.asked().previous().number()).isEqualTo(1);
    assertThat(world.run().uid()).isNotEqualTo(first);
    assertThat(world.status().phase()).isEqualTo("Refreshing");
    assertThat(world.ready().status()).isEqualTo("True");
    assertThat(world.ready().reason()).isEqualTo("ChecksPassed");
    assertThat(world.reconciling().status()).isEqualTo("True");

    world.cluster.pod(world.run().job(), Workload.running());
    world.pass();
    assertThat(world.ready().status()).isEqualTo("True");
    world.answer(Samples.snapshot(world.run(), 1));
    assertThat(world.status().phase()).isEqualTo("Ready");
    assertThat(world.status().refresh().lastAt()).isEqualTo("2026-01-02T02:00:00Z");
    assertThat(world.status().refresh().nextAt()).isEqualTo("2026-01-03T02:00:00Z");
    assertThat(world.told).isEmpty();
  }

  @Test
  void aNewVersionIsTold() {
    World world = World.ready(EVERY_TEN_MINUTES);
    world.passAt("2026-01-01T12:10:00Z");
    assertThat(world.asked().trigger()).isEqualTo(RefreshTrigger.CHANGE);
    world.answer(Samples.snapshot(world.run(), 2));
    assertThat(world.told).extracting(EventDraft::reason).containsExactly("VersionAdded");
    assertThat(world.status().latest().number()).isEqualTo(2);
  }

  @Test
  void turnsThatWereMissedAreOneRun() {
    World world = World.ready(NIGHTLY);
    world.passAt("2026-01-09T15:00:00Z");
    assertThat(world.status().refresh().lastAt()).isEqualTo("2026-01-02T02:00:00Z");
    assertThat(world.status().refresh().nextAt()).isEqualTo("2026-01-10T02:00:00Z");
    world.answer(Samples.snapshot(world.run(), 1));
    List<String> writes = world.cluster.writes();
    world.passAt("2026-01-09T23:00:00Z");
    assertThat(world.cluster.writes()).isEqualTo(writes);
  }

  @Test
  void missedTurnsOfBothKindsAreOneRunThatChecks() {
    World world =
        World.ready(new DatasetSpec.Refresh("0 2 * * *", null, new DatasetSpec.OnChange(10)));
    world.passAt("2026-01-02T09:00:00Z");
    assertThat(world.asked().trigger()).isEqualTo(RefreshTrigger.SCHEDULE);
    assertThat(world.status().refresh().nextAt()).isEqualTo("2026-01-02T09:10:00Z");
  }

  @Test
  void aTurnWaitsForTheRunUnderWay() {
    World world = World.ready(EVERY_TEN_MINUTES);
    world.passAt("2026-01-01T12:10:00Z");
    String uid = world.run().uid();
    world.passAt("2026-01-01T12:45:00Z");
    assertThat(world.run().uid()).isEqualTo(uid);
    world.answer(Samples.snapshot(world.run(), 1));
    assertThat(world.run().uid()).isEqualTo(uid);
    assertThat(world.plan.wakeUp()).contains(Instant.parse("2026-01-01T12:20:00Z"));
    world.pass();
    assertThat(world.run().uid()).isNotEqualTo(uid);
    assertThat(world.status().refresh().nextAt()).isEqualTo("2026-01-01T12:55:00Z");
  }

  @Test
  void aRunThatIsTriedAgainIsUnderWay() {
    World world = World.ready(EVERY_TEN_MINUTES);
    world.passAt("2026-01-01T12:10:00Z");
    world.answer(new RunResult.Failure(world.run().uid(), "FileMissing", "gone", Cure.FIX_DATA));
    assertThat(world.ready().status()).isEqualTo("False");
    assertThat(world.stalled().reason()).isEqualTo("FileMissing");
    assertThat(world.status().phase()).isEqualTo("Failed");
    String uid = world.run().uid();
    world.passAt("2026-01-01T13:00:00Z");
    assertThat(world.run().uid()).isEqualTo(uid);
    assertThat(world.run().attempt()).isEqualTo(2);
    assertThat(world.stalled().status()).isEqualTo("True");
    world.answer(Samples.snapshot(world.run(), 1));
    assertThat(world.status().phase()).isEqualTo("Ready");
  }

  @Test
  void anOutageDuringATurnLeavesTheVersionReadyUntilItLasts() {
    World world = World.ready(NIGHTLY);
    world.passAt("2026-01-02T02:00:00Z");
    for (int loss = 1; loss <= 3; loss++) {
      world.answer(new RunResult.Failure(world.run().uid(), "S3Unreachable", "away", Cure.WAIT));
      assertThat(world.ready().status()).isEqualTo(loss < 3 ? "True" : "False");
      assertThat(world.status().phase()).isEqualTo(loss < 3 ? "Refreshing" : "Failed");
      world.now = world.run().retryAt();
      world.pass();
    }
  }

  @Test
  void aSpecThatFailedForGoodIsTriedAgainByTheScheduleAlone() {
    World world =
        World.ready(new DatasetSpec.Refresh("0 2 * * *", null, new DatasetSpec.OnChange(10)));
    world.edit(spec -> Samples.with(spec, "SELECT z", spec.refresh(), null, null));
    world.pass();
    world.answer(
        new RunResult.Failure(world.run().uid(), "InvalidTransform", "no z", Cure.FIX_SPEC));
    assertThat(world.status().refresh().nextAt()).isEqualTo("2026-01-02T02:00:00Z");
    List<String> writes = world.cluster.writes();
    world.passAt("2026-01-02T01:59:59Z");
    assertThat(world.cluster.writes()).isEqualTo(writes);
    world.passAt("2026-01-02T02:00:00Z");
    assertThat(world.asked().trigger()).isEqualTo(RefreshTrigger.SCHEDULE);
    assertThat(world.stalled().status()).isEqualTo("True");
    assertThat(world.stalled().reason()).isEqualTo("InvalidTransform");
  }

  @Test
  void suspendMissesTurnsAndMakesUpForThemOnce() {
    World world = World.ready(NIGHTLY);
    world.suspend(true);
    world.pass();
    assertThat(world.status().refresh().nextAt()).isNull();
    List<String> writes = world.cluster.writes();
    world.passAt("2026-01-05T12:00:00Z");
    assertThat(world.cluster.writes()).isEqualTo(writes);
    assertThat(world.plan.wakeUp()).isEmpty();
    assertThat(world.ready().status()).isEqualTo("True");
    world.suspend(false);
    world.pass();
    assertThat(world.asked().trigger()).isEqualTo(RefreshTrigger.SCHEDULE);
    assertThat(world.ready().reason()).isEqualTo("ChecksPassed");
    world.answer(Samples.snapshot(world.run(), 1));
    assertThat(world.plan.wakeUp()).contains(Instant.parse("2026-01-06T02:00:00Z"));
  }

  @Test
  void suspendedInTheMiddleOfATurnItGoesOnWithIt() {
    World world = World.ready(NIGHTLY);
    world.passAt("2026-01-02T02:00:00Z");
    String uid = world.run().uid();
    world.suspend(true);
    world.pass();
    assertThat(world.status().phase()).isEqualTo("Suspended");
    assertThat(world.ready().status()).isEqualTo("True");
    assertThat(world.cluster.jobsThere()).isEmpty();
    world.suspend(false);
    world.pass();
    assertThat(world.run().uid()).isEqualTo(uid);
    assertThat(world.asked().trigger()).isEqualTo(RefreshTrigger.SCHEDULE);
  }

  @Test
  void aNewSpecOrAnnotationWaitsForNoTurn() {
    World world = World.ready(NIGHTLY);
    world.passAt("2026-01-02T02:00:00Z");
    String turn = world.run().job();
    world.dataset.getMetadata().setAnnotations(Map.of(Firstday.REFRESH_ANNOTATION, "1"));
    world.pass();
    assertThat(world.asked().trigger()).isEqualTo(RefreshTrigger.SPEC);
    assertThat(world.cluster.jobsThere()).doesNotContain(turn);
    assertThat(world.ready().status()).isEqualTo("False");
    world.answer(Samples.snapshot(world.run(), 1));
    assertThat(world.status().refresh().trigger()).isEqualTo(RefreshTrigger.SPEC);
    assertThat(world.status().refresh().nextAt()).isEqualTo("2026-01-03T02:00:00Z");
  }

  @Test
  void anotherScheduleIsNoNewRunBeforeItsTime() {
    World world = World.ready(NIGHTLY);
    List<String> writes = world.cluster.writes();
    world.edit(
        spec -> Samples.withRefresh(spec, new DatasetSpec.Refresh("0 18 * * *", null, null)));
    world.pass();
    assertThat(world.cluster.writes()).isEqualTo(writes);
    assertThat(world.status().refresh().nextAt()).isEqualTo("2026-01-01T18:00:00Z");
    world.edit(spec -> Samples.withRefresh(spec, null));
    world.pass();
    assertThat(world.status().refresh().nextAt()).isNull();
    assertThat(world.plan.wakeUp()).isEmpty();
  }

  @Test
  void aBadScheduleStallsAndNothingElseStops() {
    World world =
        World.ready(new DatasetSpec.Refresh("0 25 * * *", null, new DatasetSpec.OnChange(10)));
    assertThat(world.status().phase()).isEqualTo("Failed");
    assertThat(world.stalled().status()).isEqualTo("True");
    assertThat(world.stalled().reason()).isEqualTo("InvalidRefresh");
    assertThat(world.stalled().message())
        .contains("spec.refresh.schedule", "0 6 * * 1-5", "version 1 stays in use");
    assertThat(world.status().latest().number()).isEqualTo(1);
    assertThat(world.status().refresh().nextAt()).isEqualTo("2026-01-01T12:10:00Z");
    world.edit(spec -> Samples.withRefresh(spec, NIGHTLY));
    world.pass();
    assertThat(world.status().phase()).isEqualTo("Ready");
  }

  /** Another operator's clock may be behind: a turn that was taken is not taken again. */
  @Test
  void aClockThatIsBehindTakesNoTurnTwice() {
    World world = World.ready(NIGHTLY);
    world.passAt("2026-01-02T02:00:00Z");
    world.answer(Samples.snapshot(world.run(), 1));
    List<String> writes = world.cluster.writes();
    world.passAt("2026-01-02T01:59:50Z");
    world.passAt("2026-01-02T02:00:00Z");
    assertThat(world.cluster.writes()).isEqualTo(writes);
    assertThat(world.plan.wakeUp()).contains(Instant.parse("2026-01-03T02:00:00Z"));
  }

  @Test
  void aClockThatWasFarAheadStopsNoTurns() {
    World world = World.ready(NIGHTLY);
    world.passAt("2031-01-01T00:00:00Z");
    world.answer(Samples.snapshot(world.run(), 1));
    world.passAt("2026-01-03T12:00:00Z");
    assertThat(world.run().startedAt()).isEqualTo("2026-01-03T12:00:00Z");
    assertThat(world.status().refresh().nextAt()).isEqualTo("2026-01-04T02:00:00Z");
  }

  @Test
  void theEndOfAGracePeriodIsATurnAndIsTakenOnce() {
    World world = World.ready(World.keeping(5, null));
    world.edit(
        spec -> Samples.with(spec, "SELECT x, y FROM rows LIMIT 1", null, spec.retention(), null));
    world.pass();
    Instant grace = Instant.parse("2026-01-08T12:00:00Z");
    world.answer(
        World.swept(world.run(), 2, new RetentionState(List.of(1), null, null, null, null, grace)));
    assertThat(world.status().retention().marked()).containsExactly(1);
    assertThat(world.status().refresh().nextAt()).isEqualTo(grace.plusSeconds(60));
    world.passAt("2026-01-08T12:01:00Z");
    assertThat(world.asked().trigger()).isEqualTo(RefreshTrigger.RETENTION);
    assertThat(world.ready().status()).isEqualTo("True");
    world.answer(
        World.swept(world.run(), 2, new RetentionState(null, List.of(1), null, null, 900L, grace)));
    assertThat(world.status().retention().deleted()).containsExactly(1);
    List<String> writes = world.cluster.writes();
    world.passAt("2026-01-09T12:00:00Z");
    assertThat(world.cluster.writes()).isEqualTo(writes);
    assertThat(world.status().refresh().nextAt()).isNull();
  }

  @Test
  void anotherRetentionIsLookedAtAtOnceAndOnce() {
    World world = World.ready(World.keeping(5, true));
    world.edit(World.keeping(5, null));
    world.now = world.now.plusSeconds(1);
    world.pass();
    assertThat(world.asked().trigger()).isEqualTo(RefreshTrigger.RETENTION);
    assertThat(world.asked().retention().dryRun()).isNull();
    world.answer(World.swept(world.run(), 1, null));
    List<String> writes = world.cluster.writes();
    world.now = world.now.plusSeconds(5);
    world.pass();
    assertThat(world.cluster.writes()).isEqualTo(writes);
    assertThat(world.plan.wakeUp()).isEmpty();
  }

  /** What a pass still does before it is cut off. */
  enum Cut {
    BEFORE_ANYTHING,
    AFTER_DELETIONS,
    BEFORE_STATUS
  }

  @ParameterizedTest
  @EnumSource(Cut.class)
  void anOperatorThatIsCutOffComesToTheSameRun(Cut cut) {
    World calm = World.ready(NIGHTLY);
    calm.passAt("2026-01-02T02:00:00Z");

    World cutOff = World.ready(NIGHTLY);
    cutOff.now = Instant.parse("2026-01-02T02:00:00Z");
    DatasetPlan plan = cutOff.plan();
    if (cut != Cut.BEFORE_ANYTHING) {
      cutOff.cluster.act(plan.step(), cut == Cut.BEFORE_STATUS ? plan.start() : List.of());
    }
    cutOff.passAt("2026-01-02T02:03:00Z");
    assertThat(cutOff.run().uid()).isEqualTo(calm.run().uid());
    assertThat(cutOff.cluster.jobsMade()).isEqualTo(calm.cluster.jobsMade());
    assertThat(cutOff.run().attempt()).isEqualTo(1);
    cutOff.answer(Samples.snapshot(cutOff.run(), 1));
    assertThat(cutOff.status().phase()).isEqualTo("Ready");
  }
}
