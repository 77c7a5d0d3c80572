package dev.firstday.server.predict;

import dev.firstday.contract.Contract;
import dev.firstday.sdk.artefact.GoldenRow;
import dev.firstday.sdk.artefact.LoadedModel;
import dev.firstday.sdk.artefact.ModelManifest;
import dev.firstday.sdk.artefact.ModelZip;
import dev.firstday.sdk.artefact.Predictor;
import dev.firstday.sdk.data.Table;
import dev.firstday.sdk.feature.EncodedRows;
import dev.firstday.sdk.feature.Features;
import dev.firstday.sdk.model.Task;
import dev.firstday.server.http.Call;
import dev.firstday.server.http.Reply;
import dev.firstday.server.route.SimulatedVersion;
import dev.firstday.server.v2.ModelMetadata;
import dev.firstday.server.v2.ProtocolException;
import dev.firstday.server.v2.V2;
import io.prometheus.client.CollectorRegistry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

/** A small network that was trained, recorded, and is asked by the predictor's own code. */
public final class TrainedVersion implements SimulatedVersion, AutoCloseable {
  private static final Task TASK = new Task.Binary("late");
  private static final int PASSES = 150;
  private static final int HIDDEN = 16;
  private static final int GOLDEN_ROWS = 20;
  private static final int MAX_WAITING_ROWS = 1024;

  /** Answers come from no network, so that their time says nothing. */
  private static final long NANOS = 1_000_000;

  private final ServedModel served;

  private TrainedVersion(ServedModel served) {
    this.served = served;
  }

  /**
   * @param label of each row
   * @param learnt how rows were encoded for training
   * @param stored what the artefact has for serving
   */
  public static TrainedVersion of(Table table, boolean[] label, Features learnt, Features stored) {
    ComputationGraph network = train(learnt, table, label);
    Map<String, byte[]> objects = new HashMap<>();
    ModelManifest manifest =
        new ModelManifest(
            "late-arrival",
            Map.of(
                ModelManifest.MODEL, put(ModelZip.write(network), objects),
                ModelManifest.FEATURES, put(json(stored), objects),
                ModelManifest.GOLDEN, put(json(golden(stored, network, table)), objects)),
            new ModelManifest.DatasetReference("flights", 1, "d".repeat(64), "", ""),
            "",
            1,
            PASSES,
            PASSES,
            TASK,
            stored.columns(),
            Map.of(),
            null,
            List.of());
    String digest = put(json(manifest), objects).digest();
    return new TrainedVersion(
        new ServedModel(
            "late-arrival",
            "1",
            LoadedModel.open(digest, (name, most) -> objects.get(name)),
            MAX_WAITING_ROWS,
            new PredictorMetrics(new CollectorRegistry())));
  }

  private static ModelManifest.FileReference put(byte[] content, Map<String, byte[]> objects) {
    String name = Contract.sha256(content);
    objects.put(name, content);
    return new ModelManifest.FileReference(name, content.length);
  }

  private static byte[] json(Object value) {
    return Contract.write(value).getBytes(StandardCharsets.UTF_8);
  }

  private static ComputationGraph train(Features features, Table table, boolean[] label) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Adam(0.05))
                .list()
                .layer(
                    new DenseLayer.Builder()
                        .nIn(features.width())
                        .nOut(HIDDEN)
                        .activation(Activation.RELU)
                        .build())
                .layer(
                    new OutputLayer.Builder(LossFunction.XENT)
                        .nIn(HIDDEN)
                        .nOut(1)
                        .activation(Activation.SIGMOID)
                        .build())
                .build());
    network.init();
    int rows = table.rows();
    float[] encoded = new float[rows * features.width()];
    EncodedRows.of(features, table).write(IntStream.range(0, rows).toArray(), 0, rows, encoded);
    float[] labels = new float[rows];
    for (int row = 0; row < rows; row++) {
      labels[row] = label[row] ? 1 : 0;
    }
    INDArray inputs = Nd4j.createFromArray(encoded).reshape(rows, features.width());
    INDArray targets = Nd4j.createFromArray(labels).reshape(rows, 1);
    for (int pass = 0; pass < PASSES; pass++) {
      network.fit(inputs, targets);
    }
    return network.toComputationGraph();
  }

  private static List<GoldenRow> golden(Features features, ComputationGraph network, Table table) {
    Predictor predictor = new Predictor(network, TASK, features.width());
    List<GoldenRow> golden = new ArrayList<>();
    for (int row = 0; row < GOLDEN_ROWS; row++) {
      Map<String, Object> values = features.row(table, row);
      golden.add(new GoldenRow(values, predictor.predict(features.encode(values), 1)[0]));
    }
    return golden;
  }

  @Override
  public ModelMetadata metadata() {
    return served.metadata();
  }

  @Override
  public List<byte[]> golden() {
    return GoldenCheck.requests(served);
  }

  @Override
  public Answer infer(Call call) {
    try {
      var request = V2.readRequest(call.body().getBytes(), call.jsonLength());
      var response = served.infer(request).join();
      return Answer.of(Reply.of(V2.write(response, output -> false)), NANOS);
    } catch (ProtocolException e) {
      return Answer.of(Reply.error(e), NANOS);
    }
  }

  @Override
  public void close() {
    served.close();
  }
}
