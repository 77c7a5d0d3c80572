package dev.firstday.sdk.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstday.api.DatasetSpec;
import dev.firstday.api.Layer.Activation;
import dev.firstday.api.Network;
import dev.firstday.api.Network.Loss;
import dev.firstday.api.Updater;
import dev.firstday.contract.RunResult.Cure;
import dev.firstday.sdk.RunFailure;
import dev.firstday.sdk.feature.Feature;
import dev.firstday.sdk.feature.PlainFeatures;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.learning.regularization.L1Regularization;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class NetworkBuilderTest {
  private static final Task BINARY = new Task.Binary("late");
  private static final Task CLASSES = new Task.Classes("kind", List.of("a", "b", "c"));
  private static final Task NUMBER = new Task.Regression("delay", 5, 2);

  @Test
  void declaredNetworkHasWhatItsDeclarationSays() {
    ComputationGraph network =
        declared(
            new Network(
                null,
                null,
                List.of(
                    dev.firstday.api.Layer.dense(5, Activation.TANH, 0.25),
                    dev.firstday.api.Layer.dense(4, null, null)),
                null,
                new Updater(Updater.Type.SGD, 0.5, null),
                0.01,
                0.02),
            Loss.CATEGORICAL_CROSS_ENTROPY,
            CLASSES);

    assertThat(layer(network, 0)).satisfies(l -> assertWidths(l, 7, 5));
    assertThat(layer(network, 1)).satisfies(l -> assertWidths(l, 5, 4));
    assertThat(layer(network, 2)).satisfies(l -> assertWidths(l, 4, 3));
    assertThat(activation(network, 0)).isEqualTo("tanh");
    assertThat(activation(network, 1)).isEqualTo("relu");
    assertThat(activation(network, 2)).isEqualTo("softmax");
    assertThat(layer(network, 0).getIDropout()).isNull();
    assertThat(layer(network, 1).getIDropout()).isEqualTo(new Dropout(0.75));
    assertThat(layer(network, 2).getIDropout()).isNull();
    BaseLayer first = (BaseLayer) layer(network, 0);
    assertThat(first.getIUpdater()).isEqualTo(new Sgd(0.5));
    // DL4J's l2 is twice the weight of the squares
    assertThat(first.getRegularization())
        .containsExactlyInAnyOrder(new L1Regularization(0.01), new L2Regularization(0.04));
  }

  @Test
  void networkWithoutLayersIsLinear() {
    ComputationGraph network =
        declared(
            new Network(null, null, null, null, null, null, null),
            Loss.MEAN_ABSOLUTE_ERROR,
            NUMBER);

    assertThat(network.getNumLayers()).isEqualTo(1);
    assertThat(NetworkBuilder.hasAbsoluteError(network)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void everyActivationCanBeBuilt(Activation activation) {
    ComputationGraph network =
        declared(
            new Network(
                null,
                null,
                List.of(dev.firstday.api.Layer.dense(3, activation, null)),
                null,
                null,
                null,
                null),
            Loss.BINARY_CROSS_ENTROPY,
            BINARY);

    assertThat(network.numParams()).isEqualTo(7 * 3 + 3 + 3 + 1);
  }

  /** As of a class that was written when there were fewer. */
  @Test
  void moreClassesThanOutputsAreRefused() {
    assertDoesNotFit(
        new Task.Classes("colour", List.of("red", "green", "blue")),
        "the output layer has 2 outputs; for the label colour it must have 3",
        dense(7, 4),
        output(4, 2, LossFunction.MCXENT, org.nd4j.linalg.activations.Activation.SOFTMAX));
  }

  @Test
  void sameSeedGivesTheSameWeights() {
    Network network = new Network(null, null, null, null, null, null, null);

    assertThat(declared(network, Loss.BINARY_CROSS_ENTROPY, BINARY).params())
        .isEqualTo(declared(network, Loss.BINARY_CROSS_ENTROPY, BINARY).params());
  }

  @Test
  void networkThatDoesNotFitIsRefusedWithThePlace() {
    assertDoesNotFit(
        "the first layer takes 6 inputs and the features make 7",
        dense(6, 4),
        output(4, 1, LossFunction.XENT, org.nd4j.linalg.activations.Activation.SIGMOID));
    assertDoesNotFit(
        "the output layer has 2 outputs; for the label late it must have 1",
        dense(7, 4),
        output(4, 2, LossFunction.XENT, org.nd4j.linalg.activations.Activation.SIGMOID));
    assertDoesNotFit(
        "the output layer has identity and LossMSE; for the label late it must have sigmoid and binary",
        dense(7, 4),
        output(4, 1, LossFunction.MSE, org.nd4j.linalg.activations.Activation.IDENTITY));
    assertDoesNotFit(
        "the layers do not fit each other",
        new LSTM.Builder().nIn(7).nOut(4).build(),
        output(4, 1, LossFunction.XENT, org.nd4j.linalg.activations.Activation.SIGMOID));
    assertDoesNotFit("the network ends in [layer0] and must end in one OutputLayer", dense(7, 1));
  }

  private static ComputationGraph declared(Network network, Loss loss, Task task) {
    return NetworkBuilder.build(
        new DeclarativeModel(List.of(), network, loss, 3),
        PlainFeatures.of(7),
        task,
        3,
        Cure.FIX_SPEC);
  }

  private static void assertDoesNotFit(String message, Layer... layers) {
    assertDoesNotFit(BINARY, message, layers);
  }

  private static void assertDoesNotFit(Task task, String message, Layer... layers) {
    assertThatThrownBy(
            () -> NetworkBuilder.build(model(layers), PlainFeatures.of(7), task, 3, Cure.FIX_DATA))
        .isInstanceOfSatisfying(
            RunFailure.class,
            e -> {
              assertThat(e.reason()).isEqualTo("NetworkDoesNotFit");
              assertThat(e.cure()).isEqualTo(Cure.FIX_DATA);
            })
        .hasMessageStartingWith(message);
  }

  private static Model model(Layer... layers) {
    return new Model() {
      @Override
      public List<Feature> features(List<DatasetSpec.Column> columns) {
        return List.of();
      }

      @Override
      public MultiLayerConfiguration network(int inputs, int outputs, long seed) {
        NeuralNetConfiguration.ListBuilder list =
            new NeuralNetConfiguration.Builder().seed(seed).list();
        Arrays.stream(layers).forEach(list::layer);
        return list.build();
      }
    };
  }

  private static Layer dense(int inputs, int outputs) {
    return new DenseLayer.Builder().nIn(inputs).nOut(outputs).build();
  }

  private static Layer output(
      int inputs,
      int outputs,
      LossFunction loss,
      org.nd4j.linalg.activations.Activation activation) {
    return new OutputLayer.Builder(loss).nIn(inputs).nOut(outputs).activation(activation).build();
  }

  private static Layer layer(ComputationGraph network, int index) {
    return network.getLayer(index).conf().getLayer();
  }

  private static String activation(ComputationGraph network, int index) {
    return ((BaseLayer) layer(network, index)).getActivationFn().toString();
  }

  private static void assertWidths(Layer layer, long inputs, long outputs) {
    org.deeplearning4j.nn.conf.layers.FeedForwardLayer dense =
        (org.deeplearning4j.nn.conf.layers.FeedForwardLayer) layer;
    assertThat(dense.getNIn()).isEqualTo(inputs);
    assertThat(dense.getNOut()).isEqualTo(outputs);
  }
}
