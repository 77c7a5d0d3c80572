package dev.firstday.trainer.train;

import dev.firstday.api.TrainingJobSpec.Gate;
import dev.firstday.sdk.artefact.Predictor;
import dev.firstday.sdk.evaluation.Bootstrap;
import dev.firstday.sdk.evaluation.Details;
import dev.firstday.sdk.evaluation.Evaluation;
import dev.firstday.sdk.evaluation.LossCurve;
import java.util.List;

/**
 * Looks at what a trained network answers to the validation split.
 *
 * @param answers for each row the task's outputs
 * @param bootstrap how much its metrics may owe to chance
 */
record Judgement(Prepared prepared, double[][] answers, Bootstrap bootstrap) {
  static Judgement of(Prepared prepared, long seed) {
    double[][] answers =
        Training.answers(new Predictor(prepared.network(), prepared.task()), prepared.validation());
    return new Judgement(
        prepared,
        answers,
        Bootstrap.of(prepared.task(), answers, prepared.validation().labels(), seed));
  }

  /** Whether it may be recorded. */
  Evaluation verdict(Training.Outcome outcome, Rivals rivals, List<Gate> gates) {
    return Evaluation.of(
        prepared.validation().rows(),
        outcome.metrics(),
        bootstrap.intervals(),
        rivals.yardsticks(),
        gates);
  }

  /** All that its version says of it. */
  Details details(Training.Outcome outcome, Rivals rivals) {
    return Details.of(
        prepared.task(),
        answers,
        prepared.validation().labels(),
        bootstrap,
        new Details.LinearFit(rivals.linear().rows(), rivals.linear().passes()),
        LossCurve.of(outcome.curve(), outcome.bestEpoch()));
  }
}
