package dev.firstday.operator.deployment;

import static dev.firstday.operator.deployment.World.counts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.ModelDeploymentSpec.Checks;
import dev.firstday.api.ModelDeploymentSpec.PrometheusCheck;
import dev.firstday.api.ModelDeploymentSpec.Rollout;
import dev.firstday.api.ModelDeploymentSpec.Step;
import dev.firstday.api.ModelDeploymentSpec.Track;
import dev.firstday.operator.deployment.metrics.MetricAnswer;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Checks that Prometheus answers. */
class RolloutMetricsTest {
  private final World world = new World();

  @BeforeEach
  void aCandidateThatItsRequestsSayNothingAgainst() {
    Checks checks =
        new Checks(
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            List.of(new PrometheusCheck("conversion", "sum(x)", 0.9, null)));
    world
        .edit(
            World.spec(
                null,
                Track.NEWEST,
                new Rollout(
                    null, null, List.of(new Step(10, null)), checks, null, null, null, null, null),
                false))
        .stable(1)
        .record(2)
        .settle()
        .golden(counts(20, 0, 0, 0))
        .settle()
        .live(counts(100, 0, 0, 0));
  }

  @Test
  void aNumberWithinItsBoundsLetsItGoOn() {
    world.metrics.put("conversion", new MetricAnswer.Value(0.95));
    world.settle();

    assertThat(world.stableNumber()).isEqualTo(2);
  }

  @Test
  void aNumberBeyondABoundRollsBack() {
    world.metrics.put("conversion", new MetricAnswer.Value(0.5));
    world.pass();

    assertThat(world.phase()).isEqualTo("RolledBack");
    assertThat(world.condition("Stalled").reason()).isEqualTo("MetricOutOfBounds");
    assertThat(world.condition("Stalled").message())
        .contains("conversion: 0.5, good is at least 0.9");
    assertThat(world.status.rollout().checks())
        .anySatisfy(
            check -> {
              assertThat(check.name()).isEqualTo("conversion");
              assertThat(check.value()).isEqualTo(0.5);
              assertThat(check.verdict()).isEqualTo("Fail");
            });
  }

  @Test
  void withoutANumberItWaitsAndSaysWhy() {
    world.metrics.put("conversion", new MetricAnswer.NoData("the query gives no series"));
    world.settle();

    assertThat(world.phase()).isEqualTo("Canary");
    assertThat(world.condition("Reconciling").message())
        .contains("conversion: the query gives no series", "waits for a number");
    assertThat(world.routes.checks().prometheus()).as("routers do not ask").isNull();
  }
}
