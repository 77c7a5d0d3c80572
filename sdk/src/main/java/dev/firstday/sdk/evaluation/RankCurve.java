package dev.firstday.sdk.evaluation;

import dev.firstday.sdk.model.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * What each threshold of a probability gives: the curves of ROC (false positive rate, recall) and
 * of precision and recall have the same points.
 *
 * @param of the label, one of several labels, or the class that is told from all others
 * @param averagePrecision the sum of precisions, each weighted with the recall it adds
 * @param points from the greatest threshold to the least, where everything is taken for a yes; (0,
 *     0) of the ROC, where nothing is, is left out
 */
public record RankCurve(String of, double averagePrecision, List<Point> points) {
  private static final int MOST_CLASSES = 10;
  private static final int MOST_POINTS = 200;

  /**
   * Takes for a yes what has at least that probability.
   *
   * @param falsePositiveRate share of the true no that are taken for a yes
   * @param recall share of the true yes that are
   * @param precision share of true yes among those taken for one
   */
  public record Point(
      double threshold, double falsePositiveRate, double recall, double precision) {}

  /** One curve for yes and no; one for each of a few classes or labels; none of many. */
  static List<RankCurve> of(Task task, double[][] answers, double[] labels) {
    if (task instanceof Task.MultiLabel several && task.outputs() <= MOST_CLASSES) {
      return IntStream.range(0, task.outputs())
          .mapToObj(place -> of(several, answers, labels, place))
          .toList();
    }
    if (task instanceof Task.Binary) {
      return List.of(of(task.label(), answers, 0, labels, 1));
    }
    if (task instanceof Task.Classes classes && task.outputs() <= MOST_CLASSES) {
      return IntStream.range(0, task.outputs())
          .filter(place -> Arrays.stream(labels).anyMatch(label -> label == place))
          .filter(place -> Arrays.stream(labels).anyMatch(label -> label != place))
          .mapToObj(place -> of(classes.classes().get(place), answers, place, labels, place))
          .toList();
    }
    return List.of();
  }

  /** The curve of one of several labels. */
  static RankCurve of(Task.MultiLabel task, double[][] answers, double[] sets, int place) {
    return of(task.labels().get(place), answers, place, Metrics.truths(sets, place), 1);
  }

  private static RankCurve of(
      String name, double[][] answers, int output, double[] labels, double yes) {
    double[] positives = sorted(answers, output, row -> labels[row] == yes);
    double[] negatives = sorted(answers, output, row -> labels[row] != yes);
    List<Point> points = new ArrayList<>();
    double averagePrecision = 0;
    double lastRecall = 0;
    int belowYes = positives.length;
    int belowNo = negatives.length;
    while (belowYes + belowNo > 0) {
      double threshold =
          Math.max(
              belowYes > 0 ? positives[belowYes - 1] : Double.NEGATIVE_INFINITY,
              belowNo > 0 ? negatives[belowNo - 1] : Double.NEGATIVE_INFINITY);
      while (belowYes > 0 && !(positives[belowYes - 1] < threshold)) {
        belowYes--;
      }
      while (belowNo > 0 && !(negatives[belowNo - 1] < threshold)) {
        belowNo--;
      }
      double found = positives.length - belowYes;
      double wrong = negatives.length - belowNo;
      double recall = found / positives.length;
      double precision = found / (found + wrong);
      averagePrecision += (recall - lastRecall) * precision;
      lastRecall = recall;
      add(
          points,
          new Point(threshold, wrong / negatives.length, recall, precision),
          belowYes + belowNo == 0);
    }
    return new RankCurve(name, averagePrecision, points);
  }

  /** Ascending. */
  private static double[] sorted(double[][] answers, int output, IntPredicate which) {
    return IntStream.range(0, answers.length)
        .filter(which)
        .mapToDouble(row -> answers[row][output])
        .sorted()
        .toArray();
  }

  /** Points that lie close to the one before are left out. */
  private static void add(List<Point> points, Point point, boolean last) {
    Point before = points.isEmpty() ? null : points.get(points.size() - 1);
    double way =
        before == null
            ? 2
            : point.falsePositiveRate()
                - before.falsePositiveRate()
                + point.recall()
                - before.recall();
    if (last || way * (MOST_POINTS - 2) >= 2) {
      points.add(point);
    }
  }
}
