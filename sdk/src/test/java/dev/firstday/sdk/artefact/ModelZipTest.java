package dev.firstday.sdk.artefact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstday.api.Layer;
import dev.firstday.api.Network;
import dev.firstday.api.Network.Loss;
import dev.firstday.contract.RunResult.Cure;
import dev.firstday.sdk.OddPaths;
import dev.firstday.sdk.feature.PlainFeatures;
import dev.firstday.sdk.model.DeclarativeModel;
import dev.firstday.sdk.model.NetworkBuilder;
import dev.firstday.sdk.model.Task;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class ModelZipTest {
  private static final String MARK = "firstday.test.executed";

  @Test
  void networkComesBackAsItWas() throws IOException {
    ComputationGraph network = network();
    byte[] zip = ModelZip.write(network);

    assertThat(ModelZip.read(zip).params()).isEqualTo(network.params());
    assertThat(ModelZip.write(network)).isEqualTo(zip);
    assertThat(ModelZip.write(ModelZip.read(zip))).isEqualTo(zip);
    assertThat(
            ModelSerializer.restoreComputationGraph(new ByteArrayInputStream(zip), false).params())
        .as("DL4J reads the zip as well")
        .isEqualTo(network.params());
  }

  /** As versions were stored before networks were graphs, and as DL4J stores such a network. */
  @Test
  void layersInARowAreReadAsTheGraphThatTheyAre() throws IOException {
    MultiLayerNetwork layers =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(3)
                .list(
                    new DenseLayer.Builder().nIn(4).nOut(5).activation(Activation.RELU).build(),
                    new OutputLayer.Builder(LossFunction.MCXENT)
                        .nIn(5)
                        .nOut(3)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
    layers.init();
    ByteArrayOutputStream stored = new ByteArrayOutputStream();
    ModelSerializer.writeModel(layers, stored, false);

    ComputationGraph read = ModelZip.read(stored.toByteArray());

    INDArray rows = Nd4j.rand(7, 4);
    assertThat(read.params()).isEqualTo(layers.params());
    assertThat(read.outputSingle(rows)).isEqualTo(layers.output(rows));
  }

  @Test
  void serialisedObjectIsNeverRead() throws IOException {
    Map<String, byte[]> entries = entries(ModelZip.write(network()));
    ByteArrayOutputStream object = new ByteArrayOutputStream();
    try (ObjectOutputStream target = new ObjectOutputStream(object)) {
      target.writeObject(new Exploit());
    }
    entries.put("preprocessor.bin", object.toByteArray());
    byte[] zip = zip(entries);
    System.clearProperty(MARK);

    assertUnsafe(zip, "model.zip holds 'preprocessor.bin'");
    assertThat(System.getProperty(MARK)).isNull();
  }

  @Test
  void thisProcessDeserialisesNothing() {
    SerialFilter.require();
    ByteArrayOutputStream object = new ByteArrayOutputStream();
    assertThatThrownBy(
            () -> {
              try (ObjectOutputStream target = new ObjectOutputStream(object)) {
                target.writeObject(new Exploit());
              }
              new ObjectInputStream(new ByteArrayInputStream(object.toByteArray())).readObject();
            })
        .isInstanceOf(java.io.InvalidClassException.class);
    assertThat(System.getProperty(MARK)).isNull();
  }

  static Stream<String> others() {
    return Stream.concat(
        OddPaths.all().stream(),
        Stream.of("../configuration.json", "x/coefficients.bin", "updaterState.bin"));
  }

  @ParameterizedTest
  @MethodSource("others")
  void entriesThatNoNetworkNeedsAreRefused(String name) throws IOException {
    Map<String, byte[]> entries = entries(ModelZip.write(network()));
    entries.put(name, new byte[] {1});

    assertUnsafe(zip(entries), "model.zip holds '%s'".formatted(name));
  }

  @Test
  void entryThatUnpacksToFarMoreThanTheZipIsRefused() throws IOException {
    Map<String, byte[]> entries = entries(ModelZip.write(network()));
    entries.put("configuration.json", new byte[8 * 1024 * 1024]);

    assertUnsafe(zip(entries), "model.zip's configuration.json unpacks to more than");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "javax.script.ScriptEngineManager",
        "org.deeplearning4j.util.ModelSerializer",
        "org.nd4j.linalg.factory.Nd4j",
        "org.deeplearning4j.nn.conf.layers.DenseLayer$Builder;x"
      })
  void classThatIsNoPartOfANetworkIsRefused(String name) throws IOException {
    Map<String, byte[]> entries = entries(ModelZip.write(network()));
    String configuration =
        new String(entries.get("configuration.json"), StandardCharsets.UTF_8)
            .replaceFirst(
                "org\\.nd4j\\.linalg\\.activations\\.impl\\.\\w+", name.replace("$", "\\$"));
    entries.put("configuration.json", configuration.getBytes(StandardCharsets.UTF_8));

    assertUnsafe(zip(entries), "configuration.json names the class");
  }

  @Test
  void zipThatIsIncompleteOrNoneIsDamaged() throws IOException {
    Map<String, byte[]> entries = entries(ModelZip.write(network()));
    entries.remove("coefficients.bin");

    assertThatThrownBy(() -> ModelZip.read(zip(entries)))
        .hasMessage("model.zip holds no coefficients.bin");
    assertThatThrownBy(() -> ModelZip.read("no zip".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(ArtefactException.class);
  }

  private static void assertUnsafe(byte[] zip, String message) {
    assertThatThrownBy(() -> ModelZip.read(zip))
        .isInstanceOfSatisfying(
            ArtefactException.class, e -> assertThat(e.reason()).isEqualTo("ArtefactUnsafe"))
        .hasMessageStartingWith(message)
        .as("has a cure")
        .hasMessageContaining(": save the model anew");
  }

  static ComputationGraph network() {
    Network network =
        new Network(null, null, List.of(Layer.dense(4, null, 0.5)), null, null, null, 0.01);
    return NetworkBuilder.build(
        new DeclarativeModel(List.of(), network, Loss.BINARY_CROSS_ENTROPY, 3),
        PlainFeatures.of(3),
        new Task.Binary("late"),
        1,
        Cure.FIX_SPEC);
  }

  private static Map<String, byte[]> entries(byte[] zip) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipInputStream source = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = source.getNextEntry(); entry != null; entry = source.getNextEntry()) {
        entries.put(entry.getName(), source.readAllBytes());
      }
    }
    return entries;
  }

  private static byte[] zip(Map<String, byte[]> entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream target = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        target.putNextEntry(new ZipEntry(entry.getKey()));
        target.write(entry.getValue());
        target.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  /** Leaves a mark when it is deserialised. */
  private static final class Exploit implements Serializable {
    private void readObject(ObjectInputStream source) {
      System.setProperty(MARK, "yes");
    }
  }
}
