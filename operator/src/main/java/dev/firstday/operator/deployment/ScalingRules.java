package dev.firstday.operator.deployment;

import dev.firstday.api.ModelDeploymentStatus;
import dev.firstday.operator.deployment.DeploymentObservation.Predictors;
import dev.firstday.operator.deployment.DeploymentObservation.Size;
import dev.firstday.operator.deployment.DeploymentPlan.Resize;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Keeps autoscalers from undoing a rollout. While one is under way, no version may have fewer pods
 * than any of them has had since it began: a candidate has as many as stable before callers are
 * sent to it, and a stable version that answers few callers, or none, can take all of them back at
 * once. This holds for some minutes more, since an autoscaler still goes by what it saw meanwhile,
 * and for as long as a version is kept warm.
 *
 * @param held pods that each version had at least so far; 0 when nobody said
 */
record ScalingRules(Settings settings, DeploymentObservation seen, int held) {
  /** As long as an autoscaler looks back before it takes pods away. */
  static final Duration HOLD = Duration.ofMinutes(5);

  static ScalingRules of(
      Settings settings, DeploymentObservation seen, ModelDeploymentStatus status) {
    boolean known =
        status != null && status.scaling() != null && status.scaling().atLeast() != null;
    return new ScalingRules(settings, seen, known ? status.scaling().atLeast() : 0);
  }

  /** The bounds while the versions stand like this. */
  Scaling scaling(Rollout rollout) {
    if (!(settings.scaling() instanceof Scaling.Automatic automatic)) {
      return settings.scaling();
    }
    if (rollout.candidate().exists()) {
      return automatic.raised(Math.max(held, greatest(rollout)));
    }
    return seen.now().isBefore(end(rollout)) ? automatic.raised(held) : automatic;
  }

  /**
   * When bounds that a rollout has raised fall again: not before versions that are kept warm go.
   */
  static Instant end(Rollout rollout) {
    return Stream.concat(Stream.of(rollout.progress().since().plus(HOLD)), rollout.coolings())
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }

  /**
   * Deployments whose number of pods the operator has to touch, although an autoscaler looks after
   * it: those outside the bounds are not left waiting for it, and a number that the operator wrote
   * itself is handed over before it stops writing it.
   */
  List<Resize> resizes(Scaling scaling, List<Version> serving) {
    return scaling instanceof Scaling.Automatic
        ? serving.stream().flatMap(version -> resize(scaling, seen.predictorsOf(version))).toList()
        : List.of();
  }

  private static Stream<Resize> resize(Scaling scaling, Predictors pods) {
    Size size = pods.size();
    int replicas = scaling.nearest(size.replicas());
    return size.operatorsOwn() || replicas != size.replicas()
        ? Stream.of(new Resize(pods.version(), replicas))
        : Stream.empty();
  }

  private int greatest(Rollout rollout) {
    return Stream.of(rollout.stable(), rollout.candidate())
        .mapToInt(version -> seen.predictorsOf(version).size().replicas())
        .max()
        .orElse(0);
  }
}
