package dev.firstday.trainer.check.drift;

import dev.firstday.api.DatasetCheck.DriftMethod;
import dev.firstday.api.DatasetSpec;
import java.util.List;
import java.util.Optional;

/**
 * How far a column's distribution is from that of a reference, and how far it would seem to be by
 * chance: two samples of the same source differ, the more the smaller they are, so that a bound
 * which is right for millions of rows cries wolf at hundreds. All rows count as independent of one
 * another.
 */
public final class Drift {
  /**
   * How often chance alone goes beyond {@link Distance#noise}. Far below the 1 % that is wanted,
   * for many columns are looked at, and the formulas are exact for large samples only: among 200
   * rows it is up to six times as often (benchmarks/data-sets drift).
   */
  public static final double RISK = 0.0001;

  /** No distance is greater: where the reference is constant, a shift has no natural unit. */
  public static final double FAR = 1e6;

  private Drift() {}

  /**
   * What was found.
   *
   * @param value the distance; 0: the same
   * @param expected what samples of these sizes give on average when nothing has drifted; null for
   *     lInfinity, which has no formula
   * @param noise what they go beyond in {@link #RISK} of all cases when nothing has drifted
   */
  public record Distance(double value, Double expected, double noise) {
    /**
     * The bound to hold the value against.
     *
     * @param bound what the check says
     */
    public double threshold(double bound) {
      return Math.max(bound, noise);
    }
  }

  /** Whether the method measures values, which texts and booleans have not. */
  public static boolean needsNumbers(DriftMethod method) {
    return switch (method) {
      case KS, WASSERSTEIN, MEAN_SHIFT -> true;
      case PSI, JENSEN_SHANNON, L_INFINITY -> false;
    };
  }

  /** Whether the method can measure columns of the type. */
  public static boolean suits(DriftMethod method, DatasetSpec.Type type) {
    return DriftQuery.isNumber(type) || !needsNumbers(method);
  }

  /**
   * The distance of two distributions. psi, jensenShannon and lInfinity compare shares of all rows,
   * those without a value among them; ks, wasserstein and meanShift compare the values there are.
   *
   * @return empty, when one of the two has nothing to compare: no row, or no value
   * @throws IllegalArgumentException when the two were counted by other bins, or the method needs
   *     numbers and these are none
   */
  public static Optional<Distance> distance(
      DriftMethod method, Distribution reference, Distribution current) {
    if (!reference.bins().equals(current.bins())) {
      throw new IllegalArgumentException("the two distributions were counted by different bins");
    }
    if (!needsNumbers(method)) {
      Shares shares = new Shares(reference.counts(), current.counts());
      if (reference.rows() == 0 || current.rows() == 0) {
        return Optional.empty();
      }
      return Optional.of(
          switch (method) {
            case PSI -> shares.psi();
            case JENSEN_SHANNON -> shares.jensenShannon();
            default -> shares.lInfinity();
          });
    }
    if (!(reference.bins() instanceof Bins.Ranges ranges)) {
      throw new IllegalArgumentException(method + " needs numbers, and these are categories");
    }
    if (reference.present() == 0 || current.present() == 0) {
      return Optional.empty();
    }
    List<Double> edges = ranges.edges();
    return Optional.of(
        switch (method) {
          case KS -> Shifts.ks(reference, current);
          case WASSERSTEIN -> new Shifts(reference, current).wasserstein(edges);
          default -> new Shifts(reference, current).mean();
        });
  }
}
