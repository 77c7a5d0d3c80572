package dev.firstday.operator.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.operator.kube.EventDraft;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Columns that the spec names, and that no version has. */
class ColumnRulesTest {
  private static final String REDACT =
      "spec.capture.redact: the model has no column tailnum (did you mean tail_number?)";

  private final World world = new World();

  private void told(String... columns) {
    world.routers.get(0).unknownColumns = List.of(columns);
  }

  @Test
  void aColumnThatNoVersionHasIsAConditionAndAnEvent() {
    world.stable(1);
    told(REDACT);

    assertThat(world.pass().events()).containsExactly(EventDraft.warning("UnknownColumn", REDACT));
    assertThat(world.condition("UnknownColumns").status()).isEqualTo("True");
    assertThat(world.condition("UnknownColumns").message()).isEqualTo(REDACT);
    assertThat(world.condition("Ready").status()).as("it serves all the same").isEqualTo("True");
    assertThat(world.pass().events()).as("told once").isEmpty();

    String slices = "spec.rollout.checks.slices: the model has no column orgin";
    told(REDACT, slices);
    assertThat(world.pass().events())
        .containsExactly(EventDraft.warning("UnknownColumn", REDACT + "; " + slices));
  }

  @Test
  void whatIsCorrectedIsNoConditionAnyMore() {
    world.stable(1);
    told(REDACT);
    world.settle();
    told();
    world.settle();

    assertThat(world.status.condition("UnknownColumns")).isEmpty();
  }

  @Test
  void whatWasSaidStaysWhileNoRouterKnows() {
    world.stable(1);
    told(REDACT);
    world.settle();
    world.routers.get(0).silent = true;
    assertThat(world.pass().events()).isEmpty();
    assertThat(world.condition("UnknownColumns").message()).isEqualTo(REDACT);

    world.routers.get(0).silent = false;
    world.routers.get(0).unknownColumns = null;
    assertThat(world.pass().events()).isEmpty();
    assertThat(world.condition("UnknownColumns").message()).isEqualTo(REDACT);
  }
}
