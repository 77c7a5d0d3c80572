package dev.firstday.trainer.train.dense;

import java.util.Optional;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMAE;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/** Losses with the activation of the output layer that goes with each, as DL4J defines them. */
interface OutputLoss {
  /**
   * @param sums of one row's outputs; afterwards the loss's slope at each
   * @param targets of all rows
   * @param from the row's first place in both
   * @param outputs a row
   * @return the row's loss
   */
  double apply(float[] sums, float[] targets, int from, int outputs);

  /** Empty for a pair that is not known here. */
  static Optional<OutputLoss> of(OutputLayer layer) {
    ILossFunction loss = layer.getLossFn();
    IActivation activation = layer.getActivationFn();
    if (loss.getClass() == LossBinaryXENT.class
        && activation instanceof ActivationSigmoid
        && ((LossBinaryXENT) loss).getWeights() == null) {
      double least = ((LossBinaryXENT) loss).getClipEps();
      return Optional.of(
          (sums, targets, from, outputs) -> binary(sums, targets, from, outputs, least));
    }
    if (loss.getClass() == LossMCXENT.class
        && activation instanceof ActivationSoftmax
        && ((LossMCXENT) loss).getWeights() == null) {
      double least = ((LossMCXENT) loss).getSoftmaxClipEps();
      return Optional.of(
          (sums, targets, from, outputs) -> classes(sums, targets, from, outputs, least));
    }
    if (loss.getClass() == LossMSE.class
        && activation instanceof ActivationIdentity
        && ((LossMSE) loss).getWeights() == null) {
      return Optional.of(OutputLoss::squared);
    }
    if (loss.getClass() == LossMAE.class
        && activation instanceof ActivationIdentity
        && ((LossMAE) loss).getWeights() == null) {
      return Optional.of(OutputLoss::absolute);
    }
    return Optional.empty();
  }

  private static double binary(float[] sums, float[] targets, int from, int outputs, double least) {
    double loss = 0;
    for (int i = from; i < from + outputs; i++) {
      double answer = 1 / (1 + Math.exp(-sums[i]));
      double clipped = Math.min(Math.max(answer, least), 1 - least);
      double target = targets[i];
      loss -= target * Math.log(clipped) + (1 - target) * Math.log(1 - clipped);
      sums[i] = (float) ((clipped - target) / (clipped * (1 - clipped)) * answer * (1 - answer));
    }
    return loss;
  }

  private static double classes(
      float[] sums, float[] targets, int from, int outputs, double least) {
    double greatest = Double.NEGATIVE_INFINITY;
    for (int i = from; i < from + outputs; i++) {
      greatest = Math.max(greatest, sums[i]);
    }
    double all = 0;
    for (int i = from; i < from + outputs; i++) {
      all += Math.exp(sums[i] - greatest);
    }
    double loss = 0;
    for (int i = from; i < from + outputs; i++) {
      double answer = Math.exp(sums[i] - greatest) / all;
      loss -= targets[i] * Math.log(Math.min(Math.max(answer, least), 1 - least));
      sums[i] = (float) (answer - targets[i]);
    }
    return loss;
  }

  private static double squared(float[] sums, float[] targets, int from, int outputs) {
    double loss = 0;
    for (int i = from; i < from + outputs; i++) {
      double error = sums[i] - targets[i];
      loss += error * error / outputs;
      sums[i] = (float) (2 * error / outputs);
    }
    return loss;
  }

  private static double absolute(float[] sums, float[] targets, int from, int outputs) {
    double loss = 0;
    for (int i = from; i < from + outputs; i++) {
      double error = sums[i] - targets[i];
      loss += Math.abs(error) / outputs;
      sums[i] = (float) (Math.signum(error) / outputs);
    }
    return loss;
  }
}
