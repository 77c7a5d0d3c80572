package dev.firstday.server.capture;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Bytes that may be spent in each hour of the clock; threads may share it. */
final class HourlyBudget {
  private Instant hour = Instant.EPOCH;
  private long spent;

  /** Whether that many bytes are left of this hour's. */
  synchronized boolean has(long bytes, long bytesAnHour, Instant now) {
    return (now.truncatedTo(ChronoUnit.HOURS).equals(hour) ? spent : 0) + bytes <= bytesAnHour;
  }

  synchronized void spend(long bytes, Instant now) {
    Instant present = now.truncatedTo(ChronoUnit.HOURS);
    spent = (present.equals(hour) ? spent : 0) + bytes;
    hour = present;
  }
}
