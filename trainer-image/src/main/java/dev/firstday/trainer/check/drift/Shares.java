package dev.firstday.trainer.check.drift;

import dev.firstday.trainer.check.drift.Drift.Distance;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * Distances of two histograms. A bin that is empty on both sides says nothing and is left out.
 *
 * @param reference rows of each bin
 * @param current likewise
 */
record Shares(long[] reference, long[] current) {
  /** The least share that a logarithm is taken of. */
  private static final double LEAST_SHARE = 1e-4;

  Shares(long[] reference, long[] current) {
    int[] used =
        IntStream.range(0, reference.length).filter(i -> reference[i] + current[i] > 0).toArray();
    this.reference = IntStream.of(used).mapToLong(i -> reference[i]).toArray();
    this.current = IntStream.of(used).mapToLong(i -> current[i]).toArray();
  }

  /**
   * The population stability index, {@code sum (q - p) ln(q / p)}. Without drift it is distributed
   * as {@code (1/n + 1/m) chi2} with one degree of freedom less than there are bins (Yurdakul,
   * "Statistical properties of population stability index", 2018, theorem 3.1), so its mean is
   * {@code (B - 1)(1/n + 1/m)}. A share of less than half a row counts as half a row: what was not
   * seen in 200 rows may well be there.
   */
  Distance psi() {
    double psi = 0;
    for (int i = 0; i < reference.length; i++) {
      double p = floored(reference[i], sum(reference));
      double q = floored(current[i], sum(current));
      psi += (q - p) * Math.log(q / p);
    }
    return new Distance(psi, expectedChiSquare(), noiseOfChiSquare());
  }

  /**
   * The Jensen-Shannon divergence in bits, 0 to 1 (Lin, "Divergence measures based on the Shannon
   * entropy", 1991), as TFDV has it; scipy's jensenshannon is the root of it, in nats. Both it and
   * the stability index are, for small differences, multiples of {@code sum (q - p)^2 / p}: it in
   * nats the eighth part, the index the whole. So it is distributed as the index is, divided by 8
   * ln 2.
   */
  Distance jensenShannon() {
    double nats = 0;
    for (int i = 0; i < reference.length; i++) {
      double p = share(reference[i], sum(reference));
      double q = share(current[i], sum(current));
      nats += (towards(p, (p + q) / 2) + towards(q, (p + q) / 2)) / 2;
    }
    double scale = 8 * Math.log(2);
    return new Distance(
        Math.max(0, nats / Math.log(2)), expectedChiSquare() / scale, noiseOfChiSquare() / scale);
  }

  /**
   * The greatest difference of two shares, as TFDV's comparator for categories. Each difference is
   * nearly normal with variance {@code p (1 - p)(1/n + 1/m)}, p taken from both samples; the
   * greatest of B goes beyond the bound of risk / B of the widest with less than the risk
   * (Bonferroni).
   */
  Distance lInfinity() {
    double n = sum(reference);
    double m = sum(current);
    double greatest = 0;
    double widest = 0;
    for (int i = 0; i < reference.length; i++) {
      greatest = Math.max(greatest, Math.abs(reference[i] / n - current[i] / m));
      double pooled = (reference[i] + current[i]) / (n + m);
      widest = Math.max(widest, Math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m)));
    }
    double deviations =
        new NormalDistribution()
            .inverseCumulativeProbability(1 - Drift.RISK / 2 / reference.length);
    return new Distance(greatest, null, deviations * widest);
  }

  private double expectedChiSquare() {
    return (reference.length - 1) * perRow();
  }

  private double noiseOfChiSquare() {
    return reference.length == 1
        ? 0
        : new ChiSquaredDistribution(reference.length - 1)
                .inverseCumulativeProbability(1 - Drift.RISK)
            * perRow();
  }

  private double perRow() {
    return 1.0 / sum(reference) + 1.0 / sum(current);
  }

  private static long sum(long[] counts) {
    return LongStream.of(counts).sum();
  }

  private static double share(long count, long all) {
    return (double) count / all;
  }

  private static double floored(long count, long all) {
    return Math.max(share(count, all), Math.max(LEAST_SHARE, 0.5 / all));
  }

  private static double towards(double p, double middle) {
    return p == 0 ? 0 : p * Math.log(p / middle);
  }
}
