package dev.firstday.sdk.evaluation;

import dev.firstday.api.EvaluationSummary;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Makes of an evaluation what a status has room for: about a kilobyte. */
public final class Summaries {
  private static final MathContext DIGITS = new MathContext(4);
  private static final int MOST_CLASSES = 4;
  private static final int MOST_LABELS = 5;
  private static final int MOST_EPOCHS = 12;
  private static final int MOST_DECLARED = 5;
  private static final int MOST_WORST = 3;
  private static final int MOST_COLUMNS = 6;
  private static final int LONGEST_NAME = 40;
  private static final int TENTHS = 10;

  private Summaries() {}

  /**
   * @param evaluation with its details
   * @param report where the report lies
   */
  public static EvaluationSummary of(Evaluation evaluation, String report) {
    Details details = evaluation.details();
    RankCurve curve = details.curves().size() == 1 ? details.curves().get(0) : null;
    return new EvaluationSummary(
        report,
        evaluation.rows(),
        confusion(details.confusion()),
        labels(details.labels()),
        curve == null ? null : recalls(curve),
        curve == null ? null : precisions(curve),
        calibration(details.calibration()),
        loss(details.loss()),
        slices(details.slices()),
        details.importance().columns().stream()
            .limit(MOST_COLUMNS)
            .map(
                column ->
                    new EvaluationSummary.Importance(cut(column.name()), round(column.worse())))
            .toList());
  }

  private static EvaluationSummary.Confusion confusion(Confusion confusion) {
    if (confusion == null || confusion.classes().size() > MOST_CLASSES) {
      return null;
    }
    return new EvaluationSummary.Confusion(
        confusion.classes().stream().map(Summaries::cut).toList(),
        Arrays.stream(confusion.rows()).flatMapToInt(Arrays::stream).boxed().toList());
  }

  private static List<EvaluationSummary.Label> labels(List<LabelScore> labels) {
    if (labels == null) {
      return null;
    }
    return labels.stream()
        .sorted(Comparator.comparingDouble(LabelScore::auc))
        .limit(MOST_LABELS)
        .map(
            label ->
                new EvaluationSummary.Label(
                    cut(label.label()),
                    label.hits(),
                    label.falseAlarms(),
                    label.misses(),
                    round(label.auc()),
                    round(label.f1())))
        .toList();
  }

  /** On the straight lines between the points. */
  private static List<Double> recalls(RankCurve curve) {
    List<Double> recalls = new ArrayList<>();
    double rate = 0;
    double recall = 0;
    for (RankCurve.Point point : curve.points()) {
      while (recalls.size() < TENTHS - 1
          && point.falsePositiveRate() >= (recalls.size() + 1.0) / TENTHS) {
        double at = (recalls.size() + 1.0) / TENTHS;
        double way = (at - rate) / (point.falsePositiveRate() - rate);
        recalls.add(round(recall + way * (point.recall() - recall)));
      }
      rate = point.falsePositiveRate();
      recall = point.recall();
    }
    return recalls;
  }

  /** At points, not between them: a straight line between two of this curve promises too much. */
  private static List<Double> precisions(RankCurve curve) {
    List<Double> precisions = new ArrayList<>();
    for (RankCurve.Point point : curve.points()) {
      while (precisions.size() < TENTHS && point.recall() >= (precisions.size() + 1.0) / TENTHS) {
        precisions.add(round(point.precision()));
      }
    }
    return precisions;
  }

  private static EvaluationSummary.Calibration calibration(Calibration calibration) {
    return new EvaluationSummary.Calibration(
        round(calibration.error()),
        calibration.bins().stream().map(bin -> round(bin.predicted())).toList(),
        calibration.bins().stream().map(bin -> round(bin.observed())).toList(),
        calibration.bins().stream().map(Calibration.Bin::rows).toList());
  }

  private static EvaluationSummary.Loss loss(LossCurve curve) {
    List<LossCurve.Point> points =
        LossCurve.thinned(curve.points(), curve.bestEpoch(), MOST_EPOCHS);
    return new EvaluationSummary.Loss(
        points.stream().map(LossCurve.Point::epoch).toList(),
        points.stream().map(point -> round(point.training())).toList(),
        points.stream().map(point -> round(point.validation())).toList());
  }

  private static EvaluationSummary.Slices slices(Slices slices) {
    return new EvaluationSummary.Slices(
        slices.metric(),
        round(slices.whole()),
        slices.looked(),
        slices.declared().stream()
            .sorted(Comparator.comparingDouble(Slices.Slice::score).reversed())
            .limit(MOST_DECLARED)
            .map(Summaries::slice)
            .toList(),
        slices.worst().stream().limit(MOST_WORST).map(Summaries::slice).toList());
  }

  private static EvaluationSummary.Slice slice(Slices.Slice slice) {
    return new EvaluationSummary.Slice(
        cut(slice.column() + ": " + slice.value()),
        slice.rows(),
        round(slice.score()),
        slice.lower() == null ? null : round(slice.lower()),
        slice.upper() == null ? null : round(slice.upper()));
  }

  private static Double round(double value) {
    return Double.isFinite(value) ? new BigDecimal(value).round(DIGITS).doubleValue() : null;
  }

  private static String cut(String name) {
    return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 3) + "...";
  }
}
