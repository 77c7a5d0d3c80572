package dev.firstday.operator.deployment;

import dev.firstday.api.ModelDeploymentSpec;
import dev.firstday.api.ModelDeploymentSpec.Checks;
import dev.firstday.api.ModelDeploymentSpec.Step;
import dev.firstday.api.ModelDeploymentSpec.Undecided;
import java.time.Duration;
import java.util.List;

/** The spec, with what it leaves out filled in. */
record Settings(
    String model,
    int replicas,
    List<Integer> weights,
    Checks checks,
    Duration phaseDeadline,
    Undecided onUndecided,
    boolean suspended) {
  private static final List<Integer> WEIGHTS = List.of(10, 50);
  private static final long PHASE_DEADLINE_SECONDS = 600;
  private static final double ERRORS_PERCENT = 5;
  private static final double SLOW_PERCENT = 20;
  private static final double SLOW_FACTOR = 3;
  private static final double DISAGREEMENT_PERCENT = 20;
  private static final double SCORE_TOLERANCE = 0.5;

  static Settings of(ModelDeploymentSpec spec) {
    var rollout =
        spec.rollout() == null
            ? new ModelDeploymentSpec.Rollout(null, null, null, null)
            : spec.rollout();
    return new Settings(
        spec.model(),
        spec.replicas() == null ? 1 : spec.replicas(),
        rollout.steps() == null
            ? WEIGHTS
            : rollout.steps().stream().map(Step::weight).sorted().toList(),
        checks(rollout.checks()),
        Duration.ofSeconds(
            rollout.phaseDeadlineSeconds() == null
                ? PHASE_DEADLINE_SECONDS
                : rollout.phaseDeadlineSeconds()),
        rollout.onUndecided() == null ? Undecided.HOLD : rollout.onUndecided(),
        Boolean.TRUE.equals(spec.suspend()));
  }

  private static Checks checks(Checks given) {
    if (given == null) {
      return new Checks(
          ERRORS_PERCENT, SLOW_PERCENT, SLOW_FACTOR, DISAGREEMENT_PERCENT, SCORE_TOLERANCE);
    }
    return new Checks(
        or(given.errorsPercent(), ERRORS_PERCENT),
        or(given.slowPercent(), SLOW_PERCENT),
        or(given.slowFactor(), SLOW_FACTOR),
        or(given.disagreementPercent(), DISAGREEMENT_PERCENT),
        or(given.scoreTolerance(), SCORE_TOLERANCE));
  }

  private static Double or(Double given, double otherwise) {
    return given == null ? otherwise : given;
  }
}
