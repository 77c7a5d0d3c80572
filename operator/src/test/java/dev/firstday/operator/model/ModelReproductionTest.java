package dev.firstday.operator.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.Errand.Kind;
import dev.firstday.api.Firstday;
import dev.firstday.api.ModelSpec;
import dev.firstday.api.Reproduction;
import dev.firstday.contract.Run;
import dev.firstday.contract.RunResult;
import dev.firstday.contract.RunResult.Cure;
import dev.firstday.operator.kube.EventDraft;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Versions that somebody wants trained once more. */
class ModelReproductionTest {
  private final ModelWorld world =
      ModelWorld.with(new ModelSpec(null, null, null, null, null, null), 3);

  @Test
  void aVersionIsTrainedAgainWhenSomebodyAsksAndOnce() {
    ask("2 today");
    assertThat(world.errand().kind()).isEqualTo(Kind.REPRODUCTION);
    Run.Reproduce run = (Run.Reproduce) world.asked();
    assertThat(run.version().number()).isEqualTo(2);
    assertThat(world.status().phase()).as("it stops nothing").isEqualTo("Ready");

    answer(Reproduction.IDENTICAL);

    Reproduction done = world.status().reproduction();
    assertThat(done.asked()).isEqualTo("2 today");
    assertThat(done.version()).isEqualTo(2);
    assertThat(done.digest()).isEqualTo(run.version().digest());
    assertThat(done.succeeded()).isTrue();
    assertThat(world.told).extracting(EventDraft::reason).containsOnlyOnce("VersionReproduced");
    settled();
    ask("2 tomorrow");
    assertThat(world.status().run().finishedAt()).isNull();
  }

  @Test
  void whatDiffersIsToldAndStopsNothing() {
    ask("2");
    answer(Reproduction.DIFFERENT);
    assertThat(world.status().reproduction().succeeded()).isFalse();
    assertThat(world.told).extracting(EventDraft::reason).contains("VersionNotReproduced");
    assertThat(world.status().phase()).isEqualTo("Ready");
  }

  @Test
  void whatIsNoVersionIsAnsweredWithoutARun() {
    for (String asked : List.of("9 today", "newest", "", "2\nx", "02")) {
      ask(asked);
      assertThat(world.status().reproduction().asked()).isEqualTo(asked);
      assertThat(world.status().reproduction().verdict()).isEqualTo("VersionNotFound");
    }
    assertThat(world.errand().kind()).isEqualTo(Kind.INSPECTION);
  }

  @Test
  void aRunThatFailsForGoodIsTheAnswer() {
    ask("2");
    world.answer(new RunResult.Failure(world.uid(), "OOMKilled", "raise the limit", Cure.FIX_SPEC));
    assertThat(world.status().reproduction().verdict()).isEqualTo("OOMKilled");
    settled();
  }

  /** It takes long, and a version that nobody has looked at yet is served to nobody. */
  @Test
  void aNewVersionGoesBefore() {
    ask("2");
    world.record(4).pass();
    assertThat(world.errand().kind()).isEqualTo(Kind.INSPECTION);
    world.inspect();
    assertThat(world.errand().kind()).isEqualTo(Kind.REPRODUCTION);
  }

  @Test
  void anotherWishReplacesTheOneUnderWay() {
    ask("2");
    ask("1");
    assertThat(((Run.Reproduce) world.asked()).version().number()).isEqualTo(1);
  }

  @Test
  void wordsOfAPodThatAreNoReasonAreNotTakenForOne() {
    ask("2");
    answer("no reason at all");
    assertThat(world.status().reproduction().verdict()).isEqualTo("NotReproduced");
  }

  private void ask(String value) {
    world.model.getMetadata().setAnnotations(Map.of(Firstday.REPRODUCE_ANNOTATION, value));
    world.pass();
  }

  private void answer(String verdict) {
    world.answer(
        new RunResult.Reproduction(
            world.uid(), world.errand().versions().get(0).digest(), verdict, "compared"));
  }

  private void settled() {
    List<String> writes = world.cluster.writes();
    world.pass().pass();
    assertThat(world.cluster.writes()).isEqualTo(writes);
  }
}
