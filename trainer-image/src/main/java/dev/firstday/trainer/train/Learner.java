package dev.firstday.trainer.train;

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A network that learns. The next step depends on the {@link State}, the batch, epoch and number of
 * the step, and on nothing else, so that training goes on elsewhere as if it had never been cut
 * off.
 */
public interface Learner extends AutoCloseable {
  /**
   * What learning has changed.
   *
   * @param weights all of them, in DL4J's order
   * @param updater what the optimiser keeps, in an order of the learner's own; empty when nothing
   * @param iterations steps so far, by which Adam weighs its moments
   */
  record State(float[] weights, float[] updater, int iterations) {}

  /** Tells the network which epoch begins, counted from 1, for rates that are scheduled by it. */
  void beginEpoch(int epoch);

  /**
   * One step of the optimiser.
   *
   * @param number of the step in its epoch, counted from 1
   * @return the batch's loss before it, with penalties
   */
  double step(int epoch, int number, Batch batch);

  /** Gives the network the weights as they are now, where it does not share them anyway. */
  void publish();

  State state();

  float[] weights();

  void restore(State state);

  /** Gives learner and network these weights. */
  void restoreWeights(float[] weights);

  @Override
  void close();

  /** The seed of what a step leaves to chance. */
  static long stepSeed(long seed, int epoch, int number) {
    return (seed * 1_000_003 + epoch) * 1_000_003 + number;
  }

  /**
   * Gives a network its weights.
   *
   * @param weights all of them, in DL4J's order
   */
  static void setWeights(ComputationGraph network, float[] weights) {
    try (INDArray all = Nd4j.createFromArray(weights)) {
      network.setParams(all.reshape(1, weights.length));
    }
  }
}
