package dev.firstday.sdk.model;

import dev.firstday.api.Layer;
import dev.firstday.api.Network.Loss;
import dev.firstday.api.Updater;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** What a declaration calls things, in DL4J's words. */
final class Dl4jTerms {
  private static final double ADAM_DEFAULT = 0.001;

  private Dl4jTerms() {}

  /**
   * DL4J drops a layer's inputs, and wants the share that it keeps; 0 means that it drops none. So
   * what a layer's outputs lose is said to the layer above.
   */
  static double kept(double dropped) {
    return dropped == 0 ? 0 : 1 - dropped;
  }

  static IUpdater updater(Updater updater, int epochs) {
    if (updater == null) {
      return new Adam(ADAM_DEFAULT);
    }
    IUpdater made =
        switch (updater.type()) {
          case ADAM -> new Adam(updater.learningRate());
          case SGD -> new Sgd(updater.learningRate());
          case NESTEROVS -> new Nesterovs(updater.learningRate());
          case RMS_PROP -> new RmsProp(updater.learningRate());
        };
    if (updater.schedule() != null) {
      made.setLrAndSchedule(
          Double.NaN, LearningRates.of(updater.learningRate(), updater.schedule(), epochs));
    }
    return made;
  }

  static Activation activation(Layer.Activation activation) {
    return switch (activation) {
      case RELU -> Activation.RELU;
      case LEAKY_RELU -> Activation.LEAKYRELU;
      case ELU -> Activation.ELU;
      case SELU -> Activation.SELU;
      case GELU -> Activation.GELU;
      case TANH -> Activation.TANH;
      case SIGMOID -> Activation.SIGMOID;
      case IDENTITY -> Activation.IDENTITY;
    };
  }

  /**
   * Weights that keep the variance from layer to layer: He et al. 2015 for the rectifiers,
   * Klambauer et al. 2017 for selu, Glorot and Bengio 2010 for the rest.
   */
  static WeightInit weightInit(Layer.Activation activation) {
    return switch (activation) {
      case RELU, LEAKY_RELU, ELU, GELU -> WeightInit.RELU;
      case SELU -> WeightInit.LECUN_NORMAL;
      case TANH, SIGMOID, IDENTITY -> WeightInit.XAVIER;
    };
  }

  static LossFunction lossFunction(Loss loss) {
    return switch (loss) {
      case BINARY_CROSS_ENTROPY -> LossFunction.XENT;
      case CATEGORICAL_CROSS_ENTROPY -> LossFunction.MCXENT;
      case MEAN_SQUARED_ERROR -> LossFunction.MSE;
      case MEAN_ABSOLUTE_ERROR -> LossFunction.MEAN_ABSOLUTE_ERROR;
    };
  }

  static Activation outputActivation(Loss loss) {
    return switch (loss) {
      case BINARY_CROSS_ENTROPY -> Activation.SIGMOID;
      case CATEGORICAL_CROSS_ENTROPY -> Activation.SOFTMAX;
      case MEAN_SQUARED_ERROR, MEAN_ABSOLUTE_ERROR -> Activation.IDENTITY;
    };
  }
}
