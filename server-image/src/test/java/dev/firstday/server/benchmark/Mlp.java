package dev.firstday.server.benchmark;

import dev.firstday.contract.Contract;
import dev.firstday.sdk.artefact.GoldenRow;
import dev.firstday.sdk.artefact.ModelManifest;
import dev.firstday.sdk.artefact.ModelZip;
import dev.firstday.sdk.artefact.Predictor;
import dev.firstday.sdk.data.Table;
import dev.firstday.sdk.feature.Feature;
import dev.firstday.sdk.feature.Features;
import dev.firstday.sdk.model.Task;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The artefact of a network 140-128-64-2 with the weights that peers serve too. */
final class Mlp {
  private static final int[] SIZES = {140, 128, 64, 2};
  private static final int GOLDEN_ROWS = 8;
  private static final Task TASK = new Task.Classes("late", List.of("no", "yes"));

  private final Map<String, byte[]> objects = new HashMap<>();
  private final String digest;

  private Mlp(ComputationGraph network) {
    Table table = rows();
    Features features =
        Features.fit(
            table.columns().stream().map(column -> Feature.numeric(column.name())).toList(), table);
    ModelManifest manifest =
        new ModelManifest(
            "mlp",
            Map.of(
                ModelManifest.MODEL, put(ModelZip.write(network)),
                ModelManifest.FEATURES, put(json(features)),
                ModelManifest.GOLDEN, put(json(golden(network, features, table)))),
            new ModelManifest.DatasetReference("flights", 1, "d".repeat(64), "", ""),
            "",
            1,
            1,
            1,
            TASK,
            features.columns(),
            Map.of(),
            null,
            List.of());
    digest = put(json(manifest)).digest();
  }

  /**
   * @param folder of {@code w0.f32}, {@code b0.f32} and so on, as NumPy writes float32
   */
  static Mlp of(Path folder) throws IOException {
    var layers = new NeuralNetConfiguration.Builder().seed(1).list();
    int last = SIZES.length - 2;
    for (int i = 0; i < last; i++) {
      layers.layer(
          new DenseLayer.Builder()
              .nIn(SIZES[i])
              .nOut(SIZES[i + 1])
              .activation(Activation.RELU)
              .build());
    }
    layers.layer(
        new OutputLayer.Builder(LossFunction.MCXENT)
            .nIn(SIZES[last])
            .nOut(SIZES[last + 1])
            .activation(Activation.SOFTMAX)
            .build());
    MultiLayerNetwork network = new MultiLayerNetwork(layers.build());
    network.init();
    for (int i = 0; i <= last; i++) {
      float[] weights = floats(folder.resolve("w" + i + ".f32"));
      float[] bias = floats(folder.resolve("b" + i + ".f32"));
      network
          .getLayer(i)
          .setParam("W", Nd4j.createFromArray(weights).reshape(SIZES[i], SIZES[i + 1]));
      network.getLayer(i).setParam("b", Nd4j.createFromArray(bias).reshape(1, SIZES[i + 1]));
    }
    return new Mlp(network.toComputationGraph());
  }

  private static float[] floats(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    float[] floats = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(floats);
    return floats;
  }

  String digest() {
    return digest;
  }

  byte[] read(String name, int maxBytes) {
    return objects.get(name);
  }

  private ModelManifest.FileReference put(byte[] content) {
    String name = Contract.sha256(content);
    objects.put(name, content);
    return new ModelManifest.FileReference(name, content.length);
  }

  private static byte[] json(Object value) {
    return Contract.write(value).getBytes(StandardCharsets.UTF_8);
  }

  private static Table rows() {
    Random random = new Random(7);
    List<Table.Column> columns = new ArrayList<>();
    for (int i = 0; i < SIZES[0]; i++) {
      double[] values = random.doubles(GOLDEN_ROWS).toArray();
      columns.add(new Table.Doubles("c" + i, values, new BitSet()));
    }
    return new Table(GOLDEN_ROWS, columns);
  }

  private static List<GoldenRow> golden(ComputationGraph network, Features features, Table table) {
    Predictor predictor = new Predictor(network, TASK, features.width());
    List<GoldenRow> golden = new ArrayList<>();
    for (int row = 0; row < GOLDEN_ROWS; row++) {
      Map<String, Object> values = features.row(table, row);
      golden.add(new GoldenRow(values, predictor.predict(features.encode(values), 1)[0]));
    }
    return golden;
  }
}
