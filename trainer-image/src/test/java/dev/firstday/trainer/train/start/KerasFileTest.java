package dev.firstday.trainer.train.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstday.api.Network;
import dev.firstday.api.Network.Loss;
import dev.firstday.contract.Contract;
import dev.firstday.contract.RunResult.Cure;
import dev.firstday.sdk.RunFailure;
import dev.firstday.sdk.artefact.ModelZip;
import dev.firstday.sdk.artefact.Predictor;
import dev.firstday.sdk.feature.Features;
import dev.firstday.sdk.feature.PlainFeatures;
import dev.firstday.sdk.model.DeclarativeModel;
import dev.firstday.sdk.model.Model;
import dev.firstday.sdk.model.NetworkBuilder;
import dev.firstday.sdk.model.Task;
import dev.firstday.trainer.train.Learner;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Files that Keras wrote, by {@code networks/make.py}. */
class KerasFileTest {
  private static final Path FILES = Path.of("src", "test", "resources", "networks");
  private static final Network NETWORK = new Network(null, null, null, null, null, null, null);
  private static final Task KIND = new Task.Classes("species", List.of("a", "b", "c"));
  private static final Features FOUR = PlainFeatures.of(4);

  @ParameterizedTest
  @ValueSource(strings = {"irises.keras", "irises.h5", "irises-keras2.h5"})
  void networkAnswersAsItDidInKeras(String name) throws IOException {
    JsonNode keras = Contract.read(Files.readString(FILES.resolve("irises.json")), JsonNode.class);

    KerasNetwork start = read(name);

    assertThat(start.inputs()).isEqualTo(4);
    assertThat(start.hidden()).hasSize(2);
    assertThat(start.output()).isEqualTo(new KerasNetwork.Output(3, "softmax", 6, 0));
    start.requireFit(FOUR, KIND, Loss.CATEGORICAL_CROSS_ENTROPY);
    ComputationGraph network =
        NetworkBuilder.build(
            start.model(
                new DeclarativeModel(List.of(), NETWORK, Loss.CATEGORICAL_CROSS_ENTROPY, 1)),
            FOUR,
            KIND,
            1,
            Cure.FIX_SPEC);
    Learner.setWeights(network, start.weights());
    double[][] answers = new Predictor(network, KIND, 4).predict(flat(keras.path("inputs")), 3);
    float[] expected = flat(keras.path("outputs"));
    for (int row = 0; row < 3; row++) {
      for (int i = 0; i < 3; i++) {
        assertThat(answers[row][i]).isCloseTo(expected[row * 3 + i], within(1e-6));
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "lambda.keras | LayerUnknown | layer lambda is Lambda, and only InputLayer, Dense, Dropout, Activation, ReLU, LeakyReLU, ELU, BatchNormalization, Reshape, Flatten, Conv1D, MaxPooling1D, AveragePooling1D, GlobalMaxPooling1D, GlobalAveragePooling1D, LSTM, SimpleRNN, Bidirectional and TimeDistributed are read: build the network without it, or write a class of your own (spec.code)",
        "normalised.keras | LayerUnknown | layer layer_normalization is LayerNormalization, and only",
        "mish.keras | LayerUnknown | the activation mish is not read; these are: [elu, leaky_relu, linear, relu, selu, sigmoid, silu, softplus, softsign, swish, tanh]",
        "gru.keras | LayerUnknown | layer gru is a GRU, which DL4J does not have: build the network with LSTM or SimpleRNN",
        "embedding.keras | LayerUnknown | layer embedding is an Embedding, which reads whole numbers, and features make none: declare",
        "backwards.keras | LayerUnknown | layer lstm_4 is built with go_backwards",
        "reshaped.keras | LayerUnknown | layer reshape_1 is a Reshape of 12 numbers to [6,2], and only [12, 1] and [12] are read",
        "no-sequence.keras | LayerUnknown | layer softmax is Softmax, and only",
        "shape.h5 | NetworkDamaged | the weights at /model_weights/dense/irises/dense/kernel are float [5, 8], and must be float [4, 8], not compressed",
        "link.h5 | NetworkUnsafe | '/model_weights/dense/irises/dense/kernel' is a link; save the model anew",
        "bomb.h5 | NetworkDamaged | the weights at /model_weights/dense/irises/dense/kernel are float [4, 8] compressed, and must be",
        "bomb.keras | ArtefactUnsafe | bomb.keras's config.json unpacks to more than"
      })
  void whatIsNotReadIsNamed(String name, String reason, String message) {
    assertFails(() -> read(name), reason, "spec.network.from.file: " + message);
  }

  @ParameterizedTest
  @MethodSource("dev.firstday.sdk.OddPaths#all")
  void anEntryOfAnotherNameIsRefused(String name) throws IOException {
    assertFails(
        () -> StartingPoint.read("odd.keras", zip(name, new byte[] {1})),
        "ArtefactUnsafe",
        "spec.network.from.file: odd.keras holds '%s'".formatted(name));
  }

  /** The cap of the weights is a gigabyte: it is the ratio that tells. */
  @Test
  void weightsThatUnpackToFarMoreThanTheZipAreRefused() throws IOException {
    assertFails(
        () -> StartingPoint.read("odd.keras", zip("model.weights.h5", new byte[64 << 20])),
        "ArtefactUnsafe",
        "spec.network.from.file: odd.keras's model.weights.h5 unpacks to more than");
  }

  private static byte[] zip(String name, byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream target = new ZipOutputStream(bytes)) {
      target.putNextEntry(new ZipEntry(name));
      target.write(content);
    }
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(strings = {"irises.keras", "irises.h5"})
  void fileThatIsCutOffIsDamaged(String name) throws IOException {
    byte[] whole = Files.readAllBytes(FILES.resolve(name));

    for (int length : List.of(0, 7, whole.length / 3, whole.length / 2)) {
      assertThatThrownBy(() -> StartingPoint.read(name, Arrays.copyOf(whole, length)))
          .as("%d bytes of %s", length, name)
          .isInstanceOfSatisfying(
              RunFailure.class, e -> assertThat(e.reason()).endsWith("Damaged"));
    }
  }

  @Test
  void networkThatDoesNotFitIsRefused() throws IOException {
    KerasNetwork start = read("irises.keras");

    assertFails(
        () -> start.requireFit(PlainFeatures.of(3), KIND, Loss.CATEGORICAL_CROSS_ENTROPY),
        "NetworkDoesNotFit",
        "spec.network.from.file: the network takes 4 inputs and the features make 3 (x0, x1, x2)");
    assertFails(
        () -> start.requireFit(FOUR, new Task.Binary("late"), Loss.BINARY_CROSS_ENTROPY),
        "NetworkDoesNotFit",
        "spec.network.from.file: the network has 3 outputs; for the label late it must have 1");
    KerasNetwork linear =
        new KerasNetwork(
            4, start.hidden(), new KerasNetwork.Output(3, "linear", 6, 0), start.weights());
    assertFails(
        () -> linear.requireFit(FOUR, KIND, Loss.CATEGORICAL_CROSS_ENTROPY),
        "NetworkDoesNotFit",
        "spec.network.from.file: the network ends with linear and the loss categoricalCrossEntropy needs softmax");
  }

  /** By {@code networks/layers.py}, from random weights. */
  @ParameterizedTest
  @CsvSource({
    "tabular.keras, CATEGORICAL_CROSS_ENTROPY",
    "tabular.h5, CATEGORICAL_CROSS_ENTROPY",
    "activations.keras, BINARY_CROSS_ENTROPY",
    "activations.h5, BINARY_CROSS_ENTROPY",
    "convolutions.keras, CATEGORICAL_CROSS_ENTROPY",
    "convolutions.h5, CATEGORICAL_CROSS_ENTROPY",
    "strides.keras, MEAN_SQUARED_ERROR",
    "strides.h5, MEAN_SQUARED_ERROR",
    "lstm.keras, BINARY_CROSS_ENTROPY",
    "lstm.h5, BINARY_CROSS_ENTROPY",
    "both-ways.keras, MEAN_SQUARED_ERROR",
    "both-ways.h5, MEAN_SQUARED_ERROR",
    "last-of-both-ways.keras, BINARY_CROSS_ENTROPY",
    "last-of-both-ways.h5, BINARY_CROSS_ENTROPY",
    "steps.keras, MEAN_SQUARED_ERROR",
    "steps.h5, MEAN_SQUARED_ERROR",
  })
  void everyLayerAnswersAsItDidInKeras(String name, Loss loss) throws IOException {
    JsonNode keras =
        Contract.read(Files.readString(FILES.resolve("layers.json")), JsonNode.class)
            .path(name.substring(0, name.lastIndexOf('.')));
    JsonNode outputs = keras.path("outputs");

    KerasNetwork start = read(name);
    ComputationGraph network = built(start, loss);
    INDArray given =
        network
            .output(
                false,
                Nd4j.create(flat(keras.path("inputs")), new long[] {4, start.inputs()}, 'c'))[0];

    float[] expected = flat(outputs);
    assertThat(given.dup('c').data().asFloat()).containsExactly(expected, within(2e-6f));
  }

  /** What is read is also learnt from and stored: each of the layers has a gradient. */
  @ParameterizedTest
  @ValueSource(strings = {"tabular", "convolutions", "strides", "lstm", "both-ways", "steps"})
  void everyLayerGoesOnLearning(String name) throws IOException {
    KerasNetwork start = read(name + ".keras");
    ComputationGraph network = built(start, Loss.MEAN_SQUARED_ERROR);
    ComputationGraph stored = ModelZip.read(ModelZip.write(network));
    INDArray inputs = Nd4j.rand(16, start.inputs());
    INDArray targets = Nd4j.rand(16, start.output().units());

    assertThat(stored.output(false, inputs)[0].dup('c').data().asFloat())
        .as("what is stored, and served")
        .containsExactly(network.output(false, inputs)[0].dup('c').data().asFloat(), within(1e-6f));
    double before = network.score(new DataSet(inputs, targets));
    for (int step = 0; step < 30; step++) {
      network.fit(new DataSet(inputs, targets));
    }

    assertThat(network.score(new DataSet(inputs, targets))).isLessThan(before);
    assertThat(stored.params().data().asFloat()).containsExactly(start.weights(), within(0f));
    float[] after = network.params().data().asFloat();
    long moved =
        IntStream.range(0, after.length).filter(i -> after[i] != start.weights()[i]).count();
    assertThat(moved).isGreaterThan(after.length * 7L / 10);
  }

  private static ComputationGraph built(KerasNetwork start, Loss loss) {
    int outputs = start.output().units();
    Task task =
        switch (loss) {
          case BINARY_CROSS_ENTROPY -> new Task.Binary("y");
          case CATEGORICAL_CROSS_ENTROPY ->
              new Task.Classes("y", IntStream.range(0, outputs).mapToObj(String::valueOf).toList());
          case MEAN_SQUARED_ERROR, MEAN_ABSOLUTE_ERROR -> new Task.Regression("y", 0, 1);
        };
    Model model = start.model(new DeclarativeModel(List.of(), NETWORK, loss, 1));
    ComputationGraph network =
        outputs == task.outputs()
            ? NetworkBuilder.build(model, PlainFeatures.of(start.inputs()), task, 1, Cure.FIX_SPEC)
            : initialised(model, outputs);
    Learner.setWeights(network, start.weights());
    return network;
  }

  /** Of several numbers, which no label has. */
  private static ComputationGraph initialised(Model model, int outputs) {
    ComputationGraph network = new ComputationGraph(model.graph(null, outputs, 1));
    network.init();
    return network;
  }

  private static KerasNetwork read(String name) throws IOException {
    return (KerasNetwork) StartingPoint.read(name, Files.readAllBytes(FILES.resolve(name)));
  }

  private static float[] flat(JsonNode rows) {
    List<Double> values = new ArrayList<>();
    rows.forEach(row -> row.forEach(value -> values.add(value.asDouble())));
    float[] flat = new float[values.size()];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = values.get(i).floatValue();
    }
    return flat;
  }

  private static void assertFails(ThrowingCallable call, String reason, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(RunFailure.class, e -> assertThat(e.reason()).isEqualTo(reason))
        .hasMessageStartingWith(message);
  }
}
