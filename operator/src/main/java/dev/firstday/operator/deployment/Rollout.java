package dev.firstday.operator.deployment;

import dev.firstday.api.ModelDeploymentStatus;
import dev.firstday.api.ModelDeploymentStatus.Previous;
import dev.firstday.api.ModelDeploymentStatus.Rejection;
import dev.firstday.operator.deployment.canary.Counts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a deployment's versions stand. It is written to the status and read back at the next pass,
 * so that a restarted operator goes on where the last one was.
 *
 * @param stable answers callers; {@link Version#NONE} before the first promotion
 * @param candidate on trial; {@link Version#NONE} when idle
 * @param progress of the candidate
 * @param rejected versions that were rolled back, newest first
 * @param previous versions that were stable and may come back, newest first; see {@link Window}
 */
record Rollout(
    Version stable,
    Version candidate,
    Progress progress,
    List<Rejection> rejected,
    List<Previous> previous) {
  private static final int REJECTIONS_KEPT = 10;
  private static final int ALL = 100;

  /** As the status has it; null is the status of a resource nobody has looked at. */
  static Rollout of(ModelDeploymentStatus status) {
    if (status == null) {
      return new Rollout(
          Version.NONE, Version.NONE, Progress.idle(Instant.EPOCH), List.of(), List.of());
    }
    Version candidate = Version.of(status.candidate());
    return new Rollout(
        Version.of(status.stable()),
        candidate,
        candidate.exists() ? Progress.of(status.rollout()) : Progress.idle(since(status)),
        status.rejected() == null ? List.of() : status.rejected(),
        status.previous() == null ? List.of() : status.previous());
  }

  private static Instant since(ModelDeploymentStatus status) {
    return status.rollout() == null || status.rollout().phaseStartedAt() == null
        ? Instant.EPOCH
        : status.rollout().phaseStartedAt();
  }

  Stage stage() {
    return progress.stage();
  }

  /** Versions that have pods: the stable one, the candidate, and those that are kept warm. */
  List<Version> held() {
    return Stream.concat(Stream.of(stable, candidate).filter(Version::exists), warm())
        .distinct()
        .toList();
  }

  boolean holds(Version version) {
    return held().contains(version);
  }

  /** Versions that were stable and still have pods, newest first. */
  private Stream<Version> warm() {
    return previous.stream().filter(former -> former.warmUntil() != null).map(Version::of);
  }

  /** The version that a person's rollback leads to while nothing is on trial. */
  Optional<Version> wayBack() {
    return warm().findFirst();
  }

  /** When pods that are kept warm go, a time for each version. */
  Stream<Instant> coolings() {
    return previous.stream().map(Previous::warmUntil).filter(Objects::nonNull);
  }

  /** When the candidate was replaced, if it was stable and may come back. */
  Optional<Instant> candidateReplacedAt() {
    return previous.stream()
        .filter(former -> candidate.equals(Version.of(former)))
        .map(Previous::replacedAt)
        .findFirst();
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
    return new Rollout(stable, version, Progress.starting(now), rejected, previous);
  }

  Rollout enter(Stage next, int step, Instant now) {
    return with(progress.enter(next, step, now));
  }

  Rollout with(Progress next) {
    return new Rollout(stable, candidate, next, rejected, previous);
  }

  Rollout with(List<Previous> remembered) {
    return new Rollout(stable, candidate, progress, rejected, remembered);
  }

  Rollout with(Counts counts) {
    return with(progress.with(counts));
  }

  Rollout promote(Instant now) {
    Stream<Previous> replaced =
        Stream.of(stable)
            .filter(Version::exists)
            .map(version -> new Previous(version.number(), version.digest(), now, null));
    return new Rollout(
        candidate,
        Version.NONE,
        Progress.idle(now),
        rejected,
        Stream.concat(replaced, without(candidate.digest())).toList());
  }

  Rollout abandon(Instant now) {
    return new Rollout(stable, Version.NONE, Progress.idle(now), rejected, previous);
  }

  /** The candidate is rolled back. */
  Rollout reject(Rejection rejection) {
    return rejecting(rejection, stable);
  }

  /** The stable version is rolled back to one that has been stable. */
  Rollout retreat(Version back, Rejection rejection) {
    return rejecting(rejection, back);
  }

  private Rollout rejecting(Rejection rejection, Version answering) {
    List<Rejection> all = new ArrayList<>();
    all.add(rejection);
    rejected.stream()
        .filter(r -> !rejection.digest().equals(r.digest()))
        .limit(REJECTIONS_KEPT - 1L)
        .forEach(all::add);
    return new Rollout(
        answering,
        Version.NONE,
        Progress.idle(rejection.at()),
        List.copyOf(all),
        without(rejection.digest())
            .filter(former -> !answering.equals(Version.of(former)))
            .toList());
  }

  private Stream<Previous> without(String digest) {
    return previous.stream().filter(former -> !digest.equals(former.digest()));
  }

  /** The version may be tried again. */
  Rollout forgive(Version version) {
    return new Rollout(
        stable,
        candidate,
        progress,
        rejected.stream().filter(r -> !version.digest().equals(r.digest())).toList(),
        previous);
  }
}
