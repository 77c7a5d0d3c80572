package dev.firstday.trainer.train;

import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * A loss whose rows count differently. DL4J has weights of outputs, which say nothing of a BOOLEAN
 * label, and masks, which multiply an output layer's sums as well and so must be 0 or 1. It stands
 * in a network only while that learns, and is never stored.
 */
final class WeightedLoss implements ILossFunction {
  private static final long serialVersionUID = 1L;

  private final transient ILossFunction loss;
  private transient INDArray weights;

  WeightedLoss(ILossFunction loss) {
    this.loss = loss;
  }

  /** The loss without weights. */
  ILossFunction plain() {
    return loss;
  }

  /** Weights for the next batch, a column. */
  void weigh(INDArray rows) {
    this.weights = rows;
  }

  @Override
  public double computeScore(
      INDArray labels, INDArray sums, IActivation activation, INDArray mask, boolean average) {
    double all = computeScoreArray(labels, sums, activation, mask).sumNumber().doubleValue();
    return average ? all / labels.size(0) : all;
  }

  @Override
  public INDArray computeScoreArray(
      INDArray labels, INDArray sums, IActivation activation, INDArray mask) {
    return loss.computeScoreArray(labels, sums, activation, mask).muliColumnVector(weights);
  }

  @Override
  public INDArray computeGradient(
      INDArray labels, INDArray sums, IActivation activation, INDArray mask) {
    return loss.computeGradient(labels, sums, activation, mask).muliColumnVector(weights);
  }

  @Override
  public Pair<Double, INDArray> computeGradientAndScore(
      INDArray labels, INDArray sums, IActivation activation, INDArray mask, boolean average) {
    return Pair.of(
        computeScore(labels, sums, activation, mask, average),
        computeGradient(labels, sums, activation, mask));
  }

  @Override
  public String name() {
    return "weighted " + loss.name();
  }

  private void writeObject(ObjectOutputStream target) throws IOException {
    throw new NotSerializableException("a loss with weights is never stored");
  }
}
