package dev.firstday.trainer.train;

import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A network that learns. The next step depends on the {@link State}, the batch, seed, epoch and
 * number of the step, and on nothing else, so that training goes on elsewhere as if it had never
 * been cut off.
 */
final class Learner {
  private final MultiLayerNetwork network;
  private final long seed;

  Learner(MultiLayerNetwork network, long seed) {
    this.network = network;
    this.seed = seed;
  }

  /**
   * What learning has changed.
   *
   * @param weights all of them, in the network's order
   * @param updater the optimiser's moments; empty when it has none
   * @param iterations steps so far, by which Adam weighs its moments
   */
  record State(float[] weights, float[] updater, int iterations) {}

  /** Tells the network which epoch begins, for rates that are scheduled by it. */
  void beginEpoch(int epoch) {
    network.setEpochCount(epoch - 1);
  }

  /**
   * One step of the optimiser.
   *
   * @return the batch's loss before it, with penalties
   */
  double step(int epoch, int number, Batch batch) {
    // dropout draws from this generator, whose position cannot be stored
    Nd4j.getRandom().setSeed((seed * 1_000_003 + epoch) * 1_000_003 + number);
    network.fit(batch.features(), batch.labels());
    return network.score();
  }

  State state() {
    INDArray updater = network.getUpdater().getStateViewArray();
    return new State(
        weights(),
        updater == null ? new float[0] : updater.data().asFloat(),
        network.getIterationCount());
  }

  float[] weights() {
    return network.params().data().asFloat();
  }

  /** How many numbers the optimiser keeps. */
  int updaterSize() {
    INDArray updater = network.getUpdater().getStateViewArray();
    return updater == null ? 0 : (int) updater.length();
  }

  void restore(State state) {
    restoreWeights(state.weights());
    if (state.updater().length > 0) {
      try (INDArray updater = Nd4j.createFromArray(state.updater())) {
        network
            .getUpdater()
            .setStateViewArray(network, updater.reshape(1, state.updater().length), false);
      }
    }
    network.setIterationCount(state.iterations());
  }

  void restoreWeights(float[] weights) {
    try (INDArray kept = Nd4j.createFromArray(weights)) {
      network.setParams(kept.reshape(1, weights.length));
    }
  }
}
