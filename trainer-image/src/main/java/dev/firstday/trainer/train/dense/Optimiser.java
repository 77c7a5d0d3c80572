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

  /**
   * A step.
   *
   * @param iteration the step's number, counted from 1
   * @param epoch counted from 1
   */
  Step step(int iteration, int epoch);

  /** One step, for any part of the weights. */
  interface Step {
    /**
     * @param moments of the weights, an array for each kind
     * @param from first place, in all arrays
     * @param to behind the last place
     */
    void move(float[] weights, float[] gradient, float[][] moments, int from, int to);
  }

  /** How large a step is; DL4J counts both from 0. */
  interface Rate {
    double at(int iteration, int epoch);
  }

  /** Empty for an updater that is not known here. */
  static Optional<Optimiser> of(IUpdater updater) {
    if (updater.getClass() == Adam.class) {
      return Optional.of(new OfAdam((Adam) updater));
    }
    if (updater.getClass() == Sgd.class) {
      return Optional.of(new OfSgd(updater::getLearningRate));
    }
    if (updater.getClass() == Nesterovs.class
        && ((Nesterovs) updater).getMomentumISchedule() == null) {
      return Optional.of(new OfNesterovs((Nesterovs) updater));
    }
    if (updater.getClass() == RmsProp.class) {
      return Optional.of(new OfRmsProp((RmsProp) updater));
    }
    return Optional.empty();
  }

  /** Plain descent. */
  record OfSgd(Rate rate) implements Optimiser {
    @Override
    public int moments() {
      return 0;
    }

    @Override
    public Step step(int iteration, int epoch) {
      float present = (float) rate.at(iteration - 1, epoch - 1);
      return (weights, gradient, moments, from, to) ->
          descend(weights, gradient, present, from, to);
    }
  }

  /** Nesterov's momentum as Sutskever et al. 2013 write it. */
  record OfNesterovs(Rate rate, float momentum) implements Optimiser {
    OfNesterovs(Nesterovs updater) {
      this(updater::getLearningRate, (float) updater.getMomentum());
    }

    @Override
    public int moments() {
      return 1;
    }

    @Override
    public Step step(int iteration, int epoch) {
      float present = (float) rate.at(iteration - 1, epoch - 1);
      return (weights, gradient, moments, from, to) ->
          accelerate(weights, gradient, moments[0], present, momentum, from, to);
    }
  }

  private static void descend(float[] weights, float[] gradient, float rate, int from, int to) {
    for (int i = from; i < to; i++) {
      weights[i] -= rate * gradient[i];
    }
  }

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
  record OfRmsProp(Rate rate, float decay, float epsilon) implements Optimiser {
    OfRmsProp(RmsProp updater) {
      this(updater::getLearningRate, (float) updater.getRmsDecay(), (float) updater.getEpsilon());
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
    public Step step(int iteration, int epoch) {
      float present = (float) rate.at(iteration - 1, epoch - 1);
      return (weights, gradient, moments, from, to) ->
          move(weights, gradient, moments[0], present, from, to);
    }

    private void move(
        float[] weights, float[] gradient, float[] squares, float present, int from, int to) {
      for (int i = from; i < to; i++) {
        squares[i] = decay * squares[i] + (1 - decay) * gradient[i] * gradient[i];
        weights[i] -= present * gradient[i] / ((float) Math.sqrt(squares[i]) + epsilon);
      }
    }
  }

  /** Kingma and Ba 2015. */
  record OfAdam(Rate rate, double beta1, double beta2, float epsilon) implements Optimiser {
    OfAdam(Adam updater) {
      this(
          updater::getLearningRate,
          updater.getBeta1(),
          updater.getBeta2(),
          (float) updater.getEpsilon());
    }

    @Override
    public int moments() {
      return 2;
    }

    @Override
    public Step step(int iteration, int epoch) {
      double present = rate.at(iteration - 1, epoch - 1);
      float corrected =
          (float)
              (present
                  * Math.sqrt(1 - Math.pow(beta2, iteration))
                  / (1 - Math.pow(beta1, iteration)));
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
