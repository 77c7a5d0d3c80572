package dev.firstday.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.firstday.trainer.train.lstm.FastLstms;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.graph.ReshapeVertex;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.wrapper.BaseWrapperLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** DL4J is the reference: from the same weights, the same batches lead to the same weights. */
class FastLstmsTest {
  private static final int CHANNELS = 3;
  private static final int STEPS = 6;
  private static final int BATCHES = 20;

  @Test
  void oneLayerLearnsAsDl4jsDoes() {
    assertSame(network(lstm(5)));
  }

  @Test
  void layersThatFollowEachOtherLearnAsDl4jsDo() {
    assertSame(network(lstm(5), lstm(4), lstm(7)));
  }

  @Test
  void moreUnitsThanRowsOfAPartLearnAsDl4jsDo() {
    assertSame(network(lstm(70)));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 0.9})
  void dropoutBetweenLayersIsDl4jsOwn(double kept) {
    assertSame(network(lstm(5), lstm(4).dropOut(kept)));
  }

  @Test
  void weightNoiseIsDl4jsOwn() {
    assertSame(network(lstm(5).weightNoise(new DropConnect(0.9))));
  }

  @Test
  void answersAreDl4js() {
    ComputationGraph network = network(lstm(5), lstm(4));
    Batch batch = batch(77, new Random(1));
    double[] expected = answers(network, batch);
    double[] answers;
    try (FastLstms fast = FastLstms.of(network, 2)) {
      assertThat(fast.size()).isEqualTo(2);
      answers = answers(network, batch);
    }

    assertThat(answers).containsExactly(expected, within(1e-6));
    assertThat(answers).as("other arithmetic").isNotEqualTo(expected);
    assertThat(answers(network, batch)).as("afterwards").containsExactly(expected);
  }

  /** A validation between two steps must not be taken for the pass forward of the second one. */
  @Test
  void answersBetweenStepsChangeNothing() {
    ComputationGraph undisturbed = network(lstm(5));
    ComputationGraph asked = undisturbed.clone();
    teach(undisturbed, true, step -> {});
    Batch others = batch(50, new Random(9));
    teach(asked, true, step -> answers(asked, others));

    assertThat(asked.params().data().asFloat())
        .containsExactly(undisturbed.params().data().asFloat());
  }

  @Test
  void numbersDoNotHangOnTheNumberOfThreads() {
    ComputationGraph network = network(lstm(5));
    List<float[]> weights =
        Stream.of(1, 3)
            .map(
                threads -> {
                  ComputationGraph copy = network.clone();
                  try (Learner learner = new Dl4jLearner(copy, 1, FastLstms.of(copy, threads))) {
                    teach(learner, step -> {});
                  }
                  return copy.params().data().asFloat();
                })
            .toList();

    assertThat(weights.get(0)).containsExactly(weights.get(1));
  }

  static Stream<ComputationGraph> unknown() {
    ComputationGraph truncated = network(lstm(5));
    truncated.getConfiguration().setBackpropType(BackpropType.TruncatedBPTT);
    return Stream.of(
        network(lstm(5).activation(Activation.SOFTSIGN)),
        network(lstm(5).gateActivationFunction(Activation.HARDSIGMOID)),
        truncated);
  }

  @ParameterizedTest
  @MethodSource("unknown")
  void whatIsNotKnownIsLeftToDl4j(ComputationGraph network) {
    try (FastLstms fast = FastLstms.of(network, 1)) {
      assertThat(fast.size()).isZero();
      assertThat(helped(network)).containsOnly(false);
    }
  }

  @Test
  void layersAreDl4jsAgainAfterwards() {
    ComputationGraph network = network(lstm(5), lstm(4));
    try (FastLstms fast = FastLstms.of(network, 1)) {
      assertThat(fast.size()).isEqualTo(2);
      assertThat(helped(network)).containsExactly(true, true);
    }
    assertThat(helped(network)).containsExactly(false, false);
  }

  private static List<Boolean> helped(ComputationGraph network) {
    return Arrays.stream(network.getLayers())
        .map(layer -> layer instanceof BaseWrapperLayer wrapper ? wrapper.getUnderlying() : layer)
        .filter(org.deeplearning4j.nn.layers.recurrent.LSTM.class::isInstance)
        .map(layer -> layer.getHelper() != null)
        .toList();
  }

  private static LSTM.Builder lstm(int units) {
    // without which a helper that fails is a slower one
    return new LSTM.Builder().nOut(units).activation(Activation.TANH).helperAllowFallback(false);
  }

  private static ComputationGraph network(LSTM.Builder... layers) {
    GraphBuilder graph =
        new NeuralNetConfiguration.Builder()
            .seed(5)
            .updater(new Adam(0.02))
            .l2(0.001)
            .graphBuilder()
            .addInputs("inputs")
            .setOutputs("output");
    graph.addVertex(
        "sequence", new ReshapeVertex('c', new int[] {-1, CHANNELS, STEPS}, null), "inputs");
    String before = "sequence";
    int width = CHANNELS;
    for (int i = 0; i < layers.length; i++) {
      LSTM layer = layers[i].nIn(width).dataFormat(RNNFormat.NCW).build();
      String name = "lstm" + i;
      graph.addLayer(name, i == layers.length - 1 ? new LastTimeStep(layer) : layer, before);
      width = (int) layer.getNOut();
      before = name;
    }
    graph.addLayer(
        "output",
        new OutputLayer.Builder(LossFunction.XENT)
            .nIn(width)
            .nOut(1)
            .activation(Activation.SIGMOID)
            .build(),
        before);
    ComputationGraph network = new ComputationGraph(graph.build());
    network.init();
    return network;
  }

  private static void assertSame(ComputationGraph reference) {
    ComputationGraph ours = reference.clone();
    double[] expected = teach(reference, false, step -> {});
    double[] losses = teach(ours, true, step -> assertThat(helped(ours)).doesNotContain(false));

    assertThat(losses).containsExactly(expected, within(1e-4));
    assertThat(ours.params().data().asFloat())
        .containsExactly(reference.params().data().asFloat(), within(1e-3f));
    assertThat(expected[BATCHES - 1]).as("it learns").isLessThan(expected[0]);
  }

  private static double[] teach(ComputationGraph network, boolean isFast, Consumer<Integer> after) {
    FastLstms lstms = isFast ? FastLstms.of(network, 2) : FastLstms.none();
    try (Learner learner = new Dl4jLearner(network, 1, lstms)) {
      return teach(learner, after);
    }
  }

  private static double[] teach(Learner learner, Consumer<Integer> after) {
    Random random = new Random(4);
    double[] losses = new double[BATCHES];
    learner.beginEpoch(1);
    for (int step = 0; step < BATCHES; step++) {
      losses[step] = learner.step(1, step + 1, batch(step % 5 == 4 ? 37 : 70, random));
      after.accept(step);
    }
    return losses;
  }

  private static Batch batch(int rows, Random random) {
    int width = CHANNELS * STEPS;
    Batch batch = new Batch(rows, new float[rows * width], new float[rows], new float[0]);
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < width; i++) {
        batch.features()[row * width + i] = (float) random.nextGaussian();
      }
      // the first channel's last two steps
      double signal =
          batch.features()[row * width + STEPS - 1] + batch.features()[row * width + STEPS - 2];
      batch.labels()[row] = signal > 0 ? 1 : 0;
    }
    return batch;
  }

  private static double[] answers(ComputationGraph network, Batch batch) {
    try (INDArray features =
        Nd4j.createFromArray(batch.features()).reshape(batch.rows(), CHANNELS * STEPS)) {
      return network.outputSingle(features).dup().data().asDouble();
    }
  }
}
