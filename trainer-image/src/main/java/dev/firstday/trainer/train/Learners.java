package dev.firstday.trainer.train;

import dev.firstday.trainer.train.dense.DenseLearner;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** Which learner a network gets. */
final class Learners {
  private Learners() {}

  /**
   * The one in Java for networks of dense layers, which are small enough that DL4J would spend most
   * of its time on the calls of its operations; DL4J's own for all others.
   *
   * @param seed of dropout
   */
  static Learner of(MultiLayerNetwork network, long seed) {
    return DenseLearner.of(network, seed, Runtime.getRuntime().availableProcessors())
        .<Learner>map(learner -> learner)
        .orElseGet(() -> new Dl4jLearner(network, seed));
  }
}
