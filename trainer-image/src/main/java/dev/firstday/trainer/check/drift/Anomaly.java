package dev.firstday.trainer.check.drift;

import dev.firstday.api.DatasetCheck.AnomalyStrategy;
import java.util.ArrayList;
import java.util.List;

/** How unusual a value is among those before it. */
public final class Anomaly {
  /**
   * No value is more unusual. What was always the same and now is not would be infinitely so, which
   * JSON has no number for.
   */
  public static final double FAR = 1e6;

  /** Deequ's lowerDeviationFactor and upperDeviationFactor. */
  private static final double USUAL = 3;

  /** So many values are learnt from, whatever they are: fewer do not show what is usual. */
  private static final int WARM_UP = 10;

  /** Differences smaller than this part of the greatest value are rounding. */
  private static final double ROUNDING = 1e-9;

  /** Of a normal distribution: its standard deviation over its median absolute deviation. */
  private static final double OVER_MEDIAN_DEVIATION = 1.4826;

  private static final double OVER_MEAN_DEVIATION = Math.sqrt(Math.PI / 2);

  private Anomaly() {}

  /**
   * By how many standard deviations a value differs from what the history lets expect; never
   * negative, at most {@link #FAR}.
   *
   * <ul>
   *   <li>batchNormal: mean and standard deviation (of the sample) of the whole history.
   *   <li>onlineNormal: likewise, but what differed by more than 3 when its turn came is not learnt
   *       from, after the first ten; so one bad run does not make the next seem usual (Deequ's
   *       OnlineNormalStrategy, which counts a value among those that it is judged by; here it is
   *       not).
   *   <li>medianDeviation: distance from the median over 1.4826 times the median of such distances;
   *       where more than half of the history is the same, over 1.2533 times their mean (Iglewicz
   *       and Hoaglin, "How to detect and handle outliers", 1993).
   * </ul>
   *
   * @param history values of earlier runs, oldest first; at least one
   */
  public static double deviations(AnomalyStrategy strategy, List<Double> history, double value) {
    if (history.isEmpty()) {
      throw new IllegalArgumentException("without a history nothing is usual");
    }
    double rounding = ROUNDING * history.stream().mapToDouble(Math::abs).max().orElse(0);
    return switch (strategy) {
      case BATCH_NORMAL -> Usual.of(history).deviations(value, rounding);
      case ONLINE_NORMAL -> Usual.of(learnt(history, rounding)).deviations(value, rounding);
      case MEDIAN_DEVIATION -> aroundMedian(history).deviations(value, rounding);
    };
  }

  private static List<Double> learnt(List<Double> history, double rounding) {
    List<Double> learnt = new ArrayList<>();
    for (double value : history) {
      if (learnt.size() < WARM_UP || Usual.of(learnt).deviations(value, rounding) <= USUAL) {
        learnt.add(value);
      }
    }
    return learnt;
  }

  private static Usual aroundMedian(List<Double> history) {
    double median = median(history);
    List<Double> distances = history.stream().map(value -> Math.abs(value - median)).toList();
    double deviation = OVER_MEDIAN_DEVIATION * median(distances);
    if (deviation > 0) {
      return new Usual(median, deviation);
    }
    double mean = distances.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    return new Usual(median, OVER_MEAN_DEVIATION * mean);
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : sorted.get(middle - 1) / 2 + sorted.get(middle) / 2;
  }

  private record Usual(double centre, double stddev) {
    static Usual of(List<Double> values) {
      double mean = values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
      double squares = values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
      return new Usual(mean, values.size() < 2 ? 0 : Math.sqrt(squares / (values.size() - 1)));
    }

    double deviations(double value, double rounding) {
      double distance = Math.abs(value - centre);
      if (distance <= rounding) {
        return 0;
      }
      return stddev <= rounding ? FAR : Math.min(FAR, distance / stddev);
    }
  }
}
