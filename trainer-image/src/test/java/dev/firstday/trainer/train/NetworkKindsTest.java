package dev.firstday.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstday.api.DatasetSpec.Column;
import dev.firstday.api.DatasetSpec.Role;
import dev.firstday.api.DatasetSpec.Type;
import dev.firstday.api.MetricValue;
import dev.firstday.api.TrainingJobSpec;
import dev.firstday.api.TrainingJobSpec.MetricName;
import dev.firstday.api.TrainingJobStatus;
import dev.firstday.contract.Contract;
import dev.firstday.contract.Run;
import dev.firstday.contract.RunResult;
import dev.firstday.sdk.artefact.GoldenRow;
import dev.firstday.sdk.artefact.LoadedModel;
import dev.firstday.sdk.artefact.ModelManifest;
import dev.firstday.sdk.data.DatasetManifest;
import dev.firstday.sdk.store.S3Fixture;
import dev.firstday.sdk.store.Store;
import dev.firstday.trainer.Interruption;
import dev.firstday.trainer.snapshot.ParquetSplitReader;
import dev.firstday.trainer.sql.Database;
import dev.firstday.trainer.sql.Sql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each kind of network on real rows: it beats the constant, and is served as it was recorded. */
class NetworkKindsTest {
  private static final String NAMESPACE = "team-a";
  private static final Path EXAMPLES = Path.of("..", "examples");
  private static final String IRISES =
      "SELECT * FROM read_csv('%s')".formatted(EXAMPLES.resolve("iris/data/iris.csv"));

  /** How late flights of this airport arrived in each of the eight hours before the last one. */
  private static final String FLIGHTS =
      """
      WITH flights AS (FROM read_parquet('%s') WHERE arr_delay IS NOT NULL),
      hours AS (SELECT origin, time_hour, avg(greatest(arr_delay, 0)) AS delay FROM flights GROUP BY ALL)
      SELECT f.carrier, f.dest, f.hour + f.minute / 60 AS hour, f.distance, f.arr_delay > 15 AS late, %s
      FROM flights f %s ORDER BY f.time_hour, f.carrier, f.flight
      """
          .formatted(
              EXAMPLES.resolve("flights/data/flights-2013-0[34].parquet"),
              hours("h%1$d.delay AS delay%1$d", ", "),
              hours(
                  "LEFT JOIN hours h%1$d ON h%1$d.origin = f.origin"
                      + " AND h%1$d.time_hour = f.time_hour - INTERVAL (10 - %1$d) HOUR",
                  " "));

  @TempDir private Path directory;
  private S3Fixture s3;
  private Store store;

  @BeforeEach
  void start() {
    s3 = S3Fixture.start();
    store = s3.store(NAMESPACE);
  }

  @AfterEach
  void stop() throws IOException {
    store.close();
    s3.close();
  }

  @Test
  void denseWithWeightsOfClassesAndAScheduleKnowsIrises() {
    TrainingJobStatus.Result result =
        train(
            irises(),
            """
            {"network": {"layers": [{"units": 16}],
               "updater": {"type": "adam", "learningRate": 0.02, "schedule": {"type": "cosine", "warmupEpochs": 3}}},
             "classWeights": {"balanced": true}, "epochs": 40, "batchSize": 16}
            """);

    assertThat(metric(result, MetricName.LOG_LOSS).value()).isLessThan(0.3);
    assertThat(metric(result, MetricName.ACCURACY).value()).isGreaterThan(0.9);
  }

  /** Four lengths are no sequence, but small enough to see whether a convolution learns. */
  @Test
  void convolutionKnowsIrises() {
    TrainingJobStatus.Result result =
        train(
            irises(),
            """
            {"network": {
               "sequence": [{"columns": ["sepal_length", "sepal_width", "petal_length", "petal_width"]}],
               "layers": [{"type": "conv1d", "units": 8, "kernel": 2}, {"units": 8}],
               "updater": {"type": "adam", "learningRate": 0.02}},
             "epochs": 40, "batchSize": 16}
            """);

    assertThat(metric(result, MetricName.LOG_LOSS).value()).isLessThan(0.3);
    assertThat(metric(result, MetricName.ACCURACY).value()).isGreaterThanOrEqualTo(0.9);
  }

