package dev.firstday.operator.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.Alias;
import dev.firstday.api.Errand.Kind;
import dev.firstday.api.ModelSpec;
import dev.firstday.api.ModelVersion;
import dev.firstday.api.Retention;
import dev.firstday.api.RetentionState;
import dev.firstday.contract.Run;
import dev.firstday.contract.RunResult;
import dev.firstday.contract.RunResult.Cure;
import dev.firstday.operator.kube.EventDraft;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When the versions of a model are swept, and what becomes of what the status says of them. */
class ModelRetentionTest {
  private static final Retention KEEP_TWO = new Retention(2, null, 3, null);
  private static final RetentionState NOTHING =
      new RetentionState(null, null, null, null, null, null);

  @Test
  void nothingIsSweptThatIsAllKept() {
    assertThat(ModelWorld.with(spec(null), 3).errand().kind()).isEqualTo(Kind.INSPECTION);
    assertThat(ModelWorld.with(spec(KEEP_TWO), 2).errand().kind()).isEqualTo(Kind.INSPECTION);
  }

  @Test
  void theWorkerIsToldWhatIsInUse() {
    ModelWorld world = new ModelWorld();
    world.edit(spec(KEEP_TWO, new Alias("champion", 3)));
    world.serve(1).record(2).pass().answer(world.inventory(5)).inspect();

    assertThat(world.errand().kind()).isEqualTo(Kind.RETENTION);
    Run.Sweep sweep = (Run.Sweep) world.asked();
    assertThat(sweep.retention()).isEqualTo(KEEP_TWO);
    assertThat(sweep.referred())
        .as("served, recorded last, with an alias, the newest")
        .containsExactly(1, 2, 3, 5);
  }

  @Test
  void whatADeploymentMayGoBackToIsInUse() {
    ModelWorld world = new ModelWorld();
    world.edit(spec(KEEP_TWO));
    world.served(2).pass().answer(world.inventory(5)).inspect();

    assertThat(((Run.Sweep) world.asked()).referred()).containsExactly(2, 5);
  }

  /** It may serve any version. */
  @Test
  void nothingIsSweptBesideAResourceThatCannotBeRead() {
    ModelWorld world = new ModelWorld();
    world.areReadable = false;
    world.edit(spec(KEEP_TWO)).pass().answer(world.inventory(5)).inspect();
    assertThat(world.errand().kind()).isNotEqualTo(Kind.RETENTION);

    world.areReadable = true;
    assertThat(world.pass().errand().kind()).isEqualTo(Kind.RETENTION);
  }

  @Test
  void aGracePeriodThatEndsIsWhenItIsSweptAgain() {
    ModelWorld world = ModelWorld.with(spec(KEEP_TWO), 3);
    Instant due = world.now.plus(Duration.ofDays(3));
    world.swept(0, new RetentionState(List.of(1), null, null, null, null, due));
    assertThat(world.told).extracting(EventDraft::reason).contains("VersionsMarked");
    settled(world);

    world.now = due.plusSeconds(60);
    // the day's look at the versions goes before
    world.inspect();
    assertThat(world.errand().kind()).isEqualTo(Kind.RETENTION);
    world.swept(1, new RetentionState(null, List.of(1), null, null, 900L, null));

    assertThat(world.status().versions()).extracting(ModelVersion::number).containsExactly(3, 2);
    assertThat(world.status().versionCount()).isEqualTo(2);
    assertThat(world.status().retention().deleted()).containsExactly(1);
    assertThat(world.told.get(world.told.size() - 1).reason()).isEqualTo("VersionsDeleted");
    assertThat(world.told.get(world.told.size() - 1).message()).contains("version 1: 900 bytes");
    settled(world);
    world.record(4).inspect();
    assertThat(world.status().versionCount()).isEqualTo(3);
  }

