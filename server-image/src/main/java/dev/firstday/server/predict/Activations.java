package dev.firstday.server.predict;

import java.util.Optional;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationGELU;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSELU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.activations.impl.ActivationTanH;

/** DL4J's activations in Java. */
final class Activations {
  /** Klambauer et al. 2017, Self-Normalizing Neural Networks. */
  private static final double SELU_SCALE = 1.0507009873554805;

  private static final double SELU_ALPHA = 1.6732632423543772;

  /** Hendrycks and Gimpel 2016: the normal distribution as a logistic one. */
  private static final double GELU_SLOPE = 1.702;

  private Activations() {}

  /** Works on one row of sums, in place. */
  interface Function {
    void apply(float[] values, int from, int to);
  }

  /** An activation that looks at one sum only. */
  private interface Elementwise extends Function {
    double of(double sum);

    @Override
    default void apply(float[] values, int from, int to) {
      for (int i = from; i < to; i++) {
        values[i] = (float) of(values[i]);
      }
    }
  }

  static Optional<Function> of(IActivation activation) {
    if (activation instanceof ActivationReLU) {
      return Optional.of(Activations::relu);
    }
    if (activation instanceof ActivationIdentity) {
      return Optional.of((values, from, to) -> {});
    }
    if (activation instanceof ActivationSoftmax) {
      return Optional.of(Activations::softmax);
    }
    return elementwise(activation).map(Function.class::cast);
  }

  private static Optional<Elementwise> elementwise(IActivation activation) {
    if (activation instanceof ActivationSigmoid) {
      return Optional.of(Activations::sigmoid);
    }
    if (activation instanceof ActivationTanH) {
      return Optional.of(Math::tanh);
    }
    if (activation instanceof ActivationLReLU leaky) {
      double alpha = leaky.getAlpha();
      return Optional.of(sum -> sum < 0 ? alpha * sum : sum);
    }
    if (activation instanceof ActivationELU elu) {
      double alpha = elu.getAlpha();
      return Optional.of(sum -> sum < 0 ? alpha * Math.expm1(sum) : sum);
    }
    if (activation instanceof ActivationSELU) {
      return Optional.of(sum -> SELU_SCALE * (sum < 0 ? SELU_ALPHA * Math.expm1(sum) : sum));
    }
    if (activation instanceof ActivationGELU gelu && !gelu.isPrecise()) {
      return Optional.of(sum -> sum * sigmoid(GELU_SLOPE * sum));
    }
    return Optional.empty();
  }

  private static void relu(float[] values, int from, int to) {
    for (int i = from; i < to; i++) {
      values[i] = Math.max(0, values[i]);
    }
  }

  private static double sigmoid(double sum) {
    return 1 / (1 + Math.exp(-sum));
  }

  private static void softmax(float[] values, int from, int to) {
    float greatest = Float.NEGATIVE_INFINITY;
    for (int i = from; i < to; i++) {
      greatest = Math.max(greatest, values[i]);
    }
    double sum = 0;
    for (int i = from; i < to; i++) {
      values[i] = (float) Math.exp(values[i] - greatest);
      sum += values[i];
    }
    for (int i = from; i < to; i++) {
      values[i] = (float) (values[i] / sum);
    }
  }
}
