package dev.firstday.trainer.train;

import dev.firstday.sdk.evaluation.Baseline;
import dev.firstday.sdk.evaluation.Metrics;
import dev.firstday.sdk.evaluation.Yardsticks;
import dev.firstday.sdk.model.NetworkBuilder;
import dev.firstday.trainer.train.linear.LinearModel;

/**
 * The models that need no training, and that the network has to be better than.
 *
 * @param constants the best ones
 * @param linear of the same inputs
 * @param yardsticks how they score on the validation split
 */
record Rivals(Baseline constants, LinearModel linear, Yardsticks yardsticks) {
  /** Fitted to the training split. */
  static Rivals fit(Prepared prepared, long seed) {
    Baseline constants =
        Baseline.fit(
            prepared.task(),
            prepared.training().labels(),
            NetworkBuilder.hasAbsoluteError(prepared.network()));
    LinearModel linear = LinearModel.fit(prepared.training(), seed);
    TrainingRows validation = prepared.validation();
    return new Rivals(
        constants,
        linear,
        new Yardsticks(
            constants.score(prepared.task(), validation.labels()),
            Metrics.of(
                prepared.task(), linear.predict(validation.features()), validation.labels())));
  }
}
