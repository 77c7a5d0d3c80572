package dev.firstday.cli.apiserver.objects;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.random.RandomGenerator;

/** Where time and chance come from. */
public record Moment(Clock clock, RandomGenerator random) {

  /** As {@code metadata} writes it: UTC, to the second. */
  String now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  String later(long seconds) {
    return clock.instant().plusSeconds(seconds).truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
