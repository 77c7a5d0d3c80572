package dev.firstday.trainer.train;

import dev.firstday.api.TrainingJobSpec.EarlyStopping;
import dev.firstday.api.TrainingJobSpec.MetricName;

/**
 * Which epoch is the best so far, and whether to go on.
 *
 * @param metric what is watched
 * @param patience epochs in a row without improvement after which training stops; 0: never, and the
 *     last epoch counts as the best
 * @param minImprovement what counts as one
 * @param best the best value so far; NaN before the first epoch
 * @param bestEpoch when it was reached, counted from 1
 * @param epoch the last epoch seen
 */
record Patience(
    MetricName metric, int patience, double minImprovement, double best, int bestEpoch, int epoch) {

  /**
   * At the start of training.
   *
   * @param declared null: run all epochs and keep the last
   * @param suggested the metric that goes with the loss
   */
  static Patience start(EarlyStopping declared, MetricName suggested) {
    if (declared == null) {
      return new Patience(suggested, 0, 0, Double.NaN, 0, 0);
    }
    return new Patience(
        declared.metric() == null ? suggested : declared.metric(),
        declared.patience(),
        declared.minImprovement() == null ? 0 : declared.minImprovement(),
        Double.NaN,
        0,
        0);
  }

  /** After another epoch with that value. */
  Patience after(double value) {
    boolean better = patience == 0 || Double.isNaN(best) || improves(value);
    return new Patience(
        metric,
        patience,
        minImprovement,
        better ? value : best,
        better ? epoch + 1 : bestEpoch,
        epoch + 1);
  }

  /** Whether the last epoch is the one to keep. */
  boolean lastIsBest() {
    return bestEpoch == epoch;
  }

  /** Whether the last epoch is kept because it is better than those before. */
  boolean lastIsBetter() {
    return patience > 0 && lastIsBest();
  }

  boolean exhausted() {
    return patience > 0 && epoch - bestEpoch >= patience;
  }

  private boolean improves(double value) {
    double improvement = metric.greaterIsBetter() ? value - best : best - value;
    return improvement > 0 && improvement >= minImprovement;
  }
}
