package dev.firstday.trainer.train.lstm;

import java.util.Map;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.recurrent.FwdPassReturn;
import org.deeplearning4j.nn.layers.recurrent.LSTMHelper;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Computes an LSTM layer for DL4J, which has a place for such a helper and fills it with cuDNN
 * alone: the same arithmetic with few and large calls instead of dozens a step, and one pass
 * forward instead of two.
 */
final class LstmOnBlas implements LSTMHelper, AutoCloseable {
  private final LstmParts parts;

  /** What the parts hold; null when nothing that leads back. */
  private Pass pass;

  LstmOnBlas(ForkJoinPool pool) {
    this.parts = new LstmParts(pool);
  }

  /** A pass forward. */
  private record Pass(INDArray input, LstmWeights weights, FwdPassReturn answer) {}

  @Override
  public boolean checkSupported() {
    return true;
  }

  @Override
  public boolean checkSupported(
      IActivation gates, IActivation activation, boolean hasPeepholeConnections) {
    return gates.getClass() == ActivationSigmoid.class
        && activation.getClass() == ActivationTanH.class
        && !hasPeepholeConnections;
  }

  @Override
  public Map<String, Long> helperMemoryUse() {
    return Map.of();
  }

  /** Null leaves it to DL4J. */
  @Override
  public FwdPassReturn activate(
      Layer layer,
      NeuralNetConfiguration configuration,
      IActivation gateActivation,
      INDArray input,
      INDArray recurrentWeights,
      INDArray inputWeights,
      INDArray biases,
      boolean training,
      INDArray previousOutput,
      INDArray previousCells,
      boolean forBackprop,
      boolean forwards,
      String inputWeightKey,
      INDArray mask,
      boolean hasPeepholeConnections,
      LayerWorkspaceMgr workspaces) {
    if (forBackprop && isOf(input)) {
      return pass.answer();
    }
    pass = null;
    boolean isKnown =
        forwards
            && mask == null
            && input.dataType() == DataType.FLOAT
            && Stream.of(inputWeights, recurrentWeights, biases).allMatch(LstmWeights::isByColumn);
    if (!isKnown) {
      return null;
    }
    LstmWeights weights = LstmWeights.of(inputWeights, recurrentWeights, biases);
    FwdPassReturn answer = new FwdPassReturn();
    answer.fwdPassOutput =
        create(
            workspaces,
            ArrayType.ACTIVATIONS,
            input.size(0),
            recurrentWeights.size(0),
            input.size(2));
    parts.forward(weights, new Sequences(input), new Sequences(answer.fwdPassOutput));
    if (training) {
      pass = new Pass(input, weights, answer);
    }
    return answer;
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(
      NeuralNetConfiguration configuration,
      IActivation gateActivation,
      INDArray input,
      INDArray recurrentWeights,
      INDArray inputWeights,
      INDArray slopes,
      boolean isTruncated,
      int backwardLength,
      FwdPassReturn forward,
      boolean forwards,
      String inputWeightKey,
      String recurrentWeightKey,
      String biasWeightKey,
      Map<String, INDArray> gradients,
      INDArray mask,
      boolean hasPeepholeConnections,
      LayerWorkspaceMgr workspaces) {
    if (!isOf(input)) {
      return null;
    }
    INDArray inputSlopes =
        create(workspaces, ArrayType.ACTIVATION_GRAD, input.size(0), input.size(1), input.size(2));
    INDArray ofInputs = gradients.get(inputWeightKey);
    INDArray ofRecurrent = gradients.get(recurrentWeightKey);
    INDArray ofBiases = gradients.get(biasWeightKey);
    parts.back(
        pass.weights(),
        new Sequences(slopes),
        new Sequences(inputSlopes),
        LstmWeights.of(ofInputs, ofRecurrent, ofBiases));
    pass = null;
    Gradient gradient = new DefaultGradient();
    gradient.gradientForVariable().put(inputWeightKey, ofInputs);
    gradient.gradientForVariable().put(recurrentWeightKey, ofRecurrent);
    gradient.gradientForVariable().put(biasWeightKey, ofBiases);
    return new Pair<>(gradient, inputSlopes);
  }

  private boolean isOf(INDArray input) {
    return pass != null && pass.input() == input;
  }

  /** Step after step in memory. */
  private static INDArray create(
      LayerWorkspaceMgr workspaces, ArrayType type, long rows, long units, long steps) {
    return workspaces.createUninitialized(
        type, DataType.FLOAT, new long[] {rows, units, steps}, 'f');
  }

  @Override
  public void close() {
    parts.close();
  }
}
