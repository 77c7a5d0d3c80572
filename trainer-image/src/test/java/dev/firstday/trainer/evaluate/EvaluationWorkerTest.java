package dev.firstday.trainer.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.firstday.api.DatasetSpec.Column;
import dev.firstday.api.DatasetSpec.Role;
import dev.firstday.api.DatasetSpec.Type;
import dev.firstday.api.Errand.Subject;
import dev.firstday.api.Layer;
import dev.firstday.api.MetricValue;
import dev.firstday.api.ModelVersion;
import dev.firstday.api.Network;
import dev.firstday.api.TrainingJobSpec.Gate;
import dev.firstday.api.TrainingJobSpec.MetricName;
import dev.firstday.contract.Contract;
import dev.firstday.contract.Run;
import dev.firstday.contract.RunResult;
import dev.firstday.contract.RunResult.Evaluation.Score;
import dev.firstday.sdk.data.DatasetManifest;
import dev.firstday.sdk.data.Table;
import dev.firstday.sdk.data.Tables;
import dev.firstday.sdk.store.S3Fixture;
import dev.firstday.sdk.store.Store;
import dev.firstday.sdk.store.StoreException;
import dev.firstday.trainer.Interruption;
import dev.firstday.trainer.train.ProgressBoard;
import dev.firstday.trainer.train.Synthetic;
import dev.firstday.trainer.train.Toolchain;
import dev.firstday.trainer.train.TrainWorker;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A version that was trained once, on data that came later. */
class EvaluationWorkerTest {
  private static final List<Column> COLUMNS =
      List.of(Synthetic.X, Synthetic.COLOUR, Synthetic.HOUR, Synthetic.YES);

  /** What a split's file says beside its number of rows: every label is the other one. */
  private static final String INVERTED = " inverted";

  @TempDir private static Path directory;
  private static S3Fixture s3;
  private static Store store;
  private static ModelVersion version;

  @BeforeAll
  static void train() {
    s3 = S3Fixture.start();
    store = s3.store("team-a");
    RunResult.Train trained =
        (RunResult.Train)
            new TrainWorker(
                    store,
                    EvaluationWorkerTest::read,
                    directory,
                    Clock.systemUTC(),
                    new Interruption(),
                    new PrintStream(PrintStream.nullOutputStream()),
                    new ProgressBoard(System::nanoTime),
                    Toolchain.here(Map.of()))
                .run(training(dataset(COLUMNS, "1000", "300")));
    version = trained.training().version();
  }

  @AfterAll
  static void stop() throws IOException {
    store.close();
    s3.close();
  }

  @Test
  void theSameDataGiveTheSameMetrics() {
    Score score = score(dataset(COLUMNS, "1000", "300"), null);
    assertThat(score.fault()).isNull();
    for (MetricValue atTraining : version.metrics()) {
      MetricValue now = metric(score, atTraining.name());
      assertThat(now.value()).isEqualTo(atTraining.value(), within(1e-6));
      assertThat(now.baseline()).isEqualTo(atTraining.baseline(), within(1e-12));
    }
  }

  @Test
  void otherRowsOfTheSameKindAreScoredBesideTheirOwnConstant() {
    Score score = score(dataset(COLUMNS, "2000", "700"), null);
    assertThat(score.fault()).isNull();
    MetricValue logLoss = metric(score, MetricName.LOG_LOSS);
    assertThat(logLoss.value()).isLessThan(logLoss.baseline());
    assertThat(logLoss.baseline()).isEqualTo(constantLogLoss(2000, 700), within(1e-9));
  }

  @Test
  void aWorldThatTurnedAroundIsBelowItsConstant() {
    Score score = score(dataset(COLUMNS, "2000" + INVERTED, "700" + INVERTED), null);
    assertThat(score.fault()).isEqualTo("BelowConstant");
    assertThat(score.message())
        .matches(
            "logLoss=.* does not beat the best constant of today, which has 0\\.6.*: train .*");
    assertThat(metric(score, MetricName.AUC).value()).isLessThan(0.2);
  }

  @Test
  void aDropBeyondTheMarginIsToldThoughTheConstantIsBeaten() {
    double atTraining = value(version.metrics(), MetricName.LOG_LOSS).value();
    Run.DatasetVersionReference data = dataset(COLUMNS, "2000", "500");
    double now = metric(score(data, null), MetricName.LOG_LOSS).value();
    assertThat(now).isGreaterThan(atTraining);

    assertThat(score(data, (now - atTraining) * 2).fault()).isNull();
    Score dropped = score(data, (now - atTraining) / 2);
    assertThat(dropped.fault()).isEqualTo("MetricDropped");
    assertThat(dropped.metrics()).isNotEmpty();
  }

