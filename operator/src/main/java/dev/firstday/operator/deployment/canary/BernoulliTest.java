package dev.firstday.operator.deployment.canary;

import java.util.Arrays;
import java.util.function.DoublePredicate;

/**
 * Judges whether a rate of bad outcomes lies above or below a tolerance, from counts that may be
 * looked at after every outcome.
 *
 * <p>Two e-processes: the mean, over a grid of alternatives, of the likelihood ratio of the
 * alternative to the tolerance. While the rate is at most the tolerance, the one whose alternatives
 * lie above it is a non-negative supermartingale that begins at 1, so that by Ville's inequality it
 * ever reaches 1/risk with probability at most risk; likewise downwards. For Bernoulli outcomes the
 * ratio depends on the totals alone, hence totals suffice, however rarely they are polled. (Lindon
 * and Malek, "Anytime-Valid Inference for Multinomial Count Data", NeurIPS 2022.)
 */
public final class BernoulliTest {
  /** Alternatives: the tolerance's odds times, or divided by, these. */
  private static final double[] ODDS_RATIOS = {1.25, 1.5, 2, 3, 5, 10, 20};

  private static final long FURTHEST = 1_000_000;
  private static final double INTERVAL_RISK = 0.025;
  private static final int BISECTIONS = 30;

  private final double tolerance;
  private final double failAt;
  private final double passAt;

  /** Logarithms of evidence that the rate is too high, beside that of the grid. */
  private final double[] alsoAbove;

  /**
   * @param tolerance the rate that is judged against, between 0 and 1, both excluded
   * @param failRisk probability of ever saying FAIL of a rate within the tolerance
   * @param passRisk probability of ever saying PASS of a rate beyond it
   */
  public BernoulliTest(double tolerance, double failRisk, double passRisk) {
    this(tolerance, -Math.log(failRisk), -Math.log(passRisk), new double[0]);
  }

  private BernoulliTest(double tolerance, double failAt, double passAt, double[] alsoAbove) {
    if (!(tolerance > 0 && tolerance < 1)) {
      throw new IllegalArgumentException("a tolerance lies between 0 and 1, not at " + tolerance);
    }
    this.tolerance = tolerance;
    this.failAt = failAt;
    this.passAt = passAt;
    this.alsoAbove = alsoAbove;
  }

  /**
   * The same test, which also reckons with a rate of 1 from a moment on that was fixed beforehand,
   * whatever came earlier. While all outcomes since are bad, that alternative's ratio is the
   * tolerance to the power of minus their number, and 0 from the first that is not. It is one more
   * in the mean, so that the risks stay what they are.
   *
   * @param bad outcomes since that moment; the totals that are judged have them as well
   * @param count all outcomes since
   */
  public BernoulliTest withBeginning(long bad, long count) {
    double ratio = bad == count ? -count * Math.log(tolerance) : Double.NEGATIVE_INFINITY;
    return new BernoulliTest(tolerance, failAt, passAt, new double[] {ratio});
  }

  /** The verdict on {@code bad} bad outcomes among {@code count}. */
  public Verdict judge(long bad, long count) {
    return judge((double) bad, (double) count);
  }

  /**
   * How many outcomes more, bad at the rate seen so far, bring a verdict: 0 when there is one, and
   * {@value Long#MAX_VALUE} when the rate is so close to the tolerance that a million would not do.
   */
  public long needed(long bad, long count) {
    double rate = count == 0 ? 0 : (double) bad / count;
    if (decided(bad, count, rate, 0)) {
      return 0;
    }
    long enough = 1;
    while (!decided(bad, count, rate, enough)) {
      enough *= 2;
      if (enough > FURTHEST) {
        return Long.MAX_VALUE;
      }
    }
    long tooFew = enough / 2;
    while (enough - tooFew > 1) {
      long middle = (enough + tooFew) / 2;
      if (decided(bad, count, rate, middle)) {
        enough = middle;
      } else {
        tooFew = middle;
      }
    }
    return enough;
  }

  /**
   * How much of what a verdict needs there is: 1 and more say FAIL, -1 and less say PASS, and in
   * between the greater of the two counts.
   */
  public double evidence(long bad, long count) {
    double up = logEvidence(bad, count, true) / failAt;
    double down = logEvidence(bad, count, false) / passAt;
    return up >= down ? Math.max(0, up) : -Math.max(0, down);
  }

  /**
   * Where the rate lies with 95 % confidence, however often one looks: tolerances outside would
   * have been judged.
   */
  public static Interval interval(long bad, long count) {
    return interval(bad, count, INTERVAL_RISK);
  }

  /**
   * The same for another confidence.
   *
   * @param risk probability that the rate ever lies above the interval, and that it lies below
   */
  public static Interval interval(long bad, long count, double risk) {
    if (count == 0) {
      return new Interval(0, 1);
    }
    double rate = (double) bad / count;
    double low =
        bad == 0
            ? 0
            : bisect(
                0, rate, at -> new BernoulliTest(at, risk, risk).judge(bad, count) == Verdict.FAIL);
    double high =
        bad == count
            ? 1
            : bisect(
                1, rate, at -> new BernoulliTest(at, risk, risk).judge(bad, count) == Verdict.PASS);
    return new Interval(low, high);
  }

  /** A rate is at least the one and at most the other. */
  public record Interval(double low, double high) {}

  /** The tolerance furthest from the outer end that is still judged, or nearly. */
  private static double bisect(double outer, double inner, DoublePredicate judged) {
    double yes = outer;
    double no = inner;
    for (int i = 0; i < BISECTIONS; i++) {
      double middle = (yes + no) / 2;
      if (judged.test(middle)) {
        yes = middle;
      } else {
        no = middle;
      }
    }
    return yes;
  }

  private boolean decided(long bad, long count, double rate, long more) {
    return judge(bad + rate * more, count + more) != Verdict.UNDECIDED;
  }

  private Verdict judge(double bad, double count) {
    if (logEvidence(bad, count, true) >= failAt) {
      return Verdict.FAIL;
    }
    return logEvidence(bad, count, false) >= passAt ? Verdict.PASS : Verdict.UNDECIDED;
  }

  private double logEvidence(double bad, double count, boolean above) {
    double odds = tolerance / (1 - tolerance);
    double[] also = above ? alsoAbove : new double[0];
    double[] logRatios = Arrays.copyOf(also, also.length + ODDS_RATIOS.length);
    double greatest = Arrays.stream(also).max().orElse(Double.NEGATIVE_INFINITY);
    for (int i = 0; i < ODDS_RATIOS.length; i++) {
      double alternativeOdds = above ? odds * ODDS_RATIOS[i] : odds / ODDS_RATIOS[i];
      double alternative = alternativeOdds / (1 + alternativeOdds);
      double logRatio =
          bad * Math.log(alternative / tolerance)
              + (count - bad) * Math.log((1 - alternative) / (1 - tolerance));
      logRatios[also.length + i] = logRatio;
      greatest = Math.max(greatest, logRatio);
    }
    double sum = 0;
    for (double logRatio : logRatios) {
      sum += Math.exp(logRatio - greatest);
    }
    return greatest + Math.log(sum / logRatios.length);
  }
}
