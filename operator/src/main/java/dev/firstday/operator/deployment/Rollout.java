package dev.firstday.operator.deployment;

import dev.firstday.api.ModelDeploymentStatus;
import dev.firstday.api.ModelDeploymentStatus.Rejection;
import dev.firstday.operator.deployment.canary.Counts;
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
 * @param progress of the candidate
 * @param rejected versions that were rolled back, newest first
 */
record Rollout(Version stable, Version candidate, Progress progress, List<Rejection> rejected) {
  private static final int REJECTIONS_KEPT = 10;
  private static final int ALL = 100;

  /** As the status has it; null is the status of a resource nobody has looked at. */
  static Rollout of(ModelDeploymentStatus status) {
    if (status == null) {
      return new Rollout(Version.NONE, Version.NONE, Progress.idle(Instant.EPOCH), List.of());
    }
    Version candidate = Version.of(status.candidate());
    return new Rollout(
        Version.of(status.stable()),
        candidate,
        candidate.exists() ? Progress.of(status.rollout()) : Progress.idle(since(status)),
        status.rejected() == null ? List.of() : status.rejected());
  }

  private static Instant since(ModelDeploymentStatus status) {
    return status.rollout() == null || status.rollout().phaseStartedAt() == null
        ? Instant.EPOCH
        : status.rollout().phaseStartedAt();
  }

  Stage stage() {
    return progress.stage();
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
    return switch (stage()) {
      case IDLE, STARTING, GOLDEN, REPLAY, SHADOW -> 0;
      case CANARY ->
          weights.isEmpty() ? 0 : weights.get(Math.min(progress.step(), weights.size() - 1));
      case BAKING -> ALL;
    };
  }

  Rollout begin(Version version, Instant now) {
    return new Rollout(stable, version, Progress.starting(now), rejected);
  }

  Rollout enter(Stage next, int step, Instant now) {
    return with(progress.enter(next, step, now));
  }

  Rollout with(Progress next) {
    return new Rollout(stable, candidate, next, rejected);
  }

  Rollout with(Counts counts) {
    return with(progress.with(counts));
  }

  Rollout promote(Instant now) {
    return new Rollout(candidate, Version.NONE, Progress.idle(now), rejected);
  }

  Rollout abandon(Instant now) {
    return new Rollout(stable, Version.NONE, Progress.idle(now), rejected);
  }

  Rollout reject(Rejection rejection) {
    List<Rejection> all = new ArrayList<>();
    all.add(rejection);
    rejected.stream()
        .filter(r -> !rejection.digest().equals(r.digest()))
        .limit(REJECTIONS_KEPT - 1L)
        .forEach(all::add);
    return new Rollout(stable, Version.NONE, Progress.idle(rejection.at()), List.copyOf(all));
  }

  /** The version may be tried again. */
  Rollout forgive(Version version) {
    return new Rollout(
        stable,
        candidate,
        progress,
        rejected.stream().filter(r -> !version.digest().equals(r.digest())).toList());
  }
}
