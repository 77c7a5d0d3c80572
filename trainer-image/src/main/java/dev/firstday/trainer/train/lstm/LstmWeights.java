package dev.firstday.trainer.train.lstm;

import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What an LSTM has learnt, or the gradient of it: of each gate one piece of memory.
 *
 * @param inputs matrices, unit after unit with all of its inputs
 * @param recurrent matrices, unit after unit with all units of the step before
 * @param biases unit after unit
 */
record LstmWeights(
    List<FloatPointer> inputs, List<FloatPointer> recurrent, List<FloatPointer> biases) {
  /** In DL4J's order: the cell's input, forgetting, output, input. */
  static final int GATES = 4;

  /**
   * A view of DL4J's arrays, which lie column after column in memory.
   *
   * @param inputs [inputs, 4 x units]
   * @param recurrent [units, 4 x units]
   * @param biases [1, 4 x units]
   */
  static LstmWeights of(INDArray inputs, INDArray recurrent, INDArray biases) {
    return new LstmWeights(gates(inputs), gates(recurrent), gates(biases));
  }

  /** Whether {@link #of} can look at it. */
  static boolean isByColumn(INDArray array) {
    return array.rank() == 1 || array.size(0) == 1
        ? array.stride(array.rank() - 1) == 1
        : array.stride(0) == 1 && array.stride(1) == array.size(0);
  }

  private static List<FloatPointer> gates(INDArray array) {
    return gates(Sequences.memory(array, array.length()), array.length() / GATES);
  }

  /** The memory divided into pieces of a length. */
  static List<FloatPointer> gates(FloatPointer memory, long each) {
    return IntStream.range(0, GATES)
        .mapToObj(gate -> memory.getPointer(gate * each).capacity(each))
        .toList();
  }
}
