package dev.firstday.trainer.train.dense;

import java.util.Optional;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;

/** Moves weights against their gradient, as ND4J's updater of the same name does. */
interface Optimiser {
  /** How many numbers it keeps for each weight. */
  int moments();

  /** What each of them is before the first step. */
  default float initial() {
    return 0;
  }

  /** The step with that number, counted from 1. */
  Step step(int iteration);

  /** One step, for any part of the weights. */
  interface Step {
    /**
     * @param moments of the weights, an array for each kind
     * @param from first place, in all arrays
     * @param to behind the last place
     */
    void move(float[] weights, float[] gradient, float[][] moments, int from, int to);
  }

  /** Empty for an updater that is not known here, or has a rate that changes. */
  static Optional<Optimiser> of(IUpdater updater) {
    if (updater.getClass() == Adam.class && ((Adam) updater).getLearningRateSchedule() == null) {
      return Optional.of(new OfAdam((Adam) updater));
    }
    if (updater.getClass() == Sgd.class && ((Sgd) updater).getLearningRateSchedule() == null) {
      float rate = (float) ((Sgd) updater).getLearningRate();
      return Optional.of(
          constant(
              0,
              (weights, gradient, moments, from, to) ->
                  descend(weights, gradient, rate, from, to)));
    }
    if (updater.getClass() == Nesterovs.class
        && ((Nesterovs) updater).getLearningRateSchedule() == null
        && ((Nesterovs) updater).getMomentumISchedule() == null) {
      float rate = (float) ((Nesterovs) updater).getLearningRate();
      float momentum = (float) ((Nesterovs) updater).getMomentum();
      return Optional.of(
          constant(
              1,
              (weights, gradient, moments, from, to) ->
                  accelerate(weights, gradient, moments[0], rate, momentum, from, to)));
    }
    if (updater.getClass() == RmsProp.class
        && ((RmsProp) updater).getLearningRateSchedule() == null) {
      return Optional.of(new OfRmsProp((RmsProp) updater));
    }
    return Optional.empty();
  }

  /** One whose steps are all alike. */
  private static Optimiser constant(int moments, Step step) {
    return new Optimiser() {
      @Override
      public int moments() {
        return moments;
      }

      @Override
      public Step step(int iteration) {
        return step;
      }
    };
  }

  private static void descend(float[] weights, float[] gradient, float rate, int from, int to) {
    for (int i = from; i < to; i++) {
      weights[i] -= rate * gradient[i];
    }
  }

  /** Nesterov's momentum as Sutskever et al. 2013 write it. */
  private static void accelerate(
      float[] weights,
      float[] gradient,
      float[] velocity,
      float rate,
      float momentum,
      int from,
      int to) {
    for (int i = from; i < to; i++) {
      float before = velocity[i];
      velocity[i] = momentum * before - rate * gradient[i];
      weights[i] -= momentum * before - (1 + momentum) * velocity[i];
    }
  }

  /** Tieleman and Hinton 2012; ND4J's mean of squares begins at epsilon. */
  record OfRmsProp(float rate, float decay, float epsilon) implements Optimiser, Step {
    OfRmsProp(RmsProp updater) {
      this(
          (float) updater.getLearningRate(),
          (float) updater.getRmsDecay(),
          (float) updater.getEpsilon());
    }

    @Override
    public int moments() {
      return 1;
    }

    @Override
    public float initial() {
      return epsilon;
    }

    @Override
    public Step step(int iteration) {
      return this;
    }

    @Override
    public void move(float[] weights, float[] gradient, float[][] moments, int from, int to) {
      float[] squares = moments[0];
      for (int i = from; i < to; i++) {
        squares[i] = decay * squares[i] + (1 - decay) * gradient[i] * gradient[i];
        weights[i] -= rate * gradient[i] / ((float) Math.sqrt(squares[i]) + epsilon);
      }
    }
  }

  /** Kingma and Ba 2015. */
  record OfAdam(double rate, double beta1, double beta2, float epsilon) implements Optimiser {
    OfAdam(Adam updater) {
      this(
          updater.getLearningRate(),
          updater.getBeta1(),
          updater.getBeta2(),
          (float) updater.getEpsilon());
    }

    @Override
    public int moments() {
      return 2;
    }

    @Override
    public Step step(int iteration) {
      float corrected =
          (float)
              (rate * Math.sqrt(1 - Math.pow(beta2, iteration)) / (1 - Math.pow(beta1, iteration)));
      float first = (float) beta1;
      float second = (float) beta2;
      return (weights, gradient, moments, from, to) ->
          move(weights, gradient, moments[0], moments[1], corrected, first, second, from, to);
    }

    private void move(
        float[] weights,
        float[] gradient,
        float[] means,
        float[] squares,
        float corrected,
        float first,
        float second,
        int from,
        int to) {
      for (int i = from; i < to; i++) {
        float slope = gradient[i];
        means[i] = first * means[i] + (1 - first) * slope;
        squares[i] = second * squares[i] + (1 - second) * slope * slope;
        weights[i] -= corrected * means[i] / ((float) Math.sqrt(squares[i]) + epsilon);
      }
    }
  }
}
