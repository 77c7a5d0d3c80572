package dev.firstday.trainer.train;

import dev.firstday.trainer.train.dense.DenseLearner;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner.ExecutionerType;
import org.nd4j.linalg.factory.Nd4j;

/** Which learner a network gets. */
final class Learners {
  private Learners() {}

  /**
   * The one in Java for networks of dense layers, which are small enough that DL4J would spend most
   * of its time on the calls of its operations; DL4J's own for all others, and for all where it
   * computes on GPUs, which only it can use.
   *
   * @param seed of dropout
   */
  static Learner of(ComputationGraph network, long seed) {
    Optional<DenseLearner> dense =
        Nd4j.getExecutioner().type() == ExecutionerType.NATIVE_CPU
            ? DenseLearner.of(network, seed, Runtime.getRuntime().availableProcessors())
            : Optional.empty();
    return dense.isPresent() ? dense.get() : new Dl4jLearner(network, seed);
  }
}
