package dev.firstday.operator.deployment.canary;

import java.time.Duration;
import java.util.Optional;

/**
 * How fast requests are compared.
 *
 * @param requests of callers that were compared in the time
 * @param all requests that were compared since the candidate is on trial
 */
public record Traffic(long requests, Duration time, long all) {
  public static final Traffic NONE = new Traffic(0, Duration.ZERO, 0);

  private static final double SECONDS_A_MINUTE = 60;

  /** Minutes until the check has what it needs; empty while nobody can tell. */
  Optional<Long> minutesFor(CheckResult result) {
    if (!result.isKnown() || requests <= 0 || time.isZero() || all == 0) {
      return Optional.empty();
    }
    double perMinute = requests * SECONDS_A_MINUTE / time.toSeconds();
    double judgedARequest = (double) result.tally().compared() / all;
    double judgedAMinute = perMinute * judgedARequest;
    return judgedAMinute > 0
        ? Optional.of((long) Math.ceil(result.needed() / judgedAMinute))
        : Optional.empty();
  }
}
