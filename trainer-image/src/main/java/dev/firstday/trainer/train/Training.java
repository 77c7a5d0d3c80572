package dev.firstday.trainer.train;

import dev.firstday.api.TrainingJobSpec.MetricName;
import dev.firstday.contract.RunResult.Cure;
import dev.firstday.sdk.RunFailure;
import dev.firstday.sdk.artefact.Predictor;
import dev.firstday.sdk.evaluation.LossCurve;
import dev.firstday.sdk.evaluation.Metrics;
import dev.firstday.sdk.model.NetworkBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * Teaches a network, epoch by epoch, and leaves it with the weights of the epoch to keep.
 *
 * @param epochs at most
 * @param batchSize rows a step
 * @param seed of shuffling and dropout
 * @param patience when to stop
 */
record Training(int epochs, int batchSize, long seed, Patience patience) {
  private static final double NANOS = 1e9;

  /** Labels are scaled, and cross-entropy is the logarithm of the classes at first. */
  private static final double EXPLODED = 1e12;

  /**
   * @param epochs that were run
   * @param bestEpoch the one that was kept, counted from 1
   * @param metrics of the kept weights on the validation split
   * @param curve the loss after each epoch
   */
  record Outcome(
      int epochs, int bestEpoch, Map<MetricName, Double> metrics, List<LossCurve.Point> curve) {}

  /**
   * Goes on where the last checkpoint was made, if there is one, and ends with the same numbers.
   *
   * @throws RunFailure when the loss is no longer a number, or beyond all measure; the message
   *     names epoch and batch
   */
  Outcome run(
      ComputationGraph network,
      TrainingRows training,
      TrainingRows validation,
      Checkpoints checkpoints,
      Watcher watcher) {
    Predictor predictor = new Predictor(network, training.task(), training.features().width());
    try (Learner learner = Learners.of(network, seed);
        BatchFeeder feeder = new BatchFeeder(training, batchSize, seed)) {
      Progress at = resume(learner, checkpoints.last());
      while (at.patience().epoch() < epochs && !at.patience().exhausted()) {
        int skipped = at.steps();
        long begin = System.nanoTime();
        at = learn(learner, feeder, at, checkpoints, watcher);
        double seconds = (System.nanoTime() - begin) / NANOS;
        learner.publish();
        double learnt = training.rows() - (double) skipped * feeder.batchSize();
        Map<MetricName, Double> metrics = evaluate(predictor, validation);
        double loss = at.lossSum() / feeder.batches();
        double validationLoss =
            LossCurve.validation(
                training.task(), NetworkBuilder.hasAbsoluteError(network), metrics);
        Progress after =
            judge(learner, at, metrics, new LossCurve.Point(at.epoch(), loss, validationLoss));
        watcher.epoch(
            new Epoch(
                after.patience().epoch(),
                epochs,
                loss,
                patience.metric(),
                metrics.get(patience.metric()),
                after.patience().lastIsBetter(),
                learnt / seconds));
        at = after;
      }
      if (!at.patience().lastIsBest()) {
        learner.restoreWeights(at.kept());
      }
      return new Outcome(
          at.patience().epoch(), at.patience().bestEpoch(), at.keptMetrics(), at.curve());
    }
  }

  private Progress resume(Learner learner, Optional<Checkpoint> checkpoint) {
    checkpoint.map(Checkpoint::learner).ifPresent(learner::restore);
    return checkpoint.map(Checkpoint::progress).orElseGet(() -> Progress.begin(patience));
  }

  /** The rest of the epoch under way. */
  private Progress learn(
      Learner learner,
      BatchFeeder feeder,
      Progress from,
      Checkpoints checkpoints,
      Watcher watcher) {
    int epoch = from.epoch();
    learner.beginEpoch(epoch);
    Progress[] at = {from};
    feeder.epoch(
        epoch,
        from.steps(),
        (batch, number) -> {
          double loss = learner.step(epoch, number, batch);
          requireSane(loss, epoch, number);
          at[0] = at[0].afterStep(loss);
          watcher.step(
              new Watcher.Step(epoch, epochs, number, feeder.batches(), batch.rows(), loss));
          checkpoints.afterStep(() -> new Checkpoint(at[0], learner.state()));
        });
    return at[0];
  }

  private static void requireSane(double loss, int epoch, int batch) {
    if (!Double.isFinite(loss)) {
      throw new RunFailure(
          "LossNotFinite",
          "the loss is %s in epoch %d, batch %d: lower the learning rate, or scale the features"
              .formatted(loss, epoch, batch),
          Cure.FIX_SPEC);
    }
    if (loss > EXPLODED) {
      throw new RunFailure(
          "LossExploded",
          "the loss is %.3g in epoch %d, batch %d, and about 1 is what a constant has: lower the learning rate"
              .formatted(loss, epoch, batch),
          Cure.FIX_SPEC);
    }
  }

  /** After the epoch, with its metrics on the validation split. */
  private static Progress judge(
      Learner learner, Progress at, Map<MetricName, Double> metrics, LossCurve.Point point) {
    List<LossCurve.Point> curve = Stream.concat(at.curve().stream(), Stream.of(point)).toList();
    Patience after = at.patience().after(metrics.get(at.patience().metric()));
    if (!after.lastIsBest()) {
      return new Progress(after, 0, 0, at.kept(), at.keptMetrics(), curve);
    }
    float[] kept = after.patience() == 0 ? new float[0] : learner.weights();
    return new Progress(after, 0, 0, kept, metrics, curve);
  }

  /** All metrics of the network as it is. */
  static Map<MetricName, Double> evaluate(Predictor predictor, TrainingRows rows) {
    return Metrics.of(
        rows.task(), new Forward(predictor, rows.features()).answers(), rows.labels());
  }
}
