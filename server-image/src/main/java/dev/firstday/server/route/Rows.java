package dev.firstday.server.route;

import java.util.BitSet;

/**
 * What a check found among the rows of one request.
 *
 * @param compared the first so many rows; 0 where there was nothing to compare
 * @param bad which of them
 */
record Rows(int compared, BitSet bad) {
  static final Rows NONE = new Rows(0, new BitSet());

  int countBad() {
    return bad.cardinality();
  }
}