  @Test
  void aColumnThatVanishedOrChangedIsNamed() {
    List<Column> fewer = List.of(Synthetic.X, Synthetic.HOUR, Synthetic.YES);
    Score vanished = score(dataset(fewer, "1000", "300"), null);
    assertThat(vanished.fault()).isEqualTo("ColumnMissing");
    assertThat(vanished.message()).contains("no column colour");
    assertThat(vanished.metrics()).isNull();

    List<Column> others = new ArrayList<>(fewer);
    others.add(new Column("colour", Type.INTEGER, Role.FEATURE, null));
    assertThat(score(dataset(others, "1000", "300"), null).fault()).isEqualTo("ColumnChanged");
  }

  @Test
  void aDamagedVersionKeepsTheOthersFromNothing() {
    String other = store.objects().put("{}".getBytes(StandardCharsets.UTF_8));
    RunResult.Evaluation answer =
        (RunResult.Evaluation)
            worker()
                .run(
                    evaluation(
                        dataset(COLUMNS, "1000", "300"),
                        null,
                        new Subject(2, other),
                        new Subject(1, version.digest())));
    assertThat(answer.scores().get(0).fault()).isEqualTo("ArtefactDamaged");
    assertThat(answer.scores().get(1).fault()).isNull();
    assertThat(Contract.readResult(Contract.write(answer), "run-2")).contains(answer);
  }

  @Test
  void rowsThatAreGoneAreNoVersionsFault() {
    Run.DatasetVersionReference data = dataset(COLUMNS, "1000", "301");
    s3.lose("team-a", Contract.sha256("301".getBytes(StandardCharsets.UTF_8)));
    assertThatThrownBy(() -> score(data, null)).isInstanceOf(StoreException.class);
  }

  private static Score score(Run.DatasetVersionReference data, Double maxDrop) {
    RunResult.Evaluation answer =
        (RunResult.Evaluation)
            worker().run(evaluation(data, maxDrop, new Subject(1, version.digest())));
    return answer.scores().get(0);
  }

  private static Run.Evaluate evaluation(
      Run.DatasetVersionReference data, Double maxDrop, Subject... versions) {
    return new Run.Evaluate("run-2", "team-a", "model", List.of(versions), data, maxDrop);
  }

  private static EvaluationWorker worker() {
    return new EvaluationWorker(store, EvaluationWorkerTest::read, directory);
  }

  private static MetricValue metric(Score score, MetricName name) {
    return value(score.metrics(), name);
  }

  private static MetricValue value(List<MetricValue> metrics, MetricName name) {
    return metrics.stream().filter(m -> m.name() == name).findFirst().orElseThrow();
  }

  /** Cross-entropy of the training split's share of yes, on the validation split. */
  private static double constantLogLoss(int trainingRows, int validationRows) {
    double share = share(trainingRows);
    double yes = share(validationRows);
    return -yes * Math.log(share) - (1 - yes) * Math.log(1 - share);
  }

  private static double share(int rows) {
    Table.Longs labels = (Table.Longs) Synthetic.table(rows, rows).column("yes");
    int yes = 0;
    for (long label : labels.values()) {
      yes += (int) label;
    }
    return (double) yes / rows;
  }

  private static Run.Train training(Run.DatasetVersionReference dataset) {
    return new Run.Train(
        "run-1",
        "team-a",
        "job",
        "model",
        dataset,
        null,
        new Network(null, null, List.of(Layer.dense(8, null, null)), null, null, null, null),
        null,
        null,
        6,
        64,
        5,
        null,
        List.of(new Gate(MetricName.LOG_LOSS, 0.01, null, null, null)),
        null,
        3600);
  }

  /** A version of the data set {@code rows}; a split's file says which rows it has. */
  private static Run.DatasetVersionReference dataset(
      List<Column> columns, String training, String validation) {
    String digest =
        new DatasetManifest(
                "rows",
                columns,
                null,
                split(training),
                split(validation),
                null,
                List.of(),
                "SELECT 1",
                "test",
                "",
                "")
            .store(store.objects());
    int number =
        store
            .datasetVersions("rows")
            .record("snapshot" + digest, digest, false, Instant.EPOCH, n -> Map.of())
            .number();
    return new Run.DatasetVersionReference("rows", number, digest);
  }

  private static DatasetManifest.ObjectRef split(String content) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    return new DatasetManifest.ObjectRef(store.objects().put(bytes), bytes.length, 0);
  }

  private static Table read(Path file, List<Column> columns) {
    try {
      String content = Files.readString(file);
      int rows = Integer.parseInt(content.replace(INVERTED, ""));
      Table all = Synthetic.table(rows, rows);
      boolean inverted = content.endsWith(INVERTED);
      return new Table(
          rows,
          columns.stream()
              .map(c -> inverted && c.equals(Synthetic.YES) ? inverted(all) : all.column(c.name()))
              .toList());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Table.Column inverted(Table table) {
    Table.Longs labels = (Table.Longs) table.column("yes");
    Object[] other = new Object[table.rows()];
    for (int row = 0; row < other.length; row++) {
      other[row] = labels.values()[row] == 0;
    }
    return Tables.table().with("yes", Type.BOOLEAN, other).build().column("yes");
  }
}
