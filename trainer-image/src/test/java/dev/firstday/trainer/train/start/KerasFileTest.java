package dev.firstday.trainer.train.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstday.api.Layer;
import dev.firstday.api.Layer.Activation;
import dev.firstday.api.Network;
import dev.firstday.api.Network.Loss;
import dev.firstday.contract.Contract;
import dev.firstday.contract.RunResult.Cure;
import dev.firstday.sdk.RunFailure;
import dev.firstday.sdk.artefact.Predictor;
import dev.firstday.sdk.feature.Features;
import dev.firstday.sdk.feature.PlainFeatures;
import dev.firstday.sdk.model.DeclarativeModel;
import dev.firstday.sdk.model.NetworkBuilder;
import dev.firstday.sdk.model.Task;
import dev.firstday.trainer.train.Learner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
    assertThat(start.hidden())
        .containsExactly(
            Layer.dense(8, Activation.RELU, 0.1), Layer.dense(6, Activation.TANH, null));
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
        "lambda.keras | LayerUnknown | layer lambda is Lambda, and only InputLayer, Dense and Dropout are read; build the network without it, or write a class of your own (spec.code)",
        "normalised.keras | LayerUnknown | layer layer_normalization is LayerNormalization, and only",
        "mish.keras | LayerUnknown | the activation mish is not read; these are: [elu, linear, relu, selu, sigmoid, tanh]",
        "shape.h5 | NetworkDamaged | the weights at /model_weights/dense/irises/dense/kernel are float [5, 8], and must be float [4, 8], not compressed",
        "link.h5 | NetworkUnsafe | '/model_weights/dense/irises/dense/kernel' is a link; save the model anew",
        "bomb.h5 | NetworkDamaged | the weights at /model_weights/dense/irises/dense/kernel are float [4, 8] compressed, and must be",
        "bomb.keras | ArtefactUnsafe | bomb.keras's config.json unpacks to more than"
      })
  void whatIsNotReadIsNamed(String name, String reason, String message) {
    assertFails(() -> read(name), reason, "spec.network.from.file: " + message);
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
        new KerasNetwork(4, start.hidden(), new KerasNetwork.Output(3, "linear"), start.weights());
    assertFails(
        () -> linear.requireFit(FOUR, KIND, Loss.CATEGORICAL_CROSS_ENTROPY),
        "NetworkDoesNotFit",
        "spec.network.from.file: the network ends with linear and the loss categoricalCrossEntropy needs softmax");
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
