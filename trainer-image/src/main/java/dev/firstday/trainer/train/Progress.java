package dev.firstday.trainer.train;

import dev.firstday.api.TrainingJobSpec.MetricName;
import dev.firstday.sdk.evaluation.LossCurve;
import java.util.List;
import java.util.Map;

/**
 * How far training has come, beside what the network itself knows.
 *
 * @param patience the epochs that are over
 * @param steps done of the epoch under way
 * @param lossSum of those steps
 * @param kept weights of the best epoch; empty before the first is over, and when the last epoch is
 *     kept
 * @param keptMetrics of the epoch to keep, on the validation split; empty before the first is over
 * @param curve the loss after each epoch that is over
 */
record Progress(
    Patience patience,
    int steps,
    double lossSum,
    float[] kept,
    Map<MetricName, Double> keptMetrics,
    List<LossCurve.Point> curve) {
  static Progress begin(Patience patience) {
    return new Progress(patience, 0, 0, new float[0], Map.of(), List.of());
  }

  /** The epoch under way, counted from 1. */
  int epoch() {
    return patience.epoch() + 1;
  }

  Progress afterStep(double loss) {
    return new Progress(patience, steps + 1, lossSum + loss, kept, keptMetrics, curve);
  }
}
