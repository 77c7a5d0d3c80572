package dev.firstday.server.capture;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Bytes that may be spent in each hour of the clock; threads may share it. */
final class HourlyBudget {
  private Instant hour = Instant.EPOCH;
  private long spent;

  /** Whether that many bytes are left of this hour's; then they are spent. */
  synchronized boolean spend(long bytes, long bytesAnHour, Instant now) {
    Instant present = now.truncatedTo(ChronoUnit.HOURS);
    if (!present.equals(hour)) {
      hour = present;
      spent = 0;
    }
    if (spent + bytes > bytesAnHour) {
      return false;
    }
    spent += bytes;
    return true;
  }
}
