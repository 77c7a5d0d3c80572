package dev.firstday.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.firstday.api.Layer;
import dev.firstday.api.Layer.Activation;
import dev.firstday.api.Network;
import dev.firstday.api.Network.Loss;
import dev.firstday.api.RateSchedule;
import dev.firstday.api.TrainingJobSpec;
import dev.firstday.api.Updater;
import dev.firstday.contract.RunResult.Cure;
import dev.firstday.sdk.feature.PlainFeatures;
import dev.firstday.sdk.model.DeclarativeModel;
import dev.firstday.sdk.model.NetworkBuilder;
import dev.firstday.sdk.model.Task;
import dev.firstday.trainer.train.dense.DenseLearner;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.impl.ActivationRationalTanh;
import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.schedule.ExponentialSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/** DL4J is the reference: from the same weights, the same batches lead to the same weights. */
class DenseLearnerTest {
  private static final int INPUTS = 7;
  private static final int STEPS = 30;
  private static final int EPOCHS = 3;
  private static final Task BINARY = new Task.Binary("y");
  private static final Task LABELS = new Task.MultiLabel(List.of("x", "y", "z"));
  private static final Task CLASSES = new Task.Classes("y", List.of("a", "b", "c"));
  private static final Task NUMBER = new Task.Regression("y", 0, 1);

  @ParameterizedTest
  @EnumSource(Activation.class)
  void learnsAsDl4jDoesWithEveryActivation(Activation activation) {
    assertSame(BINARY, Loss.BINARY_CROSS_ENTROPY, network(activation, Updater.Type.SGD, 0.1));
  }

  @ParameterizedTest
  @EnumSource(Updater.Type.class)
  void learnsAsDl4jDoesWithEveryUpdater(Updater.Type updater) {
    assertSame(CLASSES, Loss.CATEGORICAL_CROSS_ENTROPY, network(Activation.TANH, updater, 0.01));
  }

  @ParameterizedTest
  @EnumSource(Updater.Type.class)
  void changesItsRateAsDl4jDoes(Updater.Type type) {
    RateSchedule schedule = new RateSchedule(RateSchedule.Type.COSINE, null, null, 1);
    assertSame(
        CLASSES,
        Loss.CATEGORICAL_CROSS_ENTROPY,
        new Network(
            null,
            null,
            List.of(Layer.dense(5, Activation.TANH, null)),
            null,
            new Updater(type, 0.02, schedule),
            null,
            null));
  }

