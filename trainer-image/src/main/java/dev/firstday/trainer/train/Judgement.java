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
 * @param forward asks the network
 * @param answers for each row the task's outputs
 * @param bootstrap how much its metrics may owe to chance
 * @param seed of what is drawn
 */
record Judgement(
    Prepared prepared, Forward forward, double[][] answers, Bootstrap bootstrap, long seed) {
  static Judgement of(Prepared prepared, long seed) {
    Forward forward =
        new Forward(
            new Predictor(prepared.network(), prepared.task(), prepared.features().width()),
            prepared.validation().features());
    double[][] answers = forward.answers();
    return new Judgement(
        prepared,
        forward,
        answers,
        Bootstrap.of(prepared.task(), answers, prepared.validation().labels(), seed),
        seed);
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
    double[] labels = prepared.validation().labels();
    MetricName metric =
        RowLosses.metric(prepared.task(), NetworkBuilder.hasAbsoluteError(prepared.network()));
    List<String> inputs =
        prepared.features().columns().stream().map(Features.InputColumn::name).distinct().toList();
    return Details.of(
        prepared.task(),
        answers,
        labels,
        bootstrap,
        new Details.LinearFit(rivals.linear().rows(), rivals.linear().passes()),
        LossCurve.of(outcome.curve(), outcome.bestEpoch()),
        Slices.of(
            Slices.Scored.of(prepared.task(), metric, answers, labels, rivals.constants()),
            prepared.validationColumns(),
            prepared.slices(),
            inputs),
        new Shuffles(prepared.task(), metric, forward, labels, inputs.size(), seed).of(inputs));
  }
}
