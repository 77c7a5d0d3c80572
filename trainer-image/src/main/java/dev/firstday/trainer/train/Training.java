package dev.firstday.trainer.train;

import dev.firstday.api.TrainingJobSpec.MetricName;
import dev.firstday.contract.RunResult.Cure;
import dev.firstday.sdk.RunFailure;
import dev.firstday.sdk.artefact.Predictor;
import dev.firstday.sdk.evaluation.Metrics;
import java.util.Map;
import java.util.function.Consumer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Teaches a network, epoch by epoch, and leaves it with the weights of the epoch to keep.
 *
 * @param epochs at most
 * @param batchSize rows a step
 * @param seed of shuffling and dropout
 * @param patience when to stop
 */
record Training(int epochs, int batchSize, long seed, Patience patience) {
  private static final int VALIDATION_ROWS = 1024;
  private static final double NANOS = 1e9;

  /**
   * @param epochs that were run
   * @param bestEpoch the one that was kept, counted from 1
   * @param metrics of the kept weights on the validation split
   */
  record Outcome(int epochs, int bestEpoch, Map<MetricName, Double> metrics) {}

  /**
   * @param report gets each epoch when it is over
   * @throws RunFailure when the loss is no longer a number; the message names epoch and batch
   */
  Outcome run(
      MultiLayerNetwork network,
      TrainingRows training,
      TrainingRows validation,
      Consumer<Epoch> report) {
    Nd4j.getRandom().setSeed(seed);
    Predictor predictor = new Predictor(network, training.task());
    Patience state = patience;
    float[] kept = {};
    Map<MetricName, Double> keptMetrics = Map.of();
    try (BatchFeeder feeder = new BatchFeeder(training, batchSize, seed)) {
      while (state.epoch() < epochs && !state.exhausted()) {
        int number = state.epoch() + 1;
        long begin = System.nanoTime();
        double loss = learn(network, feeder, number);
        double seconds = (System.nanoTime() - begin) / NANOS;
        Map<MetricName, Double> metrics = evaluate(predictor, validation);
        double value = metrics.get(patience.metric());
        state = state.after(value);
        if (state.lastIsBest()) {
          kept = network.params().data().asFloat();
          keptMetrics = metrics;
        }
        report.accept(
            new Epoch(
                number,
                epochs,
                loss,
                patience.metric(),
                value,
                state.lastIsBetter(),
                training.rows() / seconds));
      }
    }
    if (!state.lastIsBest()) {
      restore(network, kept);
    }
    return new Outcome(state.epoch(), state.bestEpoch(), keptMetrics);
  }

  private static double learn(MultiLayerNetwork network, BatchFeeder feeder, int epoch) {
    double[] sum = new double[1];
    feeder.epoch(
        epoch,
        (batch, number) -> {
          network.fit(batch.features(), batch.labels());
          double loss = network.score();
          if (!Double.isFinite(loss)) {
            throw new RunFailure(
                "LossNotFinite",
                "the loss is %s in epoch %d, batch %d: lower the learning rate, or scale the features"
                    .formatted(loss, epoch, number),
                Cure.FIX_SPEC);
          }
          sum[0] += loss;
        });
    return sum[0] / feeder.batches();
  }

  /** All metrics of the network as it is. */
  static Map<MetricName, Double> evaluate(Predictor predictor, TrainingRows rows) {
    double[][] answers = new double[rows.rows()][];
    int[] order = new int[rows.rows()];
    for (int row = 0; row < order.length; row++) {
      order[row] = row;
    }
    float[] inputs = new float[Math.min(VALIDATION_ROWS, rows.rows()) * rows.features().width()];
    for (int from = 0; from < answers.length; from += VALIDATION_ROWS) {
      int to = Math.min(from + VALIDATION_ROWS, answers.length);
      rows.features().write(order, from, to, inputs);
      System.arraycopy(predictor.predict(inputs, to - from), 0, answers, from, to - from);
    }
    return Metrics.of(rows.task(), answers, rows.labels());
  }

  private static void restore(MultiLayerNetwork network, float[] weights) {
    try (INDArray kept = Nd4j.createFromArray(weights)) {
      network.setParams(kept.reshape(1, weights.length));
    }
  }
}
