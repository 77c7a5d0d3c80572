package dev.firstday.cluster;

import java.time.Duration;
import java.time.Instant;

/** A time in which a version had no pod that answers, so that its callers get none. */
record Outage(Instant from, Instant to) {
  /** Until the node sends callers to a pod that is ready. */
  private static final Duration NODE_TAKES = Duration.ofSeconds(3);

  /** Whether somebody asked, or waited, while it lasted. */
  boolean explains(Traffic.Failure failure) {
    return failure.to().isAfter(from) && failure.from().isBefore(to.plus(NODE_TAKES));
  }
}
