package dev.firstday.trainer.check.drift;

import java.util.List;

/** How the values of a column are counted; made from the reference, and used for both sides. */
public sealed interface Bins {
  /** How many there are, without the one of missing values. */
  int size();

  /**
   * For numbers: bin 0 is {@code (-inf, edges[0]]}, bin i {@code (edges[i - 1], edges[i]]}, the
   * last {@code (edges[last], inf)}.
   *
   * @param edges ascending, in the column's unit; days and times are seconds since 1970 in UTC
   */
  record Ranges(List<Double> edges) implements Bins {
    @Override
    public int size() {
      return edges.size() + 1;
    }
  }

  /**
   * For texts and booleans: one bin for each value, and a last one for all others.
   *
   * @param values as text, the most frequent first
   */
  record Categories(List<String> values) implements Bins {
    @Override
    public int size() {
      return values.size() + 1;
    }
  }
}
