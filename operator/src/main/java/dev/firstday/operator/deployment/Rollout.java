package dev.firstday.operator.deployment;

import dev.firstday.api.ModelDeploymentStatus;
import dev.firstday.api.ModelDeploymentStatus.Rejection;
import dev.firstday.api.ModelDeploymentStatus.RolloutState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a deployment's versions stand. It is written to the status and read back at the next pass,
 * so that a restarted operator goes on where the last one was.
 *
 * @param stable answers callers; {@link Version#NONE} before the first promotion
 * @param candidate on trial; {@link Version#NONE} when idle
 * @param step index of the canary's step
 * @param since when the stage, or the step, began
 * @param comparedBefore live requests that had been compared when the step began
 * @param rejected versions that were rolled back, newest first
 */
record Rollout(
    Version stable,
    Version candidate,
    Stage stage,
    int step,
    Instant since,
    long comparedBefore,
    List<Rejection> rejected) {
  private static final int REJECTIONS_KEPT = 10;

  /** As the status has it; null is the status of a resource nobody has looked at. */
  static Rollout of(ModelDeploymentStatus status) {
    if (status == null) {
      return new Rollout(Version.NONE, Version.NONE, Stage.IDLE, 0, Instant.EPOCH, 0, List.of());
    }
    Version candidate = Version.of(status.candidate());
    RolloutState state = status.rollout();
    return new Rollout(
        Version.of(status.stable()),
        candidate,
        candidate.exists() && state != null ? Stage.of(state.stage()) : Stage.IDLE,
        state == null || state.step() == null ? 0 : state.step(),
        state == null || state.phaseStartedAt() == null ? Instant.EPOCH : state.phaseStartedAt(),
        state == null || state.comparedBefore() == null ? 0 : state.comparedBefore(),
        status.rejected() == null ? List.of() : status.rejected());
  }

  /** Whether callers or pods need the version. */
  boolean holds(Version version) {
    return version.equals(stable) || version.equals(candidate);
  }

  /** The rejection of that version for this generation of the spec. */
  Optional<Rejection> rejectionOf(Version version, long generation) {
    return rejected.stream()
        .filter(r -> version.digest().equals(r.digest()))
        .filter(r -> r.generation() != null && r.generation() == generation)
        .findFirst();
  }

  /** Percent of requests that the candidate answers. */
  int weight(List<Integer> weights) {
    return stage == Stage.CANARY && !weights.isEmpty()
        ? weights.get(Math.min(step, weights.size() - 1))
        : 0;
  }

  Rollout begin(Version version, Instant now) {
    return new Rollout(stable, version, Stage.STARTING, 0, now, 0, rejected);
  }

  Rollout enter(Stage next, Instant now) {
    return new Rollout(stable, candidate, next, 0, now, 0, rejected);
  }

  Rollout enterStep(int next, long compared, Instant now) {
    return new Rollout(stable, candidate, Stage.CANARY, next, now, compared, rejected);
  }

  /** Counts begin anew with a router's restart, and the step's baseline with them. */
  Rollout rebase(long compared) {
    return new Rollout(
        stable, candidate, stage, step, since, Math.min(comparedBefore, compared), rejected);
  }

  /** The same, as if the stage or step had begun only now. */
  Rollout restartClock(Instant now) {
    return new Rollout(stable, candidate, stage, step, now, comparedBefore, rejected);
  }

  Rollout promote(Instant now) {
    return new Rollout(candidate, Version.NONE, Stage.IDLE, 0, now, 0, rejected);
  }

  Rollout abandon(Instant now) {
    return new Rollout(stable, Version.NONE, Stage.IDLE, 0, now, 0, rejected);
  }

  Rollout reject(String reason, String message, long generation, Instant now) {
    List<Rejection> all = new ArrayList<>();
    all.add(
        new Rejection(candidate.number(), candidate.digest(), reason, message, now, generation));
    rejected.stream()
        .filter(r -> !candidate.digest().equals(r.digest()))
        .limit(REJECTIONS_KEPT - 1L)
        .forEach(all::add);
    return new Rollout(stable, Version.NONE, Stage.IDLE, 0, now, 0, List.copyOf(all));
  }
}
