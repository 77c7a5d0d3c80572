package dev.firstday.operator.deployment.canary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BernoulliTestTest {
  private static final double FAIL_RISK = 0.01;
  private static final double PASS_RISK = 0.05;

  @ParameterizedTest
  @CsvSource({
    "0.05, 0, 0, UNDECIDED",
    "0.05, 0, 60, UNDECIDED",
    "0.05, 0, 90, PASS",
    "0.05, 3, 60, UNDECIDED",
    "0.05, 12, 40, FAIL",
    "0.05, 4, 4, FAIL",
    "0.20, 0, 30, PASS",
    "0.20, 30, 60, FAIL",
    "0.50, 100, 100, FAIL",
    "0.50, 0, 100, PASS",
    "0.001, 3, 3, FAIL",
    "0.05, 40000, 1000000, PASS",
    "0.05, 60000, 1000000, FAIL"
  })
  void judgesTotals(double tolerance, long bad, long count, Verdict verdict) {
    assertThat(new BernoulliTest(tolerance, FAIL_RISK, PASS_RISK).judge(bad, count))
        .isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({"0.05, 12, 40", "0.05, 0, 90", "0.05, 3, 60", "0.2, 30, 60", "0.2, 0, 30"})
  void evidenceReachesOneWithTheVerdict(double tolerance, long bad, long count) {
    var test = new BernoulliTest(tolerance, FAIL_RISK, PASS_RISK);
    double evidence = test.evidence(bad, count);

    switch (test.judge(bad, count)) {
      case FAIL -> assertThat(evidence).isGreaterThanOrEqualTo(1);
      case PASS -> assertThat(evidence).isLessThanOrEqualTo(-1);
      case UNDECIDED -> assertThat(evidence).isBetween(-1.0, 1.0);
    }
  }

  /** A rate near the tolerance speaks against both kinds of alternatives. */
  @Test
  void evidenceNeverPointsTheOtherWay() {
    assertThat(new BernoulliTest(0.2, FAIL_RISK, PASS_RISK).evidence(236, 1240)).isZero();
    assertThat(new BernoulliTest(0.5, FAIL_RISK, PASS_RISK).evidence(13, 31))
        .isLessThanOrEqualTo(0);
  }

  @Test
  void withoutOutcomesThereIsNoEvidence() {
    assertThat(new BernoulliTest(0.05, FAIL_RISK, PASS_RISK).evidence(0, 0)).isZero();
    assertThat(BernoulliTest.interval(0, 0)).isEqualTo(new BernoulliTest.Interval(0, 1));
  }

  @ParameterizedTest
  @CsvSource({"0, 100", "100, 100", "3, 60", "300, 6000", "1, 2"})
  void theRateLiesInItsInterval(long bad, long count) {
    var interval = BernoulliTest.interval(bad, count);

    assertThat((double) bad / count).isBetween(interval.low(), interval.high());
    assertThat(interval.low()).isBetween(0.0, 1.0);
    assertThat(interval.high()).isBetween(0.0, 1.0);
  }

  @Test
  void anIntervalShrinksWithTheCount() {
    assertThat(width(30, 600)).isLessThan(width(3, 60));
    assertThat(width(300, 6000)).isLessThan(width(30, 600)).isLessThan(0.03);
  }

  /** Looked at after each outcome, which is more than a fixed-sample interval allows. */
  @Test
  void anIntervalHoldsTheTrueRateHoweverOftenOneLooks() {
    double rate = 0.1;
    int missed = 0;
    for (int run = 0; run < 400; run++) {
      SplittableRandom random = new SplittableRandom(run);
      int bad = 0;
      boolean outside = false;
      for (int count = 1; count <= 300; count++) {
        bad += random.nextDouble() < rate ? 1 : 0;
        if (count % 10 == 0) {
          var interval = BernoulliTest.interval(bad, count);
          outside |= rate < interval.low() || rate > interval.high();
        }
      }
      missed += outside ? 1 : 0;
    }
    assertThat(missed).isLessThan(20);
  }

  private static double width(long bad, long count) {
    var interval = BernoulliTest.interval(bad, count);
    return interval.high() - interval.low();
  }

  @ParameterizedTest
  @CsvSource({"0", "40", "70"})
  void neededIsTheLeastThatBringsAVerdict(long count) {
    var test = new BernoulliTest(0.05, FAIL_RISK, PASS_RISK);

    long needed = test.needed(0, count);

    assertThat(test.judge(0, count + needed)).isEqualTo(Verdict.PASS);
    assertThat(test.judge(0, count + needed - 1)).isEqualTo(Verdict.UNDECIDED);
  }

  @ParameterizedTest
  @CsvSource({"1, 40, PASS", "6, 60, FAIL"})
  void neededGoesByTheRateSeen(long bad, long count, Verdict verdict) {
    var test = new BernoulliTest(0.05, FAIL_RISK, PASS_RISK);

    long needed = test.needed(bad, count);

    assertThat(needed).isPositive();
    assertThat(test.judge(bad + bad * (needed / count + 1), count + count * (needed / count + 1)))
        .isEqualTo(verdict);
  }

  @Test
  void aRateAtItsToleranceNeedsMoreThanAnyoneHas() {
    assertThat(new BernoulliTest(0.05, FAIL_RISK, PASS_RISK).needed(50, 1000))
        .isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aVerdictNeedsNothingMore() {
    assertThat(new BernoulliTest(0.05, FAIL_RISK, PASS_RISK).needed(0, 100)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "-0.1", "NaN"})
  void refusesAToleranceThatNothingCouldBeJudgedBy(double tolerance) {
    assertThatThrownBy(() -> new BernoulliTest(tolerance, FAIL_RISK, PASS_RISK))
        .hasMessageContaining("between 0 and 1");
  }

  @Test
  void anIdenticalModelPassesAfterAboutEightyPairs() {
    var test = new BernoulliTest(0.05, FAIL_RISK, PASS_RISK);

    assertThat(test.needed(0, 0)).isBetween(75L, 85L);
  }

  @Test
  void aDisagreementOfAFifthIsFoundWithinAFewDozenPairs() {
    var test = new BernoulliTest(0.05, FAIL_RISK / 3, PASS_RISK);
    var random = new SplittableRandom(7);

    long[] lengths =
        Arrays.stream(new long[1001]).map(i -> pairsToAFail(test, 0.2, random)).sorted().toArray();

    assertThat(lengths[500]).isBetween(30L, 50L);
  }

  @Test
  void aRateAtTheToleranceIsFailedNoOftenerThanTheRiskSaysHoweverOftenOneLooks() {
    var test = new BernoulliTest(0.05, FAIL_RISK, PASS_RISK);
    var random = new SplittableRandom(11);
    int fails = 0;
    int passes = 0;
    int runs = 1000;
    for (int run = 0; run < runs; run++) {
      boolean failed = false;
      boolean passed = false;
      long bad = 0;
      for (long count = 1; count <= 2000; count++) {
        bad += random.nextDouble() < 0.05 ? 1 : 0;
        failed |= test.judge(bad, count) == Verdict.FAIL;
        passed |= test.judge(bad, count) == Verdict.PASS;
      }
      fails += failed ? 1 : 0;
      passes += passed ? 1 : 0;
    }

    // three standard deviations above the risk, with the seed fixed
    assertThat(fails).isLessThanOrEqualTo(20);
    assertThat(passes).isLessThanOrEqualTo(71);
  }

  /** Bad ones may begin at any moment, and that is the moment from which they are looked at. */
  @Test
  void aBeginningThatIsReckonedWithCostsNoMoreThanTheRisk() {
    var random = new SplittableRandom(13);
    int fails = 0;
    for (int run = 0; run < 1000; run++) {
      boolean failed = false;
      long bad = 0;
      long since = 0;
      for (int count = 1; count <= 600; count++) {
        boolean worse = random.nextDouble() < 0.2;
        bad += worse ? 1 : 0;
        since += worse && count > 300 ? 1 : 0;
        failed |=
            new BernoulliTest(0.2, FAIL_RISK, PASS_RISK)
                    .withBeginning(since, Math.max(0, count - 300))
                    .judge(bad, count)
                == Verdict.FAIL;
      }
      fails += failed ? 1 : 0;
    }

    assertThat(fails).isLessThanOrEqualTo(20);
  }

  private static long pairsToAFail(BernoulliTest test, double rate, SplittableRandom random) {
    long bad = 0;
    long count = 0;
    while (test.judge(bad, count) != Verdict.FAIL) {
      bad += random.nextDouble() < rate ? 1 : 0;
      count++;
    }
    return count;
  }
}
