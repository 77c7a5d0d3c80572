package dev.firstday.sdk.model;

import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
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
public final class Activations {
  /** Klambauer et al. 2017, Self-Normalizing Neural Networks. */
  private static final double SELU_SCALE = 1.0507009873554805;

  private static final double SELU_ALPHA = 1.6732632423543772;

  /** Hendrycks and Gimpel 2016: the normal distribution as a logistic one. */
  private static final double GELU_SLOPE = 1.702;

  private Activations() {}

  /** Works on one row of sums, in place. */
  public interface Function {
    void apply(float[] values, int from, int to);
  }

  /** How an activation answers to a small change of a sum. */
  public interface Slope {
    /** Multiplies the first numbers of {@code changes} by the slope at the sum beside each. */
    void multiply(float[] sums, float[] changes, int count);
  }

  /** An activation that looks at one sum only, with its derivative. */
  private record Elementwise(DoubleUnaryOperator value, DoubleUnaryOperator derivative)
      implements Function, Slope {
    @Override
    public void apply(float[] values, int from, int to) {
      for (int i = from; i < to; i++) {
        values[i] = (float) value.applyAsDouble(values[i]);
      }
    }

    @Override
    public void multiply(float[] sums, float[] changes, int count) {
      for (int i = 0; i < count; i++) {
        changes[i] *= (float) derivative.applyAsDouble(sums[i]);
      }
    }
  }

  /** What the activation does to sums; empty for one that is not known here. */
  public static Optional<Function> of(IActivation activation) {
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

  /** Its slope; empty for one that is not known here, or whose answer hangs on several sums. */
  public static Optional<Slope> slope(IActivation activation) {
    if (activation instanceof ActivationReLU) {
      return Optional.of(Activations::cut);
    }
    if (activation instanceof ActivationIdentity) {
      return Optional.of((sums, changes, count) -> {});
    }
    return elementwise(activation).map(Slope.class::cast);
  }

  private static Optional<Elementwise> elementwise(IActivation activation) {
    if (activation instanceof ActivationSigmoid) {
      return Optional.of(
          new Elementwise(Activations::sigmoid, sum -> sigmoid(sum) * (1 - sigmoid(sum))));
    }
    if (activation instanceof ActivationTanH) {
      return Optional.of(new Elementwise(Math::tanh, sum -> 1 - Math.tanh(sum) * Math.tanh(sum)));
    }
    if (activation instanceof ActivationLReLU leaky) {
      double alpha = leaky.getAlpha();
      return Optional.of(
          new Elementwise(sum -> sum < 0 ? alpha * sum : sum, sum -> sum < 0 ? alpha : 1));
    }
    if (activation instanceof ActivationELU elu) {
      double alpha = elu.getAlpha();
      return Optional.of(
          new Elementwise(
              sum -> sum < 0 ? alpha * Math.expm1(sum) : sum,
              sum -> sum < 0 ? alpha * Math.exp(sum) : 1));
    }
    if (activation instanceof ActivationSELU) {
      return Optional.of(
          new Elementwise(
              sum -> SELU_SCALE * (sum < 0 ? SELU_ALPHA * Math.expm1(sum) : sum),
              sum -> SELU_SCALE * (sum < 0 ? SELU_ALPHA * Math.exp(sum) : 1)));
    }
    if (activation instanceof ActivationGELU gelu && !gelu.isPrecise()) {
      return Optional.of(
          new Elementwise(sum -> sum * sigmoid(GELU_SLOPE * sum), Activations::geluSlope));
    }
    return Optional.empty();
  }

  private static void relu(float[] values, int from, int to) {
    for (int i = from; i < to; i++) {
      values[i] = Math.max(0, values[i]);
    }
  }

  private static void cut(float[] sums, float[] changes, int count) {
    for (int i = 0; i < count; i++) {
      changes[i] = sums[i] > 0 ? changes[i] : 0;
    }
  }

  private static double sigmoid(double sum) {
    return 1 / (1 + Math.exp(-sum));
  }

  private static double geluSlope(double sum) {
    double share = sigmoid(GELU_SLOPE * sum);
    return share * (1 + GELU_SLOPE * sum * (1 - share));
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
