package dev.firstday.server.predict;

import dev.firstday.api.DatasetSpec;
import dev.firstday.contract.Contract;
import dev.firstday.sdk.artefact.GoldenRow;
import dev.firstday.sdk.artefact.ModelManifest;
import dev.firstday.sdk.artefact.ModelZip;
import dev.firstday.sdk.artefact.Predictor;
import dev.firstday.sdk.data.Table;
import dev.firstday.sdk.feature.EncodedRows;
import dev.firstday.sdk.feature.Feature;
import dev.firstday.sdk.feature.Features;
import dev.firstday.sdk.model.Task;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** A small network on made-up flights, trained for a moment and recorded as training records it. */
final class TinyModel {
  static final Task LATE = new Task.Binary("late");
  static final Task LABELS = new Task.MultiLabel(List.of("late", "full", "cheap"));
  static final Task WHO = new Task.Classes("who", List.of("crew", "tower", "weather"));
  static final Task DELAY = new Task.Regression("delay", 12, 30);

  private static final int ROWS = 64;
  static final int GOLDEN = 8;
  private static final int PASSES = 5;

  private final Map<String, byte[]> objects = new HashMap<>();
  private final ModelManifest manifest;
  private final String digest;

  private TinyModel(Task task, UnaryOperator<List<GoldenRow>> recorded) {
    Table table = flights();
    Features features =
        Features.fit(
            List.of(
                Feature.categorical("carrier"),
                Feature.numeric("hour"),
                Feature.numeric("distance"),
                Feature.time("scheduled"),
                Feature.categorical("holiday")),
            table);
    ComputationGraph network = train(task, features, table);
    List<GoldenRow> golden = recorded.apply(golden(task, features, network, table));
    manifest =
        new ModelManifest(
            "delays",
            Map.of(
                ModelManifest.MODEL,
                put(ModelZip.write(network)),
                ModelManifest.FEATURES,
                put(json(features)),
                ModelManifest.GOLDEN,
                put(json(golden))),
            new ModelManifest.DatasetReference("flights", 3, "d".repeat(64), "", ""),
            "",
            1,
            PASSES,
            PASSES,
            task,
            features.columns(),
            Map.of(),
            null,
            List.of());
    digest = put(json(manifest)).digest();
  }

  static TinyModel of(Task task) {
    return new TinyModel(task, golden -> golden);
  }

  /** One whose recorded answers are not its own. */
  static TinyModel withOtherAnswers(Task task) {
    return new TinyModel(
        task,
        golden ->
            golden.stream()
                .map(g -> new GoldenRow(g.row(), new double[] {g.output()[0] + 0.01}))
                .toList());
  }

  String digest() {
    return digest;
  }

  /** The digest of one of its files. */
  String fileDigest(String name) {
    return manifest.files().get(name).digest();
  }

  /** Each file and the manifest. */
  Map<String, byte[]> objects() {
    return objects;
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

  private static Table flights() {
    Random random = new Random(7);
    String[] carriers = {"UA", "AA", "DL"};
    int[] codes = random.ints(ROWS, 0, carriers.length).toArray();
    BitSet noDistance = new BitSet();
    noDistance.set(3);
    return new Table(
        ROWS,
        List.of(
            new Table.Texts("carrier", codes, Arrays.asList(carriers), new BitSet()),
            new Table.Longs(
                "hour",
                DatasetSpec.Type.INTEGER,
                random.longs(ROWS, 0, 24).toArray(),
                new BitSet()),
            new Table.Doubles("distance", random.doubles(ROWS, 100, 3000).toArray(), noDistance),
            new Table.Longs(
                "scheduled",
                DatasetSpec.Type.TIMESTAMP,
                random.longs(ROWS, 0, 1_700_000_000L).map(s -> s * 1_000_000).toArray(),
                new BitSet()),
            new Table.Longs(
                "holiday",
                DatasetSpec.Type.BOOLEAN,
                random.longs(ROWS, 0, 2).toArray(),
                new BitSet())));
  }

  private static ComputationGraph train(Task task, Features features, Table table) {
    boolean number = task instanceof Task.Regression;
    boolean binary = task instanceof Task.Binary || task instanceof Task.MultiLabel;
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Adam(0.01))
                .list()
                .layer(
                    new DenseLayer.Builder()
                        .nIn(features.width())
                        .nOut(16)
                        .activation(Activation.RELU)
                        .build())
                .layer(
                    new OutputLayer.Builder(
                            number
                                ? LossFunction.MSE
                                : binary ? LossFunction.XENT : LossFunction.MCXENT)
                        .nIn(16)
                        .nOut(task.outputs())
                        .activation(
                            number
                                ? Activation.IDENTITY
                                : binary ? Activation.SIGMOID : Activation.SOFTMAX)
                        .build())
                .build());
    network.init();
    float[] encoded = new float[ROWS * features.width()];
    EncodedRows.of(features, table).write(IntStream.range(0, ROWS).toArray(), 0, ROWS, encoded);
    float[] labels = new float[ROWS * task.outputs()];
    for (int row = 0; row < ROWS; row++) {
      labels[row * task.outputs() + row % task.outputs()] = task.outputs() > 1 ? 1 : row % 2;
    }
    INDArray inputs = Nd4j.createFromArray(encoded).reshape(ROWS, features.width());
    INDArray targets = Nd4j.createFromArray(labels).reshape(ROWS, task.outputs());
    for (int pass = 0; pass < PASSES; pass++) {
      network.fit(inputs, targets);
    }
    return network.toComputationGraph();
  }

  private static List<GoldenRow> golden(
      Task task, Features features, ComputationGraph network, Table table) {
    Predictor predictor = new Predictor(network, task, features.width());
    List<GoldenRow> golden = new ArrayList<>();
    for (int row = 0; row < GOLDEN; row++) {
      Map<String, Object> values = features.row(table, row);
      golden.add(new GoldenRow(values, predictor.predict(features.encode(values), 1)[0]));
    }
    return golden;
  }
}
