package dev.firstday.rollout;

import java.time.Duration;

/** Seconds since a rollout began. */
final class SimulatedClock {
  private double seconds;

  double seconds() {
    return seconds;
  }

  void advance(double more) {
    seconds += more;
  }

  static Duration duration(double seconds) {
    return Duration.ofNanos((long) (seconds * 1e9));
  }
}