  /** Its one step hardly moves, so that the metrics are those that Keras itself measured. */
  @Test
  void networkOfKerasIsWhereTrainingBegins() throws IOException {
    Path file = Path.of("src", "test", "resources", "networks", "irises.keras");
    JsonNode keras =
        Contract.read(Files.readString(file.resolveSibling("irises.json")), JsonNode.class);
    s3.upload(NAMESPACE, "networks/irises.keras", Files.readAllBytes(file));

    TrainingJobStatus.Result result =
        train(
            irises(),
            """
            {"network": {"from": {"file": "networks/irises.keras"},
                         "updater": {"type": "sgd", "learningRate": 1e-9}},
             "epochs": 1, "batchSize": 100}
            """);

    assertThat(metric(result, MetricName.LOG_LOSS).value())
        .isCloseTo(keras.path("logLoss").asDouble(), within(1e-5));
    assertThat(metric(result, MetricName.ACCURACY).value())
        .isCloseTo(keras.path("accuracy").asDouble(), within(1e-6));
  }

  /** A version goes on where another one ended, on the same rows. */
  @Test
  void versionIsWhereTrainingBegins() {
    Run.DatasetVersionReference dataset = irises();
    TrainingJobStatus.Result first =
        train(
            dataset,
            """
            {"network": {"layers": [{"units": 8}], "updater": {"type": "adam", "learningRate": 0.01}},
             "epochs": 20, "batchSize": 16}
            """);
    ModelManifest manifest = ModelManifest.load(first.version().digest(), store.objects()::read);
    s3.upload(
        NAMESPACE,
        "networks/first.zip",
        store.objects().read(manifest.files().get(ModelManifest.MODEL).digest(), 1 << 20));

    TrainingJobStatus.Result second =
        train(
            dataset,
            """
            {"network": {"from": {"file": "networks/first.zip"},
                         "updater": {"type": "sgd", "learningRate": 1e-9}},
             "epochs": 1, "batchSize": 100}
            """);

    assertThat(metric(second, MetricName.LOG_LOSS).value())
        .isCloseTo(metric(first, MetricName.LOG_LOSS).value(), within(1e-5));
  }

  @Test
  void embeddingsLearnWhichFlightsAreLate() {
    TrainingJobStatus.Result result =
        train(
            flights(),
            """
            {"features": [{"column": "carrier", "encoding": "embedding", "size": 4},
                          {"column": "dest", "encoding": "embedding", "size": 8, "minCount": 20},
                          {"column": "hour", "encoding": "cyclic", "period": 24}],
             "network": {"layers": [{"units": 32, "dropout": 0.1}],
                         "updater": {"type": "adam", "learningRate": 0.003}},
             "epochs": 3, "batchSize": 128}
            """);

    assertBeats(result, 0.02);
  }

  @Test
  void lstmLearnsFromTheHoursBefore() {
    TrainingJobStatus.Result result =
        train(
            flights(),
            """
            {"features": [{"column": "carrier", "encoding": "embedding", "size": 4},
                          {"column": "dest", "encoding": "none"},
                          {"column": "hour", "encoding": "cyclic", "period": 24}],
             "network": {
               "sequence": [{"columns": ["delay1", "delay2", "delay3", "delay4", "delay5", "delay6", "delay7", "delay8"]}],
               "layers": [{"type": "conv1d", "units": 8}, {"type": "lstm", "units": 16, "dropout": 0.1}, {"units": 16}],
               "updater": {"type": "adam", "learningRate": 0.003}},
             "epochs": 3, "batchSize": 128}
            """);

    assertBeats(result, 0.02);
  }

  private static void assertBeats(TrainingJobStatus.Result result, double margin) {
    MetricValue loss = metric(result, MetricName.LOG_LOSS);
    assertThat(loss.value()).isLessThan(loss.baseline() - margin);
    assertThat(metric(result, MetricName.AUC).value()).isGreaterThan(0.65);
  }

  private static MetricValue metric(TrainingJobStatus.Result result, MetricName name) {
    return result.metrics().stream().filter(m -> m.name() == name).findFirst().orElseThrow();
  }

