package dev.firstday.trainer.check.drift;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;

/**
 * How a column's values are spread.
 *
 * @param bins what was counted
 * @param counted for each bin
 * @param missing rows without a value; NaN and infinity are none either
 */
public record Distribution(Bins bins, List<Bin> counted, long missing) {

  public Distribution {
    if (counted.size() != bins.size()) {
      throw new IllegalArgumentException(
          "%d bins, and counts of %d".formatted(bins.size(), counted.size()));
    }
    counted = List.copyOf(counted);
  }

  /**
   * The values of one bin.
   *
   * @param rows how many
   * @param mean in the column's unit; 0 in an empty bin, and of categories
   * @param stddev of the population; likewise
   */
  public record Bin(long rows, double mean, double stddev) {}

  /** All rows. */
  public long rows() {
    return present() + missing;
  }

  /** Rows with a value. */
  public long present() {
    return counted.stream().mapToLong(Bin::rows).sum();
  }

  /** Rows of each bin, and last those without a value. */
  public long[] counts() {
    return LongStream.concat(counted.stream().mapToLong(Bin::rows), LongStream.of(missing))
        .toArray();
  }

  /** Of the values that are there; 0 when none is. */
  public double mean() {
    return present() == 0 ? 0 : sum(bin -> bin.rows() * (bin.mean() / present()));
  }

  /** Of the population of values that are there; 0 when none is. */
  public double stddev() {
    if (present() == 0) {
      return 0;
    }
    double mean = mean();
    return Math.sqrt(
        sum(
            bin -> {
              double off = bin.mean() - mean;
              return bin.rows() * ((bin.stddev() * bin.stddev() + off * off) / present());
            }));
  }

  private double sum(ToDoubleFunction<Bin> part) {
    return counted.stream().mapToDouble(part).sum();
  }
}
