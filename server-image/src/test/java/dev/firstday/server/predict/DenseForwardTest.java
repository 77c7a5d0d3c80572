package dev.firstday.server.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class DenseForwardTest {
  private static final int WIDTH = 12;
  private static final int ROWS = 20;

  private static NeuralNetConfiguration.ListBuilder hidden(Activation activation) {
    return new NeuralNetConfiguration.Builder()
        .seed(3)
        .list()
        .layer(
            new DenseLayer.Builder()
                .nIn(WIDTH)
                .nOut(9)
                .activation(activation)
                .biasInit(0.3)
                .dropOut(0.5)
                .build());
  }

  private static OutputLayer output(Activation activation) {
    return new OutputLayer.Builder(LossFunction.MSE).nIn(9).nOut(4).activation(activation).build();
  }

  private static ComputationGraph network(NeuralNetConfiguration.ListBuilder layers) {
    MultiLayerNetwork network = new MultiLayerNetwork(layers.build());
    network.init();
    return network.toComputationGraph();
  }

  private static float[] inputs() {
    Random random = new Random(5);
    float[] inputs = new float[ROWS * WIDTH];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = i % 3 == 0 ? 0 : (float) (2 * random.nextGaussian());
    }
    return inputs;
  }

  @ParameterizedTest
  @EnumSource(
      value = Activation.class,
      names = {
        "RELU",
        "LEAKYRELU",
        "ELU",
        "SELU",
        "GELU",
        "TANH",
        "SIGMOID",
        "IDENTITY",
        "SOFTMAX"
      })
  void itGivesTheAnswersOfDl4j(Activation activation) {
    ComputationGraph network = network(hidden(activation).layer(output(activation)));
    float[] expected =
        network
            .output(Nd4j.createFromArray(inputs()).reshape(ROWS, WIDTH))[0]
            .dup('c')
            .data()
            .asFloat();

    float[] given = DenseForward.of(network).orElseThrow().run(inputs(), ROWS);

    assertThat(given).containsExactly(expected, within(1e-5f));
  }

  /** As a declared network with embeddings is: two of them, and numbers in between. */
  @Test
  void embeddingsAreOneMatrixWithTheLayerBehindThem() {
    ComputationGraph network =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .seed(3)
                .graphBuilder()
                .addInputs("in")
                .addVertex("a", new SubsetVertex(0, 2), "in")
                .addLayer("a embedded", embedding(3, 2), "a")
                .addVertex("numbers", new SubsetVertex(3, 4), "in")
                .addVertex("b", new SubsetVertex(5, WIDTH - 1), "in")
                .addLayer("b embedded", embedding(WIDTH - 5, 3), "b")
                .addVertex("joined", new MergeVertex(), "a embedded", "numbers", "b embedded")
                .addLayer(
                    "dense",
                    new DenseLayer.Builder().nIn(7).nOut(9).activation(Activation.TANH).build(),
                    "joined")
                .addLayer("out", output(Activation.SIGMOID), "dense")
                .setOutputs("out")
                .build());
    network.init();
    float[] expected =
        network
            .output(Nd4j.createFromArray(inputs()).reshape(ROWS, WIDTH))[0]
            .dup('c')
            .data()
            .asFloat();

    float[] given = DenseForward.of(network).orElseThrow().run(inputs(), ROWS);

    assertThat(given).containsExactly(expected, within(1e-5f));
  }

  private static DenseLayer embedding(int values, int size) {
    return new DenseLayer.Builder()
        .nIn(values)
        .nOut(size)
        .hasBias(false)
        .activation(Activation.IDENTITY)
        .build();
  }

  @Test
  void otherLayersAndActivationsAreLeftToDl4j() {
    assertThat(
            DenseForward.of(
                network(
                    hidden(Activation.RELU)
                        .layer(new BatchNormalization.Builder().nIn(9).nOut(9).build())
                        .layer(output(Activation.SIGMOID)))))
        .isEmpty();
    assertThat(DenseForward.of(network(hidden(Activation.CUBE).layer(output(Activation.SIGMOID)))))
        .isEmpty();
  }
}
