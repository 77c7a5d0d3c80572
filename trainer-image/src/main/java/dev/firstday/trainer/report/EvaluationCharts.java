package dev.firstday.trainer.report;

import dev.firstday.sdk.evaluation.Calibration;
import dev.firstday.sdk.evaluation.LossCurve;
import dev.firstday.sdk.evaluation.RankCurve;
import dev.firstday.trainer.report.Chart.Line;
import dev.firstday.trainer.report.Chart.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What of an evaluation is drawn. */
final class EvaluationCharts {
  private static final List<double[]> DIAGONAL = List.of(new double[] {0, 0}, new double[] {1, 1});

  private EvaluationCharts() {}

  /** ROC, and precision and recall, of each curve. */
  static List<Chart> ranks(List<RankCurve> curves) {
    List<Chart> charts = new ArrayList<>();
    for (RankCurve curve : curves) {
      charts.add(
          new Chart(
              "ROC: " + curve.of(),
              "false positive rate",
              "recall",
              Range.SHARE,
              Range.SHARE,
              List.of(
                  new Line("chance", "chance", DIAGONAL, false),
                  new Line(
                      "model",
                      "model",
                      Stream.concat(
                              Stream.of(new double[] {0, 0}),
                              curve.points().stream()
                                  .map(p -> new double[] {p.falsePositiveRate(), p.recall()}))
                          .toList(),
                      false))));
      charts.add(
          new Chart(
              "Precision and recall: " + curve.of(),
              "recall (average precision " + Figures.number(curve.averagePrecision()) + ")",
              "precision",
              Range.SHARE,
              Range.SHARE,
              List.of(
                  new Line(
                      "model",
                      "model",
                      curve.points().stream()
                          .map(p -> new double[] {p.recall(), p.precision()})
                          .toList(),
                      false))));
    }
    return charts;
  }

  static Chart calibration(Calibration calibration) {
    List<Double> values =
        calibration.bins().stream()
            .flatMap(bin -> Stream.of(bin.predicted(), bin.observed()))
            .toList();
    Range range = Range.of(values);
    return new Chart(
        "Calibration: off by " + Figures.number(calibration.error()) + " on average",
        "answered",
        "observed",
        range,
        range,
        List.of(
            new Line(
                "as said",
                "chance",
                List.of(
                    new double[] {range.from(), range.from()},
                    new double[] {range.to(), range.to()}),
                false),
            new Line(
                "model",
                "model",
                calibration.bins().stream()
                    .map(bin -> new double[] {bin.predicted(), bin.observed()})
                    .toList(),
                true)));
  }

  static Chart loss(LossCurve curve) {
    List<LossCurve.Point> points = curve.points();
    return new Chart(
        "Loss by epoch: the weights of " + curve.bestEpoch() + " were kept",
        "epoch",
        "loss",
        Range.of(points.stream().map(point -> (double) point.epoch()).toList()),
        Range.of(
            points.stream()
                .flatMap(point -> Stream.of(point.training(), point.validation()))
                .toList()),
        List.of(
            new Line(
                "training",
                "other",
                points.stream().map(p -> new double[] {p.epoch(), p.training()}).toList(),
                false),
            new Line(
                "validation",
                "model",
                points.stream().map(p -> new double[] {p.epoch(), p.validation()}).toList(),
                points.size() == 1)));
  }
}
