package dev.firstday.trainer.train;

import dev.firstday.api.DatasetSpec.Column;
import dev.firstday.api.DatasetSpec.Role;
import dev.firstday.api.Layer;
import dev.firstday.api.Network;
import dev.firstday.api.Network.Loss;
import dev.firstday.api.TrainingJobSpec.MetricName;
import dev.firstday.contract.Contract;
import dev.firstday.contract.RunResult.Cure;
import dev.firstday.sdk.data.DatasetManifest;
import dev.firstday.sdk.data.Table;
import dev.firstday.sdk.feature.EncodedRows;
import dev.firstday.sdk.feature.Features;
import dev.firstday.sdk.model.DeclarativeModel;
import dev.firstday.sdk.model.Labels;
import dev.firstday.sdk.model.NetworkBuilder;
import dev.firstday.sdk.model.Task;
import dev.firstday.trainer.snapshot.ParquetSplitReader;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * How fast a network with layers of 128 and 64 learns from a data set's version whose label is
 * BOOLEAN, in batches of 256: {@code TrainingSpeed MANIFEST OBJECTS EPOCHS}, or, to write both
 * splits as the network gets them, for another program to learn from, {@code TrainingSpeed MANIFEST
 * OBJECTS export FOLDER}. Prints one line of JSON.
 */
public final class TrainingSpeed {
  private static final int BATCH = 256;
  static final long SEED = 1;

  private TrainingSpeed() {}

  public static void main(String[] arguments) throws IOException {
    DatasetManifest manifest =
        Contract.read(Files.readString(Path.of(arguments[0])), DatasetManifest.class);
    Path objects = Path.of(arguments[1]);
    List<Column> columns = manifest.columns();
    Column label =
        columns.stream().filter(c -> c.effectiveRole() == Role.LABEL).findFirst().orElseThrow();
    DeclarativeModel model =
        new DeclarativeModel(
            List.of(),
            new Network(
                null,
                null,
                List.of(Layer.dense(128, null, null), Layer.dense(64, null, null)),
                null,
                null,
                null,
                null),
            Loss.BINARY_CROSS_ENTROPY,
            1);
    Table table = read(objects, manifest.train(), columns);
    Task task = Labels.task(List.of(label), Loss.BINARY_CROSS_ENTROPY, table);
    List<Column> inputs = columns.stream().filter(c -> c.effectiveRole() == Role.FEATURE).toList();
    Features features = Features.fit(model.features(inputs), table);
    TrainingRows training = rows(task, features, table);
    TrainingRows validation = rows(task, features, read(objects, manifest.validation(), columns));
    if (arguments[2].equals("export")) {
      export(training, Path.of(arguments[3]), "train");
      export(validation, Path.of(arguments[3]), "validation");
      System.out.println(Contract.write(Map.of("inputs", features.width())));
    } else {
      ComputationGraph network = NetworkBuilder.build(model, features, task, SEED, Cure.FIX_SPEC);
      System.out.println(
          Contract.write(
              learn(network, training, validation, Integer.parseInt(arguments[2]), BATCH)));
    }
    System.exit(0);
  }

  /** Samples a second in each epoch, and how good it is at the end. */
  static Map<String, Object> learn(
      ComputationGraph network,
      TrainingRows training,
      TrainingRows validation,
      int epochs,
      int batch) {
    List<Double> rates = new ArrayList<>();
    Training.Outcome outcome =
        new Training(epochs, batch, SEED, Patience.start(null, MetricName.LOG_LOSS))
            .run(
                network,
                training,
                validation,
                Checkpoints.NONE,
                epoch -> rates.add(epoch.samplesPerSecond()));
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("samplesPerSecond", rates);
    result.put("auc", outcome.metrics().get(MetricName.AUC));
    result.put("logLoss", outcome.metrics().get(MetricName.LOG_LOSS));
    return result;
  }

  private static Table read(Path objects, DatasetManifest.ObjectRef split, List<Column> columns) {
    return new ParquetSplitReader().read(objects.resolve(split.digest()), columns);
  }

  static TrainingRows rows(Task task, Features features, Table table) {
    return new TrainingRows(
        task, EncodedRows.of(features, table), Labels.values(task, table, "training"));
  }

  /** {@code NAME.inputs}, float32 row after row, and {@code NAME.labels}, a byte a row. */
  static void export(TrainingRows rows, Path folder, String name) throws IOException {
    int width = rows.features().width();
    int[] order = new int[rows.rows()];
    for (int row = 0; row < order.length; row++) {
      order[row] = row;
    }
    float[] inputs = new float[BATCH * width];
    ByteBuffer bytes =
        ByteBuffer.allocate(inputs.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    Files.createDirectories(folder);
    try (DataOutputStream target =
            new DataOutputStream(
                new BufferedOutputStream(Files.newOutputStream(folder.resolve(name + ".inputs"))));
        DataOutputStream labels =
            new DataOutputStream(
                new BufferedOutputStream(
                    Files.newOutputStream(folder.resolve(name + ".labels"))))) {
      for (int from = 0; from < order.length; from += BATCH) {
        int to = Math.min(order.length, from + BATCH);
        rows.features().write(order, from, to, inputs);
        bytes.asFloatBuffer().put(inputs);
        target.write(bytes.array(), 0, (to - from) * width * Float.BYTES);
        for (int row = from; row < to; row++) {
          labels.writeByte((int) rows.labels()[row]);
        }
      }
    }
  }
}
