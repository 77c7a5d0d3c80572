package dev.firstday.trainer.train;

import dev.firstday.trainer.train.dense.DenseLearner;
import dev.firstday.trainer.train.lstm.FastLstms;
import java.util.function.Function;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner.ExecutionerType;
import org.nd4j.linalg.factory.Nd4j;

/** Which learner a network gets. */
final class Learners {
  private Learners() {}

  /**
   * The one in Java for networks of dense layers, which are small enough that DL4J would spend most
   * of its time on the calls of its operations; DL4J's own for all others, with LSTMs in Java for
   * the same reason; and nothing but DL4J's where it computes on GPUs, which only it can use.
   *
   * @param seed of dropout
   */
  static Learner of(ComputationGraph network, long seed) {
    if (Nd4j.getExecutioner().type() != ExecutionerType.NATIVE_CPU) {
      return new Dl4jLearner(network, seed);
    }
    int threads = Runtime.getRuntime().availableProcessors();
    return DenseLearner.of(network, seed, threads)
        .<Learner>map(Function.identity())
        .orElseGet(() -> new Dl4jLearner(network, seed, FastLstms.of(network, threads)));
  }
}
