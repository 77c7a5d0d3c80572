package dev.firstday.server.route;

import java.util.Arrays;
import java.util.OptionalLong;

/**
 * The 95th percentile of the stable version's latest answers. A running one, so that what slows
 * both versions (a busy node) moves the bound with it.
 */
final class Latencies {
  private static final int KEPT = 512;
  private static final int NEEDED = 20;
  private static final int RENEWED_EVERY = 64;
  private static final double QUANTILE = 0.95;

  private final long[] nanos = new long[KEPT];
  private long count;
  private long renewedAt;
  private long quantile;

  synchronized void add(long latencyNanos) {
    nanos[(int) (count % KEPT)] = latencyNanos;
    count++;
  }

  /** Nanoseconds; empty until there are answers enough to tell. */
  synchronized OptionalLong quantile() {
    if (count < NEEDED) {
      return OptionalLong.empty();
    }
    if (renewedAt == 0 || count - renewedAt >= RENEWED_EVERY) {
      renew();
    }
    return OptionalLong.of(quantile);
  }

  /** By those who ask, who are not on the callers' path. */
  private void renew() {
    long[] sorted = Arrays.copyOf(nanos, (int) Math.min(count, KEPT));
    Arrays.sort(sorted);
    quantile = sorted[(int) Math.ceil(QUANTILE * sorted.length) - 1];
    renewedAt = count;
  }
}
