package dev.firstday.operator.deployment;

import dev.firstday.api.ModelDeploymentSpec.RollbackWindow;
import dev.firstday.api.ModelDeploymentStatus.Previous;
import java.time.Duration;
import java.time.Instant;

/**
 * The way back to versions that were stable: they are promoted without being tried again, and at
 * once while their pods stay.
 *
 * @param versions how many; 0: none
 * @param keepWarm how long their pods stay after another version was promoted
 */
record Window(int versions, Duration keepWarm) {
  private static final int VERSIONS = 2;
  private static final long KEEP_WARM_SECONDS = 3600;
  private static final Window CLOSED = new Window(0, Duration.ZERO);

  static Window of(RollbackWindow given) {
    return given == null
        ? CLOSED
        : new Window(
            given.versions() == null ? VERSIONS : given.versions(),
            Duration.ofSeconds(
                given.keepWarmSeconds() == null ? KEEP_WARM_SECONDS : given.keepWarmSeconds()));
  }

  /** As a status has it; null when it is closed. */
  RollbackWindow spec() {
    return versions == 0 ? null : new RollbackWindow(versions, keepWarm.toSeconds());
  }

  /** The same without the versions that have left the window, and with how long pods stay. */
  Rollout remember(Rollout rollout, Instant now) {
    return rollout.with(
        rollout.previous().stream().limit(versions).map(former -> warm(former, now)).toList());
  }

  private Previous warm(Previous former, Instant now) {
    Instant end = former.replacedAt().plus(keepWarm);
    return new Previous(
        former.number(), former.digest(), former.replacedAt(), now.isBefore(end) ? end : null);
  }
}
