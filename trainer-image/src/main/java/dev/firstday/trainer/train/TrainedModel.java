package dev.firstday.trainer.train;

import dev.firstday.api.TrainingJobSpec.MetricName;
import dev.firstday.contract.Run;
import dev.firstday.sdk.artefact.Artefact;
import dev.firstday.sdk.evaluation.Evaluation;
import dev.firstday.sdk.evaluation.Gates;
import dev.firstday.sdk.evaluation.Yardsticks;
import java.io.PrintStream;

/**
 * What a run has learnt, judged and not recorded.
 *
 * @param evaluation without what lies behind its metrics, which takes longer
 */
record TrainedModel(
    Run.Train run,
    Splits splits,
    ModelSource source,
    Prepared prepared,
    Rivals rivals,
    Training.Outcome outcome,
    Judgement judgement,
    Evaluation evaluation) {

  /**
   * @param progress gets a line for what there is, what is to be beaten, and what it came to
   */
  static TrainedModel learn(
      Run.Train run,
      Splits splits,
      ModelSource source,
      Prepared prepared,
      Checkpoints checkpoints,
      Watcher watcher,
      PrintStream progress) {
    progress.printf(
        "%,d training and %,d validation rows, %,d inputs, %,d weights%n",
        prepared.training().rows(),
        prepared.validation().rows(),
        prepared.features().width(),
        prepared.network().numParams());
    Rivals rivals = Rivals.fit(prepared, run.seed());
    announce(run, rivals.yardsticks(), progress);
    Training.Outcome outcome =
        new Training(run.epochs(), run.batchSize(), run.seed(), prepared.patience())
            .run(
                prepared.network(),
                prepared.training(),
                prepared.validation(),
                checkpoints,
                watcher);
    Judgement judgement = Judgement.of(prepared, run.seed());
    Evaluation evaluation = judgement.verdict(outcome, rivals, run.gates());
    progress.printf(
        "%s; the best constant: %s%n", evaluation.headline(), evaluation.baselineHeadline());
    return new TrainedModel(run, splits, source, prepared, rivals, outcome, judgement, evaluation);
  }

  /** The evaluation with all that lies behind it. */
  Evaluation whole() {
    return evaluation.with(judgement.details(outcome, rivals));
  }

  Artefact artefact(Evaluation whole, Toolchain toolchain) {
    return Packaging.artefact(
        run, splits.manifest(), source, prepared, outcome, rivals.constants(), whole, toolchain);
  }

  /** What is to be beaten is known before any time is spent on it. */
  private static void announce(Run.Train run, Yardsticks yardsticks, PrintStream progress) {
    MetricName metric = run.gates().get(0).metric();
    progress.printf(
        "to beat: %s of the best constant, %s of a linear model%n",
        Gates.headline(metric, yardsticks.baseline().get(metric)),
        Gates.headline(metric, yardsticks.linear().get(metric)));
  }
}
