package dev.firstday.server.route;

/**
 * Whether a candidate has been given time to warm up. A process that has just begun is slow until
 * its code is compiled, however good it is, and among many requests a second enough to roll it back
 * would be of that time. It is over with the first answers in a row that are not slow, or when it
 * has taken too long; threads may share it.
 */
final class WarmUp {
  static final int PROMPT_IN_A_ROW = 20;
  static final long AT_MOST_NANOS = 60_000_000_000L;

  private int prompt;
  private boolean begun;
  private long beganAt;

  /**
   * @param nanos a clock that only differences are taken of
   * @param slow whether the candidate's answer was
   * @return whether it was over before that answer
   */
  synchronized boolean overBefore(long nanos, boolean slow) {
    if (!begun) {
      begun = true;
      beganAt = nanos;
    }
    if (prompt == PROMPT_IN_A_ROW) {
      return true;
    }
    if (nanos - beganAt >= AT_MOST_NANOS) {
      prompt = PROMPT_IN_A_ROW;
      return true;
    }
    prompt = slow ? 0 : prompt + 1;
    return false;
  }
}
