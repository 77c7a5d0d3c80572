package dev.firstday.sdk.model;

import dev.firstday.api.Layer;
import dev.firstday.api.Network;
import dev.firstday.api.Network.Loss;
import dev.firstday.api.Updater;
import dev.firstday.sdk.feature.Features;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** A declared network as DL4J's configuration. */
final class DeclaredGraph {
  private static final String INPUTS = "inputs";
  private static final String OUTPUT = "output";
  private static final double ADAM_DEFAULT = 0.001;

  private DeclaredGraph() {}

  static ComputationGraphConfiguration of(
      DeclarativeModel model, Features features, int outputs, long seed) {
    Network network = model.network();
    GraphBuilder graph = common(model, seed).graphBuilder().addInputs(INPUTS);
    List<Layer> layers = network.layers() == null ? List.of() : network.layers();
    String before = INPUTS;
    int width = features.width();
    double dropped = 0;
    for (int i = 0; i < layers.size(); i++) {
      Layer layer = layers.get(i);
      Layer.Activation activation =
          layer.activation() == null ? Layer.Activation.RELU : layer.activation();
      String name = "layer" + i;
      graph.addLayer(
          name,
          new DenseLayer.Builder()
              .nIn(width)
              .nOut(layer.units())
              .activation(activation(activation))
              .weightInit(weightInit(activation))
              .dropOut(kept(dropped))
              .build(),
          before);
      before = name;
      width = layer.units();
      dropped = layer.dropout() == null ? 0 : layer.dropout();
    }
    graph.addLayer(
        OUTPUT,
        new OutputLayer.Builder(lossFunction(model.loss()))
            .nIn(width)
            .nOut(outputs)
            .activation(outputActivation(model.loss()))
            .weightInit(WeightInit.XAVIER)
            .dropOut(kept(dropped))
            .build(),
        before);
    return graph.setOutputs(OUTPUT).build();
  }

  private static NeuralNetConfiguration.Builder common(DeclarativeModel model, long seed) {
    Network network = model.network();
    NeuralNetConfiguration.Builder builder =
        new NeuralNetConfiguration.Builder()
            .seed(seed)
            .updater(updater(network.updater(), model.epochs()));
    if (network.l1() != null) {
      builder.l1(network.l1());
    }
    if (network.l2() != null) {
      // DL4J adds half of l2 times the squares
      builder.l2(2 * network.l2());
    }
    return builder;
  }

  /**
   * DL4J drops a layer's inputs, and wants the share that it keeps; 0 means that it drops none. So
   * what a layer's outputs lose is said to the layer above.
   */
  private static double kept(double dropped) {
    return dropped == 0 ? 0 : 1 - dropped;
  }

  private static IUpdater updater(Updater updater, int epochs) {
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

  private static Activation activation(Layer.Activation activation) {
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
  private static WeightInit weightInit(Layer.Activation activation) {
    return switch (activation) {
      case RELU, LEAKY_RELU, ELU, GELU -> WeightInit.RELU;
      case SELU -> WeightInit.LECUN_NORMAL;
      case TANH, SIGMOID, IDENTITY -> WeightInit.XAVIER;
    };
  }

  private static LossFunction lossFunction(Loss loss) {
    return switch (loss) {
      case BINARY_CROSS_ENTROPY -> LossFunction.XENT;
      case CATEGORICAL_CROSS_ENTROPY -> LossFunction.MCXENT;
      case MEAN_SQUARED_ERROR -> LossFunction.MSE;
      case MEAN_ABSOLUTE_ERROR -> LossFunction.MEAN_ABSOLUTE_ERROR;
    };
  }

  private static Activation outputActivation(Loss loss) {
    return switch (loss) {
      case BINARY_CROSS_ENTROPY -> Activation.SIGMOID;
      case CATEGORICAL_CROSS_ENTROPY -> Activation.SOFTMAX;
      case MEAN_SQUARED_ERROR, MEAN_ABSOLUTE_ERROR -> Activation.IDENTITY;
    };
  }
}
