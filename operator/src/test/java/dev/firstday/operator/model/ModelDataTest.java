package dev.firstday.operator.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.Firstday;
import dev.firstday.api.ModelSpec;
import dev.firstday.api.VersionHealth;
import dev.firstday.api.VersionHealth.DataState;
import dev.firstday.contract.Run;
import dev.firstday.contract.RunResult;
import dev.firstday.contract.RunResult.Inspection.Finding;
import dev.firstday.operator.Samples;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The data behind a version is hashed when somebody asks, and what is wrong with it stops nothing.
 */
class ModelDataTest {
  private final ModelWorld world =
      ModelWorld.with(new ModelSpec(null, null, null, null, null, null), 1);

  @Test
  void dataThatIsGoneDegradesTheModelAndTheVersionStaysReady() {
    verify("now");
    assertThat(((Run.Inspect) world.asked()).data()).isTrue();

    world.answer(found(new DataState(null, "ObjectNotFound", "the training split is gone")));

    assertThat(world.status().newest().number()).isEqualTo(1);
    assertThat(world.status().phase()).isEqualTo("Degraded");
    VersionHealth health = world.status().health().get(0);
    assertThat(health.passed()).isTrue();
    assertThat(health.complaint()).isEqualTo("ObjectNotFound");
    assertThat(health.words()).isEqualTo("version 1: the training split is gone");
    assertThat(health.data().checkedAt()).isEqualTo(world.now);
  }

  @Test
  void itIsForgottenWhenItIsThereAgainAndNotBefore() {
    verify("now");
    world.answer(found(new DataState(null, "ObjectNotFound", "the training split is gone")));

    verify("again");
    world.answer(found(null));
    assertThat(world.status().health().get(0).complaint()).isEqualTo("ObjectNotFound");

    verify("once more");
    world.answer(found(new DataState(null, null, null)));
    assertThat(world.status().health().get(0).complaint()).isNull();
    assertThat(world.status().phase()).isEqualTo("Ready");
  }

  private void verify(String value) {
    world.model.getMetadata().setAnnotations(Map.of(Firstday.VERIFY_ANNOTATION, value));
    world.pass();
  }

  private RunResult found(DataState data) {
    return new RunResult.Inspection(
        world.uid(),
        List.of(new Finding(1, Samples.modelVersion("a", 1).digest(), null, null, null, data)));
  }
}
