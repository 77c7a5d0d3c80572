package dev.firstday.trainer.check.drift;

import dev.firstday.trainer.check.drift.Drift.Distance;
import java.util.List;
import org.apache.commons.math3.distribution.NormalDistribution;

/** Distances of two samples of numbers, as the moments of their bins show them. */
final class Shifts {
  /** Smaller parts of a mean are rounding. */
  private static final double ROUNDING = 1e-12;

  private static final double MEAN_OF_ABSOLUTE_NORMAL = Math.sqrt(2 / Math.PI);

  private final Distribution reference;
  private final Distribution current;
  private final double centre;
  private final double unit;

  Shifts(Distribution reference, Distribution current) {
    this.reference = reference;
    this.current = current;
    this.centre = reference.mean();
    double own = stddev(reference);
    this.unit = own > 0 ? own : stddev(current);
  }

  /**
   * Kolmogorov's and Smirnov's D: the greatest difference of the two distribution functions, at the
   * edges of the bins. Without drift it goes beyond {@code sqrt(-ln(risk / 2) / 2 * (1/n + 1/m))}
   * with less than the risk: the first term of Kolmogorov's distribution (Smirnov, "Table for
   * estimating the goodness of fit", 1948), which is exact for continuous values looked at
   * everywhere, and too wide for ties and for edges alone. So is the mean, {@code sqrt(pi / 2) ln 2
   * * sqrt(1/n + 1/m)} (Marsaglia, Tsang and Wang 2003).
   */
  static Distance ks(Distribution reference, Distribution current) {
    double n = reference.present();
    double m = current.present();
    double below = 0;
    double greatest = 0;
    for (int i = 0; i < reference.counted().size(); i++) {
      below += reference.counted().get(i).rows() / n - current.counted().get(i).rows() / m;
      greatest = Math.max(greatest, Math.abs(below));
    }
    double scale = Math.sqrt(1 / n + 1 / m);
    return new Distance(
        Math.min(1, greatest),
        Math.sqrt(Math.PI / 2) * Math.log(2) * scale,
        Math.sqrt(-Math.log(Drift.RISK / 2) / 2) * scale);
  }

  /**
   * The difference of the means, in standard deviations of the reference. Without drift it is
   * normal, with variance {@code s^2 (1/n + 1/m)}; s is the greater of the two samples' own, since
   * of a skewed column the sample that lacks outliers has both too small a mean and too small a
   * deviation.
   */
  Distance mean() {
    double deviations = new NormalDistribution().inverseCumulativeProbability(1 - Drift.RISK / 2);
    double scale = scale(stddev(reference), stddev(current));
    return new Distance(
        inUnits(Math.abs(current.mean() - centre)),
        inUnits(MEAN_OF_ABSOLUTE_NORMAL * scale),
        inUnits(deviations * scale));
  }

  /**
   * The first Wasserstein distance, the area between the two distribution functions (Vallender
   * 1974), in standard deviations of the reference. The signed area over a bin follows exactly from
   * its rows and mean: the difference of the means of the values clipped to the bin. The sum of
   * their sizes is the distance itself unless the functions cross within a bin, and never more.
   *
   * <p>Without drift each area is normal, with the variance of the clipped values times {@code 1/n
   * + 1/m}, which gives the mean of the sum. As a function of the sample the sum is that of a
   * Gaussian process, whose greatest variance over all 1-Lipschitz functions is that of the values
   * themselves, so it goes beyond its mean by t with probability of at most {@code exp(-t^2 / (2
   * s^2 (1/n + 1/m)))} (Borell, Tsirelson, Ibragimov and Sudakov; del Barrio, Gine and Matran 1999
   * for the limit).
   */
  Distance wasserstein(List<Double> edges) {
    double area = 0;
    double noise = 0;
    Clipping left = new Clipping(reference);
    Clipping right = new Clipping(current);
    for (int i = 0; i < reference.counted().size(); i++) {
      double low = i == 0 ? Double.NEGATIVE_INFINITY : edges.get(i - 1) - centre;
      double high = i == edges.size() ? Double.POSITIVE_INFINITY : edges.get(i) - centre;
      Moments of = left.next(low, high);
      Moments with = right.next(low, high);
      area += Math.abs(of.mean - with.mean);
      noise += scale(of.stddev(), with.stddev());
    }
    double mean = MEAN_OF_ABSOLUTE_NORMAL * noise;
    double beyond =
        Math.sqrt(-2 * Math.log(Drift.RISK)) * scale(stddev(reference), stddev(current));
    return new Distance(inUnits(area), inUnits(mean), inUnits(mean + beyond));
  }

  private double scale(double ofReference, double ofCurrent) {
    return Math.max(ofReference, ofCurrent)
        * Math.sqrt(1.0 / reference.present() + 1.0 / current.present());
  }

  private double inUnits(double size) {
    if (size <= ROUNDING * Math.abs(centre)) {
      return 0;
    }
    return unit == 0 ? Drift.FAR : Math.min(Drift.FAR, size / unit);
  }

  private static double stddev(Distribution of) {
    double stddev = of.stddev();
    return stddev <= ROUNDING * Math.abs(of.mean()) ? 0 : stddev;
  }

  private record Moments(double mean, double square) {
    double stddev() {
      return Math.sqrt(Math.max(0, square - mean * mean));
    }
  }

  /** Goes through the bins from the lowest on. */
  private final class Clipping {
    private final Distribution of;
    private final double rows;
    private int bin;
    private long below;

    private Clipping(Distribution of) {
      this.of = of;
      this.rows = of.present();
    }

    /**
     * Mean and mean square of {@code clip(x, low, high)}, measured from that end of the bin that is
     * finite: the low one when both are.
     */
    private Moments next(double low, double high) {
      Distribution.Bin in = of.counted().get(bin++);
      double share = in.rows() / rows;
      double above = (rows - below - in.rows()) / rows;
      below += in.rows();
      double origin = low > Double.NEGATIVE_INFINITY ? low : high;
      if (Double.isInfinite(origin)) {
        origin = 0;
      }
      double off = in.mean() - centre - origin;
      double width = high - low;
      boolean inner = Double.isFinite(width);
      double mean = share * off + (inner ? above * width : 0);
      double square =
          share * (in.stddev() * in.stddev() + off * off) + (inner ? above * width * width : 0);
      return new Moments(mean, square);
    }
  }
}
