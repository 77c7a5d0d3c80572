package dev.firstday.trainer.check;

/** How far chance alone goes. */
final class Chance {
  /** Standard deviations; a false alarm in some 700 (normal), fewer where the bound is wider. */
  private static final double DEVIATIONS = 3;

  private Chance() {}

  /**
   * The greatest count that is no news where so many are to be expected: a Poisson variable's mean
   * and three deviations, and three more, since one row or two say nothing of anything.
   *
   * @param rows of which they are counted
   */
  static double atMost(double expected, long rows) {
    return Math.min(rows, expected + DEVIATIONS * Math.sqrt(expected) + 3);
  }

  /**
   * The greatest share that may yet be this one, of so many rows: two deviations of a binomial one.
   *
   * @param share from 0 to 1
   */
  static double shareAtMost(double share, double rows) {
    return Math.min(1, share + 2 * Math.sqrt(share * (1 - share) / Math.max(1, rows)));
  }

  /**
   * The greatest share of a variance that may yet be this one: two deviations, of which each is
   * about {@code 2 r (1 - r²) / √n} (Fisher's for a correlation r, carried over to r²).
   *
   * @param share from 0 to 1
   */
  static double varianceAtMost(double share, double rows) {
    return Math.min(1, share + 4 * (1 - share) * Math.sqrt(share / Math.max(1, rows)));
  }
}
