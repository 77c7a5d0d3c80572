package dev.firstday.operator.deployment;

import static dev.firstday.operator.deployment.World.counts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.AnswerShares;
import dev.firstday.api.AnswerShares.Share;
import dev.firstday.api.Comparison;
import dev.firstday.api.ModelDeploymentSpec.Action;
import dev.firstday.api.ModelDeploymentSpec.Checks;
import dev.firstday.api.ModelDeploymentSpec.Distribution;
import dev.firstday.api.ModelDeploymentSpec.Rollout;
import dev.firstday.api.ModelDeploymentSpec.Step;
import dev.firstday.api.ModelDeploymentSpec.Track;
import dev.firstday.api.ModelDeploymentStatus.CheckState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A candidate whose answers are distributed in another way. */
class RolloutDistributionTest {
  /** On 120 of 1000 rows more than the stable version. */
  private static final AnswerShares SHIFTED =
      new AnswerShares(1000, Map.of("true", new Share(200, 320, 130)));

  private final World world = new World();

  private void canary(Distribution distribution) {
    Checks checks =
        new Checks(null, null, null, null, null, null, null, null, null, distribution, null);
    Step waits = new Step(10, null);
    Step later = new Step(50, true);
    world
        .edit(
            World.spec(
                null,
                Track.NEWEST,
                new Rollout(
                    null, null, List.of(waits, later), checks, null, null, null, null, null),
                false))
        .stable(1)
        .record(2)
        .settle()
        .golden(counts(20, 0, 0, 0))
        .settle()
        .live(with(SHIFTED));
  }

  private static Comparison with(AnswerShares answers) {
    Comparison counts = counts(1000, 0, 0, 0);
    return new Comparison(
        counts.done(), counts.requests(), counts.stableErrors(), counts.checks(), answers);
  }

  private Optional<CheckState> told() {
    return world.status.rollout().checks().stream()
        .filter(check -> check.name().equals("distribution"))
        .findFirst();
  }

  @Test
  void isWarnedOfAndGoesOn() {
    canary(null);
    world.settle();

    assertThat(world.phase()).isEqualTo("AwaitingApproval");
    assertThat(told())
        .hasValueSatisfying(
            check -> {
              assertThat(check.verdict()).isEqualTo("Fail");
              assertThat(check.action()).isEqualTo(Action.WARN);
              assertThat(check.estimate()).isEqualTo(12);
            });
  }

  @Test
  void isCountedOnWhenARouterBeginsAnew() {
    canary(null);
    world.settle();
    world.routers.get(0).restart();
    world.settle().live(with(new AnswerShares(1000, Map.of("true", new Share(200, 200, 10)))));
    world.settle();

    assertThat(told())
        .hasValueSatisfying(
            check -> {
              assertThat(check.compared()).isEqualTo(2000);
              assertThat(check.bad()).isEqualTo(120);
            });
  }

  @Test
  void isNoNewsBelowThePointsOfTheSpec() {
    canary(new Distribution(15.0, null));
    world.settle();

    assertThat(told())
        .hasValueSatisfying(check -> assertThat(check.verdict()).isEqualTo("Undecided"));
  }

  @Test
  void isNotLookedAtWhereNobodyAsks() {
    canary(new Distribution(null, Action.IGNORE));
    world.settle();

    assertThat(told()).isEmpty();
    assertThat(world.routes.checks().distribution().action())
        .as("routers need not count")
        .isEqualTo(Action.IGNORE);
  }
}
