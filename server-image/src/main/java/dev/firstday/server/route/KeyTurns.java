package dev.firstday.server.route;

import java.util.concurrent.TimeUnit;

/**
 * Lets one request of each caller's key count in a while. Requests of one key are no independent
 * draws: what makes one of them fail, as a session that is broken or a row that is asked again and
 * again, makes the next fail as well, and a test that took them for many would find what is not
 * there.
 *
 * <p>Keys have a fixed number of places by their hash, so that memory is bounded. Those that share
 * a place share its turns, which loses evidence and never counts a key twice. Threads may share it.
 */
final class KeyTurns {
  static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(10);

  private static final int PLACE_BITS = 14;

  private final boolean[] taken = new boolean[1 << PLACE_BITS];
  private final long[] takenAt = new long[1 << PLACE_BITS];

  /**
   * @param key null: a caller without one is taken for another each time
   * @param nanos a clock that only differences are taken of
   * @return whether the request counts, as the first of its key within the interval
   */
  synchronized boolean take(String key, long nanos) {
    if (key == null) {
      return true;
    }
    int place = Hashes.spread(key, 1 << PLACE_BITS);
    if (taken[place] && nanos - takenAt[place] < INTERVAL_NANOS) {
      return false;
    }
    taken[place] = true;
    takenAt[place] = nanos;
    return true;
  }
}
