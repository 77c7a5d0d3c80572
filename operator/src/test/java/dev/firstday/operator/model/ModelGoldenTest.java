package dev.firstday.operator.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.Firstday;
import dev.firstday.api.GoldenCase;
import dev.firstday.api.ModelSpec;
import dev.firstday.contract.Contract;
import dev.firstday.contract.Run;
import dev.firstday.contract.RunResult;
import dev.firstday.contract.RunResult.Inspection.Finding;
import dev.firstday.operator.Samples;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A version is ready when it answers the golden cases, and stays ready when they are edited. */
class ModelGoldenTest {
  private static final GoldenCase CASE = golden("x");

  private final ModelWorld world = ModelWorld.with(spec(CASE), 1);

  @Test
  void aNewVersionIsAskedThem() {
    world.record(2).pass();

    Run.Inspect run = (Run.Inspect) world.asked();
    assertThat(run.golden()).containsExactly(CASE);
    assertThat(run.admitted()).isEmpty();
    assertThat(run.data()).as("nobody asked for gigabytes").isFalse();
  }

  @Test
  void aVersionThatFailsOneIsNotTheNewest() {
    world
        .record(2)
        .pass()
        .answer(failed(2, "GoldenCaseFailed", "golden case x: expected 1, got 2; train"));

    assertThat(world.status().newest().number()).isEqualTo(1);
    assertThat(world.status().phase()).isEqualTo("Degraded");
    assertThat(world.status().health().get(0).message()).startsWith("golden case x: expected 1");
  }

  @Test
  void oneThatHasPassedIsAdmittedAndOneThatHasNotIsAskedAgain() {
    world.record(2).pass().answer(failed(2, "GoldenCaseFailed", "no"));
    world.model.getMetadata().setAnnotations(Map.of(Firstday.VERIFY_ANNOTATION, "now"));

    world.edit(spec(golden("y"))).pass().answer(world.inventory(2)).pass();

    Run.Inspect run = (Run.Inspect) world.asked();
    assertThat(run.versions()).hasSize(2);
    assertThat(run.golden()).containsExactly(golden("y"));
    assertThat(run.admitted()).containsExactly(Samples.modelVersion("a", 1).digest());
  }

  @Test
  void moreThanAPodCanBeGivenAreLeftToTheRollout() {
    world
        .edit(spec(Collections.nCopies(100, golden("x".repeat(2000))).toArray(GoldenCase[]::new)))
        .pass()
        .answer(world.inventory(1));

    world.record(2).pass();

    assertThat(((Run.Inspect) world.asked()).golden()).isEmpty();
  }

  private RunResult failed(int number, String fault, String message) {
    return new RunResult.Inspection(
        world.uid(),
        List.of(
            new Finding(number, Samples.modelVersion("a", number).digest(), fault, message, null)));
  }

  private static ModelSpec spec(GoldenCase... golden) {
    return new ModelSpec(null, List.of(golden), null, null, null, null);
  }

  private static GoldenCase golden(String name) {
    return Contract.read(
        "{\"name\":\"%s\",\"inputs\":{\"x\":1},\"expect\":{\"min\":1}}".formatted(name),
        GoldenCase.class);
  }
}
