package dev.firstday.operator.deployment.canary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.AnswerShares;
import dev.firstday.api.AnswerShares.Share;
import dev.firstday.api.ModelDeploymentSpec.Action;
import dev.firstday.api.ModelDeploymentStatus.CheckState;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DistributionResultTest {
  private static final double RISK = 0.01;
  private static final double PASS_RISK = 0.05;
  private static final double ANY_CHANGE = 1e-9;

  private static DistributionResult judge(AnswerShares answers, double points) {
    return DistributionResult.of(answers, points, RISK, PASS_RISK);
  }

  private static DistributionResult judge(long rows, Share share, double points) {
    return judge(new AnswerShares(rows, Map.of("true", share)), points);
  }

  @ParameterizedTest
  @CsvSource({
    "1000, 200, 320, 140, FAIL", // 12 points, and the rows that changed are on one side
    "1000, 320, 200, 20, FAIL", // the same downwards
    "1000, 200, 230, 35, UNDECIDED", // changed, but by 3 points
    "1000, 200, 200, 0, PASS", // nothing changed
    "1000, 200, 205, 15, PASS", // 15 won and 10 lost: no share can have moved by 5 points
    "1000, 300, 300, 200, UNDECIDED", // many rows changed, as many one way as the other
    "10, 2, 4, 2, UNDECIDED" // two rows are no proof
  })
  void aShareThatChangedIsToldApartFromChance(
      long rows, long stable, long candidate, long gained, Verdict verdict) {
    assertThat(judge(rows, new Share(stable, candidate, gained), 0.05).verdict())
        .isEqualTo(verdict);
  }

  @Test
  void itNeverRollsBackNorHoldsUp() {
    List<String> ids = List.of("r-9", "r-7");
    DistributionResult result = judge(1000, new Share(200, 320, 140, ids), 0.05);

    assertThat(result.stops()).isFalse();
    assertThat(result.allows()).isTrue();
    assertThat(result.evidenceInWords())
        .isEqualTo(
            "distribution: 'true' is 20.0 % of the stable version's answers and 32.0 % of the candidate's, of"
                + " 1,000 rows");
    CheckState state = result.state(Traffic.NONE);
    assertThat(state.action()).isEqualTo(Action.WARN);
    assertThat(state.verdict()).isEqualTo("Fail");
    assertThat(state.compared()).isEqualTo(1000);
    assertThat(state.bad()).isEqualTo(120);
    assertThat(state.estimate()).isEqualTo(12);
    assertThat(state.low()).isBetween(3.0, 12.0);
    assertThat(state.high()).isBetween(12.0, 25.0);
    assertThat(state.examples()).isEqualTo(ids);
    assertThat(state.bound()).isEqualTo(5);
    assertThat(state.evidence()).isEqualTo(100);
  }

  /** What is given more rarely has the bounds of what is given oftener, the other way round. */
  @ParameterizedTest
  @CsvSource({"200, 320, 140", "320, 200, 20", "200, 205, 15", "200, 200, 0", "300, 300, 200"})
  void theChangeLiesInItsInterval(long stable, long candidate, long gained) {
    CheckState state = judge(1000, new Share(stable, candidate, gained), 0.05).state(Traffic.NONE);
    CheckState turned =
        judge(1000, new Share(candidate, stable, gained - candidate + stable), 0.05)
            .state(Traffic.NONE);

    assertThat(state.estimate()).isBetween(state.low(), state.high());
    assertThat(state.low()).isNotNegative().isEqualTo(turned.low());
    assertThat(state.high()).isEqualTo(turned.high());
  }

  /** Half of the rows change, as many one way as the other. */
  @Test
  void theIntervalHoldsNoChangeHoweverOftenOneLooks() {
    int missed = 0;
    for (int run = 0; run < 200; run++) {
      SplittableRandom random = new SplittableRandom(run);
      Simulated simulated = new Simulated();
      boolean outside = false;
      for (int row = 1; row <= 400; row++) {
        String stable = "class-" + skewed(random);
        simulated.add(stable, random.nextBoolean() ? stable : "class-" + skewed(random));
        outside |= row % 20 == 0 && judge(simulated.answers(), 0.05).state(Traffic.NONE).low() > 0;
      }
      missed += outside ? 1 : 0;
    }
    assertThat(missed).isLessThanOrEqualTo(10);
  }

  @Test
  void theAnswerThatChangedMostIsTold() {
    AnswerShares answers =
        new AnswerShares(
            1000,
            Map.of(
                "crew", new Share(500, 360, 20),
                "tower", new Share(300, 380, 100),
                "weather", new Share(200, 260, 80)));

    assertThat(judge(answers, 0.05).answer()).isEqualTo("crew");
    assertThat(judge(answers, 0.05).verdict()).isEqualTo(Verdict.FAIL);
  }

  @Test
  void oneOpenAnswerLeavesAllOpen() {
    AnswerShares answers =
        new AnswerShares(1000, Map.of("a", new Share(400, 410, 10), "b", new Share(600, 599, 200)));

    assertThat(judge(answers, 0.05).verdict()).isEqualTo(Verdict.UNDECIDED);
  }

  @Test
  void classesBeyondThoseToldApartAreOne() {
    Map<String, Share> many = new TreeMap<>();
    for (int i = 0; i < 30; i++) {
      many.put("class-%02d".formatted(i), new Share(100 + i, 100 + i, 0));
    }
    many.put("class-00", new Share(100, 0, 0));

    DistributionResult result = judge(new AnswerShares(4000, many), 0.02);

    assertThat(result.answer()).isEqualTo("other");
    assertThat(result.share()).isEqualTo(new Share(1045, 945, 0));
    assertThat(result.verdict()).isEqualTo(Verdict.FAIL);
  }

  /** Two versions that draw from one distribution, and differ on each second row. */
  @Test
  void ofVersionsThatAnswerAlikeHardlyOneIsToldHoweverOftenOneLooks() {
    int told = 0;
    int runs = 1000;
    for (int run = 0; run < runs; run++) {
      SplittableRandom random = new SplittableRandom(run);
      Simulated simulated = new Simulated();
      boolean failed = false;
      for (int row = 1; row <= 1000; row++) {
        String stable = "class-" + skewed(random);
        String candidate = random.nextBoolean() ? stable : "class-" + skewed(random);
        simulated.add(stable, candidate);
        failed |= row % 20 == 0 && judge(simulated.answers(), ANY_CHANGE).verdict() == Verdict.FAIL;
      }
      told += failed ? 1 : 0;
    }

    // three standard deviations above the risk, with the seeds fixed
    assertThat(told).isLessThanOrEqualTo(19);
  }

  @Test
  void aClassThatIsGivenOftenerIsFound() {
    int found = 0;
    for (int run = 0; run < 100; run++) {
      SplittableRandom random = new SplittableRandom(run);
      Simulated simulated = new Simulated();
      for (int row = 0; row < 1000; row++) {
        String stable = "class-" + skewed(random);
        boolean moves = stable.equals("class-0") && random.nextDouble() < 0.25;
        simulated.add(stable, moves ? "class-4" : stable);
      }
      DistributionResult result = judge(simulated.answers(), 0.05);
      found += result.verdict() == Verdict.FAIL ? 1 : 0;
    }

    assertThat(found).isEqualTo(100);
  }

  /** By a third of a deviation, under noise of a fifth of one. */
  @Test
  void aNumberThatIsShiftedIsFoundAndNoiseAloneIsNot() {
    assertThat(found(1.0 / 3)).isEqualTo(100);
    assertThat(found(0)).isZero();
  }

  private static int found(double shift) {
    int found = 0;
    for (int run = 0; run < 100; run++) {
      SplittableRandom random = new SplittableRandom(run);
      Map<String, Share> shares = new TreeMap<>();
      for (int row = 0; row < 1000; row++) {
        double stable = normal(random);
        double candidate = stable + shift + 0.2 * normal(random);
        for (int step = -4; step <= 4; step++) {
          boolean one = stable >= step * 0.5;
          boolean other = candidate >= step * 0.5;
          shares.merge(
              ">= " + step * 0.5,
              new Share(one ? 1 : 0, other ? 1 : 0, other && !one ? 1 : 0),
              Share::plus);
        }
      }
      found += judge(new AnswerShares(1000, shares), 0.05).verdict() == Verdict.FAIL ? 1 : 0;
    }
    return found;
  }

  private static double normal(SplittableRandom random) {
    return Math.sqrt(-2 * Math.log(1 - random.nextDouble()))
        * Math.cos(2 * Math.PI * random.nextDouble());
  }

  /** The lower, the oftener. */
  private static int skewed(SplittableRandom random) {
    return (int) (5 * random.nextDouble() * random.nextDouble());
  }

  private static final class Simulated {
    private final Map<String, Share> shares = new TreeMap<>();
    private long rows;

    void add(String stable, String candidate) {
      rows++;
      boolean same = stable.equals(candidate);
      shares.merge(stable, new Share(1, same ? 1 : 0, 0), Share::plus);
      if (!same) {
        shares.merge(candidate, new Share(0, 1, 1), Share::plus);
      }
    }

    AnswerShares answers() {
      return new AnswerShares(rows, shares);
    }
  }
}
