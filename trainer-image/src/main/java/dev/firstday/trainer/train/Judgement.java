package dev.firstday.trainer.train;

import dev.firstday.api.TrainingJobSpec.Gate;
import dev.firstday.api.TrainingJobSpec.MetricName;
import dev.firstday.sdk.artefact.Predictor;
import dev.firstday.sdk.evaluation.Bootstrap;
import dev.firstday.sdk.evaluation.Details;
import dev.firstday.sdk.evaluation.Evaluation;
import dev.firstday.sdk.evaluation.LossCurve;
import dev.firstday.sdk.evaluation.RowLosses;
import dev.firstday.sdk.evaluation.Slices;
import dev.firstday.sdk.feature.Features;
import dev.firstday.sdk.model.NetworkBuilder;
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

  private Slices slices(Rivals rivals) {
    MetricName metric =
        RowLosses.metric(prepared.task(), NetworkBuilder.hasAbsoluteError(prepared.network()));
    return Slices.of(
        Slices.Scored.of(
            prepared.task(), metric, answers, prepared.validation().labels(), rivals.constants()),
        prepared.validationTable(),
        prepared.slices(),
        prepared.features().columns().stream().map(Features.InputColumn::name).distinct().toList());
  }

  /** All that its version says of it. */
  Details details(Training.Outcome outcome, Rivals rivals) {
    return Details.of(
        prepared.task(),
        answers,
        prepared.validation().labels(),
        bootstrap,
        new Details.LinearFit(rivals.linear().rows(), rivals.linear().passes()),
        LossCurve.of(outcome.curve(), outcome.bestEpoch()),
        slices(rivals));
  }
}
