package dev.firstday.trainer.check.drift;

import dev.firstday.api.DatasetCheck.DriftMethod;
import dev.firstday.api.DatasetSpec.Column;
import dev.firstday.api.DatasetSpec.Type;
import dev.firstday.trainer.check.drift.Drift.Distance;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;

/**
 * Draws two samples and compares them as a check does, again and again: of the same source, to see
 * how often chance alone alarms, and of a shifted one, to see how often that is found. Rows are
 * counted by {@link Counting}, since planning SQL for each of a million histograms takes hours.
 */
final class Simulation {
  /** Skewed, tied, with values missing: what breaks formulas made for the normal distribution. */
  private static final Map<Column, Function<Random, Object>> SOURCES =
      Map.of(
          column("normal", Type.DOUBLE),
          Random::nextGaussian,
          column("skewed", Type.DOUBLE),
          random -> Math.exp(random.nextGaussian()),
          column("gaps", Type.DOUBLE),
          random -> random.nextInt(10) == 0 ? null : (Object) random.nextGaussian(),
          column("counted", Type.INTEGER),
          random -> Math.floor(Math.log(1 - random.nextDouble()) / Math.log(0.7)),
          column("category", Type.VARCHAR),
          random -> "c" + (int) (40 * Math.pow(random.nextDouble(), 3)));

  private final Random random;

  /** Equal seeds give equal samples. */
  Simulation(long seed) {
    this.random = new Random(seed);
  }

  /** The bounds that textbooks and other tools begin with. */
  static double textbook(DriftMethod method) {
    return switch (method) {
      case PSI, WASSERSTEIN, MEAN_SHIFT -> 0.1;
      case JENSEN_SHANNON -> 0.02;
      case KS -> 0.05;
      case L_INFINITY -> 0.01;
    };
  }

  /**
   * What happened over many comparisons.
   *
   * @param comparisons how many there were
   * @param alarms beyond the corrected textbook bound
   * @param uncorrected beyond the textbook bound itself
   * @param beyondNoise beyond what chance explains: alarms, were the bound 0
   */
  record Tally(int comparisons, int alarms, int uncorrected, int beyondNoise) {
    private Tally plus(Distance distance, double bound) {
      return new Tally(
          comparisons + 1,
          alarms + (distance.value() > distance.threshold(bound) ? 1 : 0),
          uncorrected + (distance.value() > bound ? 1 : 0),
          beyondNoise + (distance.value() > distance.threshold(0) ? 1 : 0));
    }

    double percent(int count) {
      return 100.0 * count / comparisons;
    }
  }

  /**
   * At least so many comparisons for each method, over all kinds of columns that it can measure.
   */
  Map<DriftMethod, Tally> same(int reference, int current, int comparisons) {
    Map<DriftMethod, Tally> tallies = new EnumMap<>(DriftMethod.class);
    while (!enough(tallies, comparisons)) {
      SOURCES.forEach(
          (column, source) ->
              compare(column, draw(source, reference), draw(source, current), tallies));
    }
    return tallies;
  }

  /** As many normal samples against ones whose mean is moved by standard deviations. */
  Map<DriftMethod, Tally> shifted(int rows, int comparisons, double by) {
    Map<DriftMethod, Tally> tallies = new EnumMap<>(DriftMethod.class);
    while (!enough(tallies, comparisons)) {
      compare(
          column("normal", Type.DOUBLE),
          draw(Random::nextGaussian, rows),
          draw(r -> r.nextGaussian() + by, rows),
          tallies);
    }
    return tallies;
  }

  private static boolean enough(Map<DriftMethod, Tally> tallies, int comparisons) {
    return tallies.size() == DriftMethod.values().length
        && tallies.values().stream().allMatch(tally -> tally.comparisons() >= comparisons);
  }

  private static void compare(
      Column column, Object[] reference, Object[] current, Map<DriftMethod, Tally> tallies) {
    Map<DriftQuery, Counting> counted = new HashMap<>();
    for (DriftMethod method : DriftMethod.values()) {
      if (Drift.suits(method, column.type())) {
        Counting counting =
            counted.computeIfAbsent(
                DriftQuery.of(column, method, null),
                query -> Counting.of(query, reference, current));
        Distance distance =
            Drift.distance(method, counting.reference(), counting.current()).orElseThrow();
        Tally before = tallies.getOrDefault(method, new Tally(0, 0, 0, 0));
        tallies.put(method, before.plus(distance, textbook(method)));
      }
    }
  }

  private Object[] draw(Function<Random, Object> source, int rows) {
    Object[] values = new Object[rows];
    for (int i = 0; i < rows; i++) {
      values[i] = source.apply(random);
    }
    return values;
  }

  private static Column column(String name, Type type) {
    return new Column(name, type, null, null);
  }
}
