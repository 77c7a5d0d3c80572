package dev.firstday.sdk.evaluation;

import dev.firstday.sdk.model.Task;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/** Constant answers about several labels: for each of them 1, when it is said, or 0. */
final class LabelSets {
  private LabelSets() {}

  /** The set that most rows have; of equally frequent ones that with the least number. */
  static double[] usual(Task task, double[] sets) {
    Map<Double, Integer> counts = new HashMap<>();
    for (double set : sets) {
      counts.merge(set, 1, Integer::sum);
    }
    double usual =
        counts.entrySet().stream()
            .max(
                Map.Entry.<Double, Integer>comparingByValue()
                    .thenComparing(Map.Entry.<Double, Integer>comparingByKey().reversed()))
            .orElseThrow()
            .getKey();
    return IntStream.range(0, task.outputs())
        .mapToDouble(place -> Task.MultiLabel.has(usual, place) ? 1 : 0)
        .toArray();
  }

  static double[] all(Task task) {
    double[] answer = new double[task.outputs()];
    Arrays.fill(answer, 1);
    return answer;
  }

  /**
   * With k labels said, F1 is 2 * their shares / (k + all shares): the k most frequent are best.
   *
   * @param shares of rows that have each label
   */
  static double[] frequent(double[] shares) {
    int[] order =
        IntStream.range(0, shares.length)
            .boxed()
            .sorted(Comparator.comparingDouble(place -> -shares[place]))
            .mapToInt(Integer::intValue)
            .toArray();
    double all = Arrays.stream(shares).sum();
    double best = 0;
    double said = 0;
    int most = 0;
    for (int k = 1; k <= order.length; k++) {
      said += shares[order[k - 1]];
      double f1 = 2 * said / (k + all);
      if (f1 > best) {
        best = f1;
        most = k;
      }
    }
    double[] answer = new double[shares.length];
    for (int k = 0; k < most; k++) {
      answer[order[k]] = 1;
    }
    return answer;
  }
}
