package dev.firstday.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.firstday.api.DatasetSpec.Column;
import dev.firstday.api.Layer;
import dev.firstday.api.MetricValue;
import dev.firstday.api.ModelVersion;
import dev.firstday.api.Network;
import dev.firstday.api.TrainingJobSpec.Code;
import dev.firstday.api.TrainingJobSpec.Encoding;
import dev.firstday.api.TrainingJobSpec.EvaluationSpec;
import dev.firstday.api.TrainingJobSpec.Feature;
import dev.firstday.api.TrainingJobSpec.Gate;
import dev.firstday.api.TrainingJobSpec.MetricName;
import dev.firstday.api.TrainingJobSpec.Slice;
import dev.firstday.api.TrainingJobStatus;
import dev.firstday.api.Updater;
import dev.firstday.contract.Contract;
import dev.firstday.contract.PodEnvironment;
import dev.firstday.contract.Run;
import dev.firstday.contract.RunResult;
import dev.firstday.contract.RunResult.Cure;
import dev.firstday.sdk.RunFailure;
import dev.firstday.sdk.artefact.ArtefactException;
import dev.firstday.sdk.artefact.GoldenRow;
import dev.firstday.sdk.artefact.LoadedModel;
import dev.firstday.sdk.artefact.ModelManifest;
import dev.firstday.sdk.data.DatasetManifest;
import dev.firstday.sdk.data.Table;
import dev.firstday.sdk.evaluation.Evaluation;
import dev.firstday.sdk.evaluation.Importance;
import dev.firstday.sdk.evaluation.LossCurve;
import dev.firstday.sdk.evaluation.Slices;
import dev.firstday.sdk.evaluation.Summaries;
import dev.firstday.sdk.model.TestJars;
import dev.firstday.sdk.store.FaultProxy.Fault;
import dev.firstday.sdk.store.S3Fixture;
import dev.firstday.sdk.store.Store;
import dev.firstday.trainer.Interruption;
import dev.firstday.trainer.LeftException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs against an S3 in this process. */
class TrainWorkerTest {
  private static final String NAMESPACE = "team-a";
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);
  private static final Network NETWORK =
      new Network(
          null,
          null,
          List.of(Layer.dense(8, null, null)),
          null,
          new Updater(Updater.Type.ADAM, 0.01, null),
          null,
          null);
  private static final Network OTHER_NETWORK =
      new Network(
          null,
          null,
          List.of(Layer.dense(9, null, null)),
          null,
          new Updater(Updater.Type.ADAM, 0.01, null),
          null,
          null);
  private static final Toolchain TOOLCHAIN =
      Toolchain.here(Map.of(PodEnvironment.IMAGE, "trainer@sha256:1"));
  private static final Gate BEATS_CONSTANT = new Gate(MetricName.LOG_LOSS, 0.05, null, null, null);

  @TempDir private Path directory;
  private S3Fixture s3;
  private Store store;
  private final Interruption interruption = new Interruption();
  private final ProgressBoard board = new ProgressBoard(System::nanoTime);
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();

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
  void modelThatBeatsTheConstantIsRecordedWithWhatItCameFrom() {
    Run.Train run = run("run-1", NETWORK, null, BEATS_CONSTANT);

    RunResult.Train answer = (RunResult.Train) worker().run(run);

    TrainingJobStatus.Result result = answer.training();
    assertThat(result.failedGates()).isEmpty();
    assertThat(result.epochs()).isEqualTo(6);
    assertThat(result.version().number()).isEqualTo(1);
    assertThat(result.version().dataset()).isEqualTo("rows/1");
    assertThat(result.version().headline()).matches("logLoss=0\\.\\d{4}");
    assertThat(result.version().recordedAt()).isEqualTo(CLOCK.instant());
    assertThat(Contract.readResult(Contract.write(answer), "run-1")).contains(answer);
    assertThat(output.toString(StandardCharsets.UTF_8))
        .contains("epoch 6/6 [####################]")
        .contains("recorded as model/1");

    LoadedModel model = LoadedModel.open(result.version().digest(), store.objects()::read);
    assertThat(model.manifest().dataset().trainDigest()).isEqualTo(result.version().trainDigest());
    assertThat(model.manifest().libraries())
        .containsEntry("deeplearning4j-nn", "1.0.0-M2.1")
        .containsEntry("java", Runtime.version().toString())
        .hasEntrySatisfying("firstday", release -> assertThat(release).matches("\\d+\\.\\d+.*"))
        .hasEntrySatisfying(
            "openblas", openblas -> assertThat(openblas).matches("0\\.3\\.\\d+-\\d.*"));
    assertThat(model.manifest().image()).isEqualTo("trainer@sha256:1");
    assertThat(model.golden()).hasSize(100);
    for (GoldenRow golden : model.golden()) {
      assertThat(model.predict(model.features().encode(golden.row()), 1)[0])
          .containsExactly(golden.output(), within(1e-6));
    }
  }

  @Test
  void whatLiesBehindTheMetricsIsStoredWithTheVersion() {
    Run.Train run = run("run-1", NETWORK, null, BEATS_CONSTANT);

    ModelVersion version = ((RunResult.Train) worker().run(run)).training().version();

    Evaluation evaluation = evaluation(version);
    assertThat(evaluation.metrics()).isEqualTo(version.metrics());
    assertThat(version.evaluation())
        .isEqualTo(Summaries.of(evaluation, version.evaluation().report()));
    assertThat(report(version)).startsWith("<!DOCTYPE html>").contains("<h1>model</h1>");
    for (MetricValue metric : version.metrics()) {
      assertThat(metric.value()).isStrictlyBetween(metric.lower(), metric.upper());
    }
    assertThat(evaluation.details().loss().points())
        .extracting(LossCurve.Point::epoch)
        .containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(evaluation.details().loss().points().get(5).validation())
        .isEqualTo(metric(version, MetricName.LOG_LOSS).value());
    assertThat(evaluation.details().importance().columns())
        .extracting(Importance.Column::name)
        .startsWith("x")
        .containsExactlyInAnyOrder("x", "colour", "hour");
    int[][] confusion = evaluation.details().confusion().rows();
    assertThat((confusion[0][0] + confusion[1][1]) / (double) evaluation.rows())
        .isEqualTo(metric(version, MetricName.ACCURACY).value());
    assertThat(metric(version, MetricName.LOG_LOSS).linear())
        .isLessThan(metric(version, MetricName.LOG_LOSS).baseline());
  }

  private Evaluation evaluation(ModelVersion version) {
    ModelManifest manifest = ModelManifest.load(version.digest(), store.objects()::read);
    String digest = manifest.files().get(ModelManifest.EVALUATION).digest();
    return Contract.read(
        new String(store.objects().read(digest, 1 << 20), StandardCharsets.UTF_8),
        Evaluation.class);
  }

  /** What lies where the status says. */
  private String report(ModelVersion version) {
    String address = version.evaluation().report();
    assertThat(address).startsWith("s3://firstday-test/team/team-a/objects/sha256/");
    String digest = address.substring(address.lastIndexOf('/') + 1);
    return new String(store.objects().read(digest, 1 << 20), StandardCharsets.UTF_8);
  }

  private static MetricValue metric(ModelVersion version, MetricName name) {
    return version.metrics().stream().filter(m -> m.name() == name).findFirst().orElseThrow();
  }

  @Test
  void slicesMayBeOfColumnsThatTheModelDoesNotGet() {
    Run.Train run =
        with(
            run("run-1", NETWORK, null, BEATS_CONSTANT),
            new Slice("colour", null),
            new Slice("note", List.of(50.0)));

    Slices slices =
        evaluation(((RunResult.Train) worker().run(run)).training().version()).details().slices();

    assertThat(slices.declared())
        .extracting(Slices.Slice::column)
        .containsExactly("colour", "colour", "colour", "colour", "note", "note");
    assertThat(slices.declared().subList(4, 6))
        .extracting(Slices.Slice::value)
        .containsExactly("below 50", "from 50");
    assertThat(slices.declared().subList(4, 6).stream().mapToInt(Slices.Slice::rows).sum())
        .isEqualTo(300);
    assertThat(slices.worst()).extracting(Slices.Slice::column).doesNotContain("note");
  }

  @Test
  void slicesThatDoNotFitAreNamed() {
    Run.Train run = run("run-1", NETWORK, null, BEATS_CONSTANT);

    assertSliceFails(
        with(run, new Slice("size", null)),
        "spec.evaluation.slices[0].column: data set rows has no column size; it has x, colour, hour, note, yes");
    assertSliceFails(
        with(run, new Slice("x", null), new Slice("colour", List.of(1.0))),
        "spec.evaluation.slices[1].bounds: column colour is a VARCHAR and has no bands: leave bounds out, and each value is a slice");
    assertSliceFails(
        with(run, new Slice("x", List.of(2.0, 1.0))),
        "spec.evaluation.slices[0].bounds[1]: 1.0 is not greater than the one before: put them in ascending order");
    assertSliceFails(
        with(run, new Slice("x", null), new Slice("x", List.of(2.0))),
        "spec.evaluation.slices[1].column: x is sliced twice: leave one of them out");
  }

  private void assertSliceFails(Run.Train run, String message) {
    assertThatThrownBy(() -> worker().run(run))
        .isInstanceOfSatisfying(
            RunFailure.class, e -> assertThat(e.cure()).isEqualTo(Cure.FIX_SPEC))
        .hasMessage(message);
  }

  @Test
  void sameRunAgainIsAnsweredWithItsVersionAndNoTraining() {
    Run.Train run = run("run-1", NETWORK, null, BEATS_CONSTANT);
    RunResult first = worker().run(run);
    output.reset();

    assertThat(worker().run(run)).isEqualTo(first);
    assertThat(output.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void sameInputsGiveTheSameVersionWhoeverRunsThem() {
    RunResult.Train first =
        (RunResult.Train) worker().run(run("run-1", NETWORK, null, BEATS_CONSTANT));
    RunResult.Train second =
        (RunResult.Train) worker().run(run("run-2", NETWORK, null, BEATS_CONSTANT));

    assertThat(second.training().version()).isEqualTo(first.training().version());
    assertThat(store.modelVersions("model").numbers()).containsExactly(1);
  }

  @Test
  void modelThatFailsAGateIsNotRecorded() {
    RunResult.Train answer =
        (RunResult.Train)
            worker()
                .run(
                    run(
                        "run-1",
                        NETWORK,
                        null,
                        BEATS_CONSTANT,
                        new Gate(MetricName.AUC, null, null, 0.9999, null)));

    assertThat(answer.training().version()).isNull();
    assertThat(answer.training().failedGates())
        .singleElement()
        .asString()
        .matches("auc 0\\.\\d{4} is not at least 0\\.9999");
    assertThat(store.modelVersions("model").numbers()).isEmpty();
  }

  @Test
  void classOutOfAJarIsTrainedAndKept() throws IOException {
    Path jar = TestJars.jar(directory, "Mine", TestJars.GOOD);
    s3.upload(NAMESPACE, "models/mine.jar", Files.readAllBytes(jar));
    Code code = new Code("models/mine.jar", null, "user.Mine");

    RunResult.Train answer =
        (RunResult.Train) worker().run(run("run-1", null, code, BEATS_CONSTANT));

    ModelManifest manifest =
        ModelManifest.load(answer.training().version().digest(), store.objects()::read);
    assertThat(manifest.files().get(ModelManifest.CODE).digest())
        .isEqualTo(Contract.sha256(Files.readAllBytes(jar)));
  }

  @Test
  void jarThatIsNotTheOneMeantIsRefused() throws IOException {
    Path jar = TestJars.jar(directory, "Mine", TestJars.GOOD);
    s3.upload(NAMESPACE, "mine.jar", Files.readAllBytes(jar));

    assertFails(
        run("r", null, new Code("mine.jar", "0".repeat(64), "user.Mine"), BEATS_CONSTANT),
        "CodeDigestMismatch",
        Cure.FIX_DATA);
    assertFails(
        run("r", null, new Code("yours.jar", null, "user.Mine"), BEATS_CONSTANT),
        "ObjectNotFound",
        Cure.FIX_DATA);
    assertFails(
        run("r", null, new Code("mine.jar", null, "user.Other"), BEATS_CONSTANT),
        "ClassNotFound",
        Cure.FIX_DATA);
  }

  @Test
  void splitThatSomebodyDeletedIsNamedAndNothingIsRecorded() {
    Run.Train run = run("run-1", NETWORK, null, BEATS_CONSTANT);
    s3.lose(NAMESPACE, Contract.sha256("300".getBytes(StandardCharsets.UTF_8)));

    assertThatThrownBy(() -> worker().run(run))
        .isInstanceOfSatisfying(
            RunFailure.class,
            e -> {
              assertThat(e.reason()).isEqualTo("ObjectNotFound");
              assertThat(e.cure()).isEqualTo(Cure.FIX_DATA);
            })
        .hasMessageMatching(
            "the validation split of rows/1: s3://.* does not exist: was it deleted, or never uploaded\\? Restore it from a backup, or take another version");
    assertThat(s3.keys(NAMESPACE)).noneMatch(key -> key.startsWith("models/"));
    assertThat(checkpoints()).isEmpty();
  }

  @Test
  void mistakesInTheSpecAreNamed() {
    assertFails(
        run("r", NETWORK, null, new Gate(MetricName.RMSE, 0.0, null, null, null)),
        "MetricNotAvailable",
        Cure.FIX_SPEC);
    Run.Train good = run("r", NETWORK, null, BEATS_CONSTANT);
    assertFails(
        with(good, new Feature("size", Encoding.NUMERIC, null, null, null)),
        "FeatureInvalid",
        Cure.FIX_SPEC);
    assertFails(
        with(good, new Feature("colour", Encoding.NUMERIC, null, null, null)),
        "FeatureInvalid",
        Cure.FIX_SPEC);
  }

  @Test
  void absenceOfS3WhileAVersionIsRecordedIsWaitedOut() {
    Run.Train run = run("run-1", NETWORK, null, BEATS_CONSTANT);
    PrintStream breaking = at("epoch 6/6", () -> s3.faults().next(2, "PUT ", Fault.ANSWER_503));

    RunResult.Train answer = (RunResult.Train) worker(breaking).run(run);

    assertThat(answer.training().version().number()).isEqualTo(1);
  }

  @Test
  void attemptThatIsToldToEndIsGoneOnWith() {
    RunResult.Train undisturbed =
        (RunResult.Train) worker().run(run("run-1", NETWORK, null, BEATS_CONSTANT));
    Run.Train run = run("run-2", NETWORK, null, BEATS_CONSTANT);
    output.reset();

    assertThatThrownBy(() -> worker(at("epoch 2/6", interruption::ask)).run(run))
        .isInstanceOf(LeftException.class)
        .hasMessageContaining("told to end in epoch 3, after 1 steps of it");
    assertThat(checkpoints()).containsExactly("checkpoints/job/run-2");
    RunResult.Train answer = (RunResult.Train) worker(new Interruption(), print()).run(run);

    assertThat(output.toString(StandardCharsets.UTF_8))
        .containsOnlyOnce("epoch 2/6")
        .contains("going on from a checkpoint in epoch 3, after 1 steps of it");
    assertThat(answer.training().version()).isEqualTo(undisturbed.training().version());
    assertThat(checkpoints()).isEmpty();
  }

  @Test
  void checkpointThatIsNotAsItWasWrittenIsNotGoneOnWith() {
    Run.Train run = run("run-1", NETWORK, null, BEATS_CONSTANT);
    assertThatThrownBy(() -> worker(at("epoch 2/6", interruption::ask)).run(run))
        .isInstanceOf(LeftException.class);
    byte[] checkpoint = store.checkpoints("job").read("run-1").orElseThrow();
    checkpoint[checkpoint.length / 2] ^= 1;
    store.checkpoints("job").put("run-1", checkpoint);

    worker(new Interruption(), print()).run(run);

    assertThat(output.toString(StandardCharsets.UTF_8))
        .contains("training begins anew: s3://", "epoch 1/6")
        .doesNotContain("going on");
  }

  /** The same run's, as it was written. */
  @Test
  void checkpointOfAnotherNetworkIsNotGoneOnWith() {
    Run.Train run = run("run-1", NETWORK, null, BEATS_CONSTANT);
    assertThatThrownBy(() -> worker(at("epoch 2/6", interruption::ask)).run(run))
        .isInstanceOf(LeftException.class);

    assertBeginsAnew(
        worker(new Interruption(), print()), run("run-1", OTHER_NETWORK, null, BEATS_CONSTANT));
  }

  @Test
  void checkpointOfAnotherReleaseIsNotGoneOnWith() {
    Run.Train run = run("run-1", NETWORK, null, BEATS_CONSTANT);
    Map<String, String> earlier = new HashMap<>(TOOLCHAIN.libraries());
    assertThat(earlier.put("firstday", "0.0.9")).isNotNull();
    assertThatThrownBy(
            () ->
                worker(
                        interruption,
                        at("epoch 2/6", interruption::ask),
                        new Toolchain(earlier, "trainer:0.0.9"))
                    .run(run))
        .isInstanceOf(LeftException.class);

    assertBeginsAnew(worker(new Interruption(), print()), run);
  }

  /** A registry is moved, and the release is the same. */
  @Test
  void checkpointOfAnotherImageIsGoneOnWith() {
    Run.Train run = run("run-1", NETWORK, null, BEATS_CONSTANT);
    assertThatThrownBy(() -> worker(at("epoch 2/6", interruption::ask)).run(run))
        .isInstanceOf(LeftException.class);

    worker(new Interruption(), print(), new Toolchain(TOOLCHAIN.libraries(), "mirror/trainer:1"))
        .run(run);

    assertThat(output.toString(StandardCharsets.UTF_8)).contains("going on from a checkpoint");
  }

  private void assertBeginsAnew(TrainWorker worker, Run.Train run) {
    output.reset();
    RunResult.Train answer = (RunResult.Train) worker.run(run);

    assertThat(output.toString(StandardCharsets.UTF_8))
        .contains(
            "training begins anew: s3://firstday-test/team/team-a/checkpoints/job/run-1 is damaged, or is no checkpoint of this run with this code, data and trainer",
            "epoch 1/6")
        .doesNotContain("going on");
    assertThat(answer.training().version().number()).isEqualTo(1);
    assertThat(checkpoints()).isEmpty();
  }

  @Test
  void checkpointsAreMadeAsOftenAsIsSaidAndNeverEndARun() {
    Run.Train run = everySecond(run("run-1", NETWORK, null, BEATS_CONSTANT));
    s3.faults()
        .next(Integer.MAX_VALUE, "PUT /firstday-test/team/team-a/checkpoints", Fault.ANSWER_501);
    int before = s3.faults().requests().size();
    PrintStream slow = at("epoch", () -> LockSupport.parkNanos(600_000_000));

    RunResult.Train answer = (RunResult.Train) worker(slow).run(run);

    assertThat(answer.training().version().number()).isEqualTo(1);
    assertThat(s3.faults().requests().stream().skip(before))
        .filteredOn(request -> request.startsWith("PUT ") && request.contains("/checkpoints/job/"))
        .hasSizeBetween(2, 4);
  }

  @Test
  void storeThatLetsNobodyDeleteIsNoReasonToFail() {
    store.checkpoints("job").put("given up", new byte[] {1});
    s3.faults().next(Integer.MAX_VALUE, "DELETE ", Fault.ANSWER_501);

    Run.Train run = run("run-1", NETWORK, null, BEATS_CONSTANT);
    RunResult.Train answer = (RunResult.Train) worker().run(run);

    assertThat(answer.training().version().number()).isEqualTo(1);
    assertThat(worker().run(run)).isEqualTo(answer);
  }

  @Test
  void whatAnotherRunOfTheTrainingJobLeftIsDeleted() {
    store.checkpoints("job").put("given up", new byte[] {1});
    store.checkpoints("other job").put("under way", new byte[] {1});

    worker().run(run("run-1", NETWORK, null, BEATS_CONSTANT));

    assertThat(checkpoints()).containsExactly("checkpoints/other job/under way");
  }

  @Test
  void artefactWithAByteFlippedIsNotOpened() {
    RunResult.Train answer =
        (RunResult.Train) worker().run(run("run-1", NETWORK, null, BEATS_CONSTANT));
    String digest = answer.training().version().digest();
    ModelManifest manifest = ModelManifest.load(digest, store.objects()::read);

    for (String name : List.of(ModelManifest.MODEL, ModelManifest.FEATURES, ModelManifest.GOLDEN)) {
      String file = manifest.files().get(name).digest();
      assertThatThrownBy(
              () ->
                  LoadedModel.open(
                      digest,
                      (object, maxBytes) -> {
                        byte[] content = store.objects().read(object, maxBytes);
                        if (object.equals(file)) {
                          content[content.length / 2] ^= 1;
                        }
                        return content;
                      }))
          .isInstanceOf(ArtefactException.class)
          .hasMessageStartingWith(name + " has sha256");
    }
  }

  private TrainWorker worker() {
    return worker(print());
  }

  private TrainWorker worker(PrintStream progress) {
    return worker(interruption, progress);
  }

  /** Reads synthetic splits: the file's content is the number of rows. */
  private TrainWorker worker(Interruption interruption, PrintStream progress) {
    return worker(interruption, progress, TOOLCHAIN);
  }

  private TrainWorker worker(Interruption interruption, PrintStream progress, Toolchain toolchain) {
    return new TrainWorker(
        store, TrainWorkerTest::read, directory, CLOCK, interruption, progress, board, toolchain);
  }

  private PrintStream print() {
    return at("no line begins so", () -> {});
  }

  /** What is printed, and an action after each line that begins so. */
  private PrintStream at(String start, Runnable action) {
    return new PrintStream(output, true, StandardCharsets.UTF_8) {
      @Override
      public void println(String line) {
        super.println(line);
        if (line.startsWith(start)) {
          action.run();
        }
      }
    };
  }

  private List<String> checkpoints() {
    return s3.keys(NAMESPACE).stream().filter(key -> key.startsWith("checkpoints/")).toList();
  }

  private static Table read(Path file, List<Column> columns) {
    try {
      int rows = Integer.parseInt(Files.readString(file));
      Table all = Synthetic.table(rows, rows);
      return new Table(rows, columns.stream().map(c -> all.column(c.name())).toList());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void assertFails(Run.Train run, String reason, Cure cure) {
    assertThatThrownBy(() -> worker().run(run))
        .isInstanceOfSatisfying(
            RunFailure.class,
            e -> {
              assertThat(e.reason()).isEqualTo(reason);
              assertThat(e.cure()).isEqualTo(cure);
            });
  }

  private Run.Train run(String uid, Network network, Code code, Gate... gates) {
    List<Column> columns = new ArrayList<>(Synthetic.FEATURES);
    columns.add(Synthetic.NOTE);
    columns.add(Synthetic.YES);
    DatasetManifest manifest =
        new DatasetManifest(
            "rows",
            columns,
            null,
            split(1000),
            split(300),
            null,
            List.of(),
            "SELECT 1",
            "test",
            "",
            "");
    String digest = manifest.store(store.objects());
    int number =
        store
            .datasetVersions("rows")
            .record("snapshot", digest, false, Instant.EPOCH, n -> Map.of())
            .number();
    return new Run.Train(
        uid,
        NAMESPACE,
        "job",
        "model",
        new Run.DatasetVersionReference("rows", number, digest),
        null,
        network,
        code,
        null,
        6,
        64,
        5,
        null,
        List.of(gates),
        null,
        3600);
  }

  private DatasetManifest.ObjectRef split(int rows) {
    byte[] content = String.valueOf(rows).getBytes(StandardCharsets.UTF_8);
    return new DatasetManifest.ObjectRef(store.objects().put(content), content.length, rows);
  }

  private static Run.Train everySecond(Run.Train run) {
    return with(run, run.features(), run.evaluation(), 1);
  }

  private static Run.Train with(Run.Train run, Feature feature) {
    return with(run, List.of(feature), run.evaluation(), run.checkpointSeconds());
  }

  private static Run.Train with(Run.Train run, Slice... slices) {
    return with(run, run.features(), new EvaluationSpec(List.of(slices)), run.checkpointSeconds());
  }

  private static Run.Train with(
      Run.Train run, List<Feature> features, EvaluationSpec evaluation, long checkpointSeconds) {
    return new Run.Train(
        run.uid(),
        run.namespace(),
        run.trainingJob(),
        run.model(),
        run.dataset(),
        features,
        run.network(),
        run.code(),
        run.classWeights(),
        run.epochs(),
        run.batchSize(),
        run.seed(),
        run.earlyStopping(),
        run.gates(),
        evaluation,
        checkpointSeconds);
  }
}