  /** A Deployment waits for the mark to go. */
  @Test
  void aVersionThatIsUsedAgainIsSweptForAtOnce() {
    ModelWorld world = ModelWorld.with(spec(KEEP_TWO), 3);
    Instant due = world.now.plus(Duration.ofDays(3));
    world.swept(0, new RetentionState(List.of(1), null, null, null, null, due));

    world.serve(1).pass();

    assertThat(world.errand().kind()).isEqualTo(Kind.RETENTION);
    assertThat(((Run.Sweep) world.asked()).referred()).containsExactly(1, 3);
    world.swept(0, NOTHING);
    settled(world);
    world.deployments.clear();
    world.pass();
    assertThat(world.errand().kind()).as("and no longer is").isEqualTo(Kind.RETENTION);
  }

  /** What it was told of the world is no more. */
  @Test
  void aSweepUnderWayIsGivenUpWhenAVersionIsUsedAgain() {
    ModelWorld world = ModelWorld.with(spec(KEEP_TWO), 3);
    String job = world.status().run().job();

    world.serve(1).pass();

    assertThat(world.errand().kind()).isEqualTo(Kind.RETENTION);
    assertThat(world.status().run().job()).isNotEqualTo(job);
    assertThat(world.cluster.jobsThere()).doesNotContain(job);
  }

  @Test
  void aRolloutOfWhatIsKeptAnywayIsNoReason() {
    ModelWorld world = ModelWorld.with(spec(KEEP_TWO), 3);
    world.swept(0, new RetentionState(List.of(1), null, null, null, null, null));
    world.serve(2);
    settled(world);
  }

  @Test
  void anAliasOfADeletedVersionSaysWhoDeletedIt() {
    ModelWorld world = ModelWorld.with(spec(KEEP_TWO), 3);
    world.swept(1, new RetentionState(null, List.of(1), null, null, 900L, null));
    world.edit(spec(KEEP_TWO, new Alias("champion", 1))).pass();
    world.answer(new RunResult.Inventory(world.uid(), 2, world.status().versions(), List.of()));
    world.pass().swept(1, new RetentionState(null, List.of(1), null, null, null, null));

    assertThat(world.status().conditions().get(2).message())
        .contains("champion names version 1, and spec.retention has deleted it");
  }

  /** The resource may be younger than what S3 holds, and others may have swept before. */
  @Test
  void marksOfBeforeAreTakenBackWhereAllIsKept() {
    ModelWorld world = new ModelWorld();
    world.pass();
    RunResult.Inventory inventory = (RunResult.Inventory) world.inventory(3);
    world
        .answer(new RunResult.Inventory(inventory.uid(), 3, inventory.versions(), List.of(1)))
        .inspect();

    assertThat(world.status().retention().marked()).containsExactly(1);
    assertThat(world.errand().kind()).isEqualTo(Kind.RETENTION);
    assertThat(((Run.Sweep) world.asked()).retention()).isNull();
    world.swept(0, NOTHING);
    settled(world);
  }

  @Test
  void aSweepThatIsNotAllowedToDeleteSaysSoAndKeepsNobodyFromServing() {
    ModelWorld world = ModelWorld.with(spec(KEEP_TWO), 3);
    world.answer(
        new RunResult.Failure(world.uid(), "S3AccessDenied", "may not delete", Cure.FIX_DATA));
    assertThat(world.status().conditions().get(0).status()).isEqualTo("True");
    assertThat(world.status().conditions().get(2).reason()).isEqualTo("S3AccessDenied");
    assertThat(world.status().run().retryAt()).isNotNull();
  }

  private static void settled(ModelWorld world) {
    List<String> writes = world.cluster.writes();
    for (int passes = 0; passes < 3; passes++) {
      world.pass();
    }
    assertThat(world.cluster.writes()).isEqualTo(writes);
  }

  private static ModelSpec spec(Retention retention, Alias... aliases) {
    return new ModelSpec(null, null, null, List.of(aliases), retention, null);
  }
}