  static Stream<Arguments> losses() {
    return Stream.of(
        Arguments.of(BINARY, Loss.BINARY_CROSS_ENTROPY),
        Arguments.of(LABELS, Loss.BINARY_CROSS_ENTROPY),
        Arguments.of(CLASSES, Loss.CATEGORICAL_CROSS_ENTROPY),
        Arguments.of(NUMBER, Loss.MEAN_SQUARED_ERROR),
        Arguments.of(NUMBER, Loss.MEAN_ABSOLUTE_ERROR));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void learnsAsDl4jDoesWithEveryLoss(Task task, Loss loss) {
    assertSame(task, loss, network(Activation.RELU, Updater.Type.ADAM, 0.01));
  }

  /** Answers so sure that DL4J clips them. */
  @Test
  void learnsAsDl4jDoesWhereProbabilitiesAreClipped() {
    assertSame(BINARY, Loss.BINARY_CROSS_ENTROPY, network(Activation.RELU, Updater.Type.SGD, 30));
  }

  @Test
  void learnsALinearModelAsDl4jDoes() {
    assertSame(
        NUMBER,
        Loss.MEAN_SQUARED_ERROR,
        new Network(
            null, null, List.of(), null, new Updater(Updater.Type.SGD, 0.05, null), 0.001, 0.01));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void weighsRowsAsDl4jDoes(Task task, Loss loss) {
    assertSame(task, loss, network(Activation.RELU, Updater.Type.ADAM, 0.01), true);
  }

  /** What counts twice counts as much as what is there twice. */
  @Test
  void rowThatCountsTwiceMovesTheWeightsLikeTwoRows() {
    Network network =
        new Network(
            null,
            null,
            List.of(Layer.dense(5, Activation.TANH, null)),
            null,
            new Updater(Updater.Type.SGD, 0.1, null),
            null,
            null);
    Batch four = batch(BINARY, 4, new Random(3));
    float[] features = Arrays.copyOf(four.features(), 3 * INPUTS);
    float[] labels = Arrays.copyOf(four.labels(), 3);
    System.arraycopy(features, 2 * INPUTS, four.features(), 3 * INPUTS, INPUTS);
    four.labels()[3] = labels[2];
    // each is divided by its own number of rows
    Batch three = new Batch(3, features, labels, new float[] {0.75f, 0.75f, 1.5f});

    assertThat(afterOneStep(network, three))
        .containsExactly(afterOneStep(network, four), within(1e-6f));
  }

  private static float[] afterOneStep(Network network, Batch batch) {
    try (Learner learner =
        DenseLearner.of(build(BINARY, Loss.BINARY_CROSS_ENTROPY, network), 1, 2).orElseThrow()) {
      learner.step(1, 1, batch);
      return learner.weights();
    }
  }

  /** Dropout draws other numbers than DL4J's, of the same kind. */
  @Test
  void dropsTheShareThatIsAskedForAndScalesTheRest() {
    Network network =
        new Network(
            null,
            null,
            List.of(Layer.dense(30, Activation.IDENTITY, 0.25)),
            null,
            new Updater(Updater.Type.SGD, 1e-30, null),
            null,
            null);
    Batch batch = batch(NUMBER, 640, new Random(1));
    double without =
        loss(
            new Network(
                null,
                null,
                List.of(Layer.dense(30, Activation.IDENTITY, null)),
                null,
                network.updater(),
                null,
                null),
            batch,
            1);
    double sum = 0;
    for (int number = 1; number <= 20; number++) {
      sum += loss(network, batch, number);
    }
    double expected = without + varianceOfDropped(network, batch, 0.25);

    assertThat(sum / 20).isCloseTo(expected, within(0.15 * (expected - without)));
    assertThat(loss(network, batch, 1)).isEqualTo(loss(network, batch, 1));
    assertThat(loss(network, batch, 1)).isNotEqualTo(loss(network, batch, 2));
  }

  @Test
  void numbersDoNotHangOnTheNumberOfThreads() {
    Network network = network(Activation.RELU, Updater.Type.ADAM, 0.01);
    List<float[]> weights =
        Stream.of(1, 3)
            .map(
                threads -> {
                  ComputationGraph built = build(BINARY, Loss.BINARY_CROSS_ENTROPY, network);
                  try (Learner learner = DenseLearner.of(built, 1, threads).orElseThrow()) {
                    teach(learner, BINARY, false);
                    return learner.weights();
                  }
                })
            .toList();

    assertThat(weights.get(0)).containsExactly(weights.get(1));
  }

  static Stream<Consumer<BaseLayer>> unknown() {
    return Stream.of(
        layer -> layer.setIUpdater(new AdaGrad(0.1)),
        layer -> layer.setIUpdater(new Adam(0.5)),
        layer ->
            layer.setIUpdater(
                new Nesterovs(0.1, new ExponentialSchedule(ScheduleType.ITERATION, 0.1, 0.9))),
        layer -> layer.setBiasUpdater(new Adam(0.1)),
        layer -> layer.setGradientNormalization(GradientNormalization.ClipL2PerLayer),
        layer -> layer.setActivationFn(new ActivationRationalTanh()),
        layer -> ((DenseLayer) layer).setHasBias(false),
        layer -> ((DenseLayer) layer).setHasLayerNorm(true));
  }

  @ParameterizedTest
  @MethodSource("unknown")
  void whatIsNotKnownIsLeftToDl4j(Consumer<BaseLayer> change) {
    ComputationGraph network =
        build(BINARY, Loss.BINARY_CROSS_ENTROPY, network(Activation.RELU, Updater.Type.ADAM, 0.01));
    assertThat(DenseLearner.of(network, 1, 1)).isPresent();

    change.accept((BaseLayer) network.getLayer(0).conf().getLayer());

    assertThat(DenseLearner.of(network, 1, 1)).isEqualTo(Optional.empty());
  }

  private static Network network(Activation activation, Updater.Type updater, double rate) {
    return new Network(
        null,
        null,
        List.of(Layer.dense(13, activation, null), Layer.dense(5, activation, null)),
        null,
        new Updater(updater, rate, null),
        0.0005,
        0.002);
  }

  private static void assertSame(Task task, Loss loss, Network network) {
    assertSame(task, loss, network, false);
  }

  private static void assertSame(Task task, Loss loss, Network network, boolean weighted) {
    ComputationGraph reference = build(task, loss, network);
    ComputationGraph ours = build(task, loss, network);
    double[] expected;
    double[] losses;
    try (Learner dl4j = new Dl4jLearner(reference, 1);
        Learner dense = DenseLearner.of(ours, 1, 2).orElseThrow()) {
      expected = teach(dl4j, task, weighted);
      losses = teach(dense, task, weighted);
      dense.publish();
    }

    assertThat(losses).containsExactly(expected, within(1e-3));
    assertThat(ours.params().data().asFloat())
        .containsExactly(reference.params().data().asFloat(), within(2e-3f));
    assertThat(expected[STEPS - 1]).as("it learns at all").isNotEqualTo(expected[0]);
  }

  private static double[] teach(Learner learner, Task task, boolean weighted) {
    Random random = new Random(4);
    double[] losses = new double[STEPS];
    for (int step = 0; step < STEPS; step++) {
      Batch batch = batch(task, step % 5 == 4 ? 37 : 150, random);
      int epoch = 1 + step * EPOCHS / STEPS;
      learner.beginEpoch(epoch);
      losses[step] = learner.step(epoch, step + 1, weighted ? weighted(batch) : batch);
    }
    return losses;
  }

  private static Batch weighted(Batch batch) {
    float[] weights = new float[batch.rows()];
    for (int row = 0; row < weights.length; row++) {
      weights[row] = 0.25f + row % 4;
    }
    return new Batch(batch.rows(), batch.features(), batch.labels(), weights);
  }

  private static Batch batch(Task task, int rows, Random random) {
    Batch batch =
        new Batch(rows, new float[rows * INPUTS], new float[rows * task.outputs()], new float[0]);
    for (int row = 0; row < rows; row++) {
      double signal = 0;
      for (int i = 0; i < INPUTS; i++) {
        float value = (float) random.nextGaussian();
        batch.features()[row * INPUTS + i] = value;
        signal += i % 2 == 0 ? value : -value / 2;
      }
      int at = row * task.outputs();
      if (task instanceof Task.Classes) {
        batch.labels()[at + (signal < -1 ? 0 : signal < 1 ? 1 : 2)] = 1;
      } else if (task instanceof Task.MultiLabel) {
        for (int i = 0; i < task.outputs(); i++) {
          batch.labels()[at + i] = signal > i - 1 ? 1 : 0;
        }
      } else {
        batch.labels()[at] = task instanceof Task.Binary ? (signal > 0 ? 1 : 0) : (float) signal;
      }
    }
    return batch;
  }

  private static ComputationGraph build(Task task, Loss loss, Network network) {
    return NetworkBuilder.build(
        new DeclarativeModel(List.<TrainingJobSpec.Feature>of(), network, loss, EPOCHS),
        PlainFeatures.of(INPUTS),
        task,
        9,
        Cure.FIX_SPEC);
  }

  private static double loss(Network network, Batch batch, int number) {
    try (Learner learner =
        DenseLearner.of(build(NUMBER, Loss.MEAN_SQUARED_ERROR, network), 1, 2).orElseThrow()) {
      return learner.step(1, number, batch);
    }
  }

  /** Of a sum whose terms are kept with probability 1 - share and scaled by its inverse. */
  private static double varianceOfDropped(Network network, Batch batch, double share) {
    ComputationGraph built = build(NUMBER, Loss.MEAN_SQUARED_ERROR, network);
    float[][] first = built.getLayer(0).getParam("W").toFloatMatrix();
    float[] second = built.getLayer(1).getParam("W").dup().data().asFloat();
    double sum = 0;
    for (int row = 0; row < batch.rows(); row++) {
      for (int unit = 0; unit < second.length; unit++) {
        double value = 0;
        for (int i = 0; i < INPUTS; i++) {
          value += batch.features()[row * INPUTS + i] * first[i][unit];
        }
        sum += Math.pow(value * second[unit], 2) * share / (1 - share);
      }
    }
    return sum / batch.rows();
  }
}