  /** Trains, and asks the version that was recorded for its golden rows. */
  private TrainingJobStatus.Result train(Run.DatasetVersionReference dataset, String job) {
    TrainingJobSpec spec = Contract.read(job, TrainingJobSpec.class);
    Run.Train run =
        new Run.Train(
            Contract.digest(job),
            NAMESPACE,
            "job",
            "model",
            dataset,
            spec.features(),
            spec.network(),
            null,
            spec.classWeights(),
            spec.epochs(),
            spec.batchSize(),
            7,
            null,
            List.of(new TrainingJobSpec.Gate(MetricName.LOG_LOSS, 0.0, null, null, null)),
            null,
            3600);
    TrainWorker worker =
        new TrainWorker(
            store,
            new ParquetSplitReader(),
            directory,
            Clock.systemUTC(),
            new Interruption(),
            System.out,
            new ProgressBoard(System::nanoTime),
            Toolchain.here(Map.of()));

    TrainingJobStatus.Result result = ((RunResult.Train) worker.run(run)).training();

    assertThat(result.failedGates()).isEmpty();
    LoadedModel model = LoadedModel.open(result.version().digest(), store.objects()::read);
    for (GoldenRow golden : model.golden()) {
      assertThat(model.predict(model.features().encode(golden.row()), 1)[0])
          .containsExactly(golden.output(), within(1e-6));
    }
    return result;
  }

  private Run.DatasetVersionReference irises() {
    List<Column> columns = new ArrayList<>();
    for (String name : List.of("sepal_length", "sepal_width", "petal_length", "petal_width")) {
      columns.add(new Column(name, Type.DOUBLE, Role.FEATURE, null));
    }
    columns.add(new Column("species", Type.VARCHAR, Role.LABEL, null));
    return record(columns, IRISES, "id % 3 = 0");
  }

  /** Every fifth flight: those of March to learn from, those of April to be judged by. */
  private Run.DatasetVersionReference flights() {
    List<Column> columns = new ArrayList<>();
    columns.add(new Column("carrier", Type.VARCHAR, Role.FEATURE, null));
    columns.add(new Column("dest", Type.VARCHAR, Role.FEATURE, null));
    columns.add(new Column("hour", Type.DOUBLE, Role.FEATURE, null));
    IntStream.rangeClosed(1, 8)
        .forEach(i -> columns.add(new Column("delay" + i, Type.DOUBLE, Role.FEATURE, null)));
    columns.add(new Column("late", Type.BOOLEAN, Role.LABEL, null));
    return record(
        columns,
        "SELECT *, row_number() OVER () AS number FROM (%s) QUALIFY number %% 5 = 0"
            .formatted(FLIGHTS),
        "number > 28000");
  }

  private Run.DatasetVersionReference record(List<Column> columns, String rows, String validates) {
    DatasetManifest manifest =
        new DatasetManifest(
            "rows",
            columns,
            null,
            split(columns, rows, "NOT (" + validates + ")"),
            split(columns, rows, validates),
            null,
            List.of(),
            "SELECT 1",
            "test",
            "",
            "");
    String digest = manifest.store(store.objects());
    store.datasetVersions("rows").record("snapshot", digest, false, Instant.EPOCH, n -> Map.of());
    return new Run.DatasetVersionReference("rows", 1, digest);
  }

  private DatasetManifest.ObjectRef split(List<Column> columns, String rows, String where) {
    Path file = directory.resolve("split.parquet");
    try (Database database = Database.open()) {
      database.execute(
          "COPY (SELECT %s FROM (%s) WHERE %s) TO %s (FORMAT parquet)"
              .formatted(
                  String.join(", ", columns.stream().map(Column::name).toList()),
                  rows,
                  where,
                  Sql.text(file.toString())));
      byte[] content = Files.readAllBytes(file);
      return new DatasetManifest.ObjectRef(
          store.objects().put(content), content.length, content.length);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String hours(String each, String between) {
    return String.join(
        between, IntStream.rangeClosed(1, 8).mapToObj(i -> each.formatted(i)).toList());
  }
}
