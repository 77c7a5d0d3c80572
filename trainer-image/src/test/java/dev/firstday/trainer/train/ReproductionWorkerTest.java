package dev.firstday.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstday.api.DatasetSpec.Column;
import dev.firstday.api.Errand;
import dev.firstday.api.Layer;
import dev.firstday.api.ModelVersion;
import dev.firstday.api.Network;
import dev.firstday.api.Reproduction;
import dev.firstday.api.TrainingJobSpec.Code;
import dev.firstday.api.TrainingJobSpec.Gate;
import dev.firstday.api.TrainingJobSpec.MetricName;
import dev.firstday.api.Updater;
import dev.firstday.contract.Contract;
import dev.firstday.contract.Run;
import dev.firstday.contract.RunResult;
import dev.firstday.sdk.artefact.Artefact;
import dev.firstday.sdk.artefact.ModelManifest;
import dev.firstday.sdk.artefact.ModelManifest.FileReference;
import dev.firstday.sdk.data.DatasetManifest;
import dev.firstday.sdk.data.Table;
import dev.firstday.sdk.model.TestJars;
import dev.firstday.sdk.store.FaultProxy.Fault;
import dev.firstday.sdk.store.S3Fixture;
import dev.firstday.sdk.store.Store;
import dev.firstday.sdk.store.StoreException;
import dev.firstday.trainer.Interruption;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Versions that are trained once more, against an S3 in this process. */
class ReproductionWorkerTest {
  private static final String NAMESPACE = "team-a";
  private static final Network NETWORK = network(null);

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
  void theSameWeightsComeOutBitByBitAndNothingIsRecorded() {
    ModelVersion version = train(NETWORK, null);
    List<String> before = s3.keys(NAMESPACE);

    RunResult.Reproduction answer = reproduce(version.digest());

    assertThat(answer.message()).endsWith(" again, and every other file is the same");
    assertThat(answer.verdict()).isEqualTo(Reproduction.IDENTICAL);
    assertThat(s3.keys(NAMESPACE)).isEqualTo(before);
    assertThat(Contract.readResult(Contract.write(answer), "uid")).contains(answer);
  }

  @Test
  void theRecipeSaysNothingOfWhoAskedAndWhereFilesLay() {
    ModelManifest manifest = manifest(train(NETWORK, null).digest());

    String recipe =
        new String(
            store.objects().read(manifest.files().get(ModelManifest.RECIPE).digest(), 1 << 20),
            StandardCharsets.UTF_8);

    assertThat(recipe).doesNotContain("run-1", "team-a", "job");
    assertThat(manifest.recipe(store.objects()::read).dataset().number()).isEqualTo(1);
  }

  /** Another jar lies there by now; the version has its own. */
  @Test
  void aJarIsTakenFromTheVersion() throws IOException {
    s3.upload(
        NAMESPACE, "model.jar", Files.readAllBytes(TestJars.jar(directory, "Mine", TestJars.GOOD)));
    ModelVersion version = train(null, new Code("model.jar", null, "user.Mine"));
    s3.upload(NAMESPACE, "model.jar", "another");

    assertThat(reproduce(version.digest()).verdict()).isEqualTo(Reproduction.IDENTICAL);
  }

  @Test
  void aStartingNetworkIsTakenFromTheVersion() {
    ModelManifest first = manifest(train(NETWORK, null).digest());
    String network = first.files().get(ModelManifest.MODEL).digest();
    s3.upload(NAMESPACE, "start.zip", store.objects().read(network, 1 << 24));
    ModelVersion version = train(network(new Network.StartingFile("start.zip", null)), null);
    s3.upload(NAMESPACE, "start.zip", "another");

    assertThat(version.number()).isEqualTo(2);
    assertThat(reproduce(version.digest()).verdict()).isEqualTo(Reproduction.IDENTICAL);
  }

  @Test
  void otherWeightsAreComparedByWhatTheyAreWorth() {
    ModelVersion version = train(NETWORK, null);

    RunResult.Reproduction alike = reproduce(forged(version, run -> with(run, 6, 99)));
    RunResult.Reproduction different = reproduce(forged(version, run -> with(run, 1, 99)));

    assertThat(alike.verdict()).isEqualTo(Reproduction.ALIKE);
    assertThat(alike.message())
        .contains(" instead of ", "; its metrics lie within the recorded intervals: logLoss 0.");
    assertThat(different.verdict()).isEqualTo(Reproduction.DIFFERENT);
    assertThat(different.message()).contains("; outside of the recorded intervals: logLoss 0.");
  }

  @Test
  void whatKeepsAVersionFromBeingTrainedAgainIsSaidOfIt() {
    ModelVersion version = train(NETWORK, null);
    ModelManifest old = manifest(version.digest());
    Map<String, FileReference> files = new TreeMap<>(old.files());
    files.remove(ModelManifest.RECIPE);
    assertThat(reproduce(store.objects().put(Artefact.json(with(old, files)))).verdict())
        .isEqualTo("RecipeMissing");

    Instant now = Instant.EPOCH;
    store.sweepMarks("rows").mark(1, version.digest(), now);
    store.sweepMarks("rows").beginDeletion(1, version.digest(), now, now);
    assertThat(reproduce(version.digest()).verdict()).isEqualTo("DatasetSwept");

    s3.lose(NAMESPACE, version.digest());
    assertThat(reproduce(version.digest()).verdict()).isEqualTo("ObjectNotFound");
  }

  @Test
  void aStoreThatIsAwayIsWaitedFor() {
    ModelVersion version = train(NETWORK, null);
    s3.faults().after(0, Fault.ANSWER_501);
    assertThatThrownBy(() -> reproduce(version.digest())).isInstanceOf(StoreException.class);
  }

  /** A version with another recipe than it was trained by. */
  private String forged(ModelVersion version, UnaryOperator<Run.Train> change) {
    ModelManifest manifest = manifest(version.digest());
    byte[] recipe = Artefact.json(change.apply(manifest.recipe(store.objects()::read)));
    Map<String, FileReference> files = new TreeMap<>(manifest.files());
    files.put(ModelManifest.RECIPE, new FileReference(store.objects().put(recipe), recipe.length));
    return store.objects().put(Artefact.json(with(manifest, files)));
  }

  private static ModelManifest with(ModelManifest manifest, Map<String, FileReference> files) {
    return new ModelManifest(
        manifest.model(),
        files,
        manifest.dataset(),
        manifest.codeDigest(),
        manifest.seed(),
        manifest.epochs(),
        manifest.bestEpoch(),
        manifest.task(),
        manifest.columns(),
        manifest.libraries(),
        manifest.image(),
        manifest.metrics());
  }

  private ModelManifest manifest(String digest) {
    return ModelManifest.load(digest, store.objects()::read);
  }

  private RunResult.Reproduction reproduce(String digest) {
    return (RunResult.Reproduction)
        new ReproductionWorker(
                store, ReproductionWorkerTest::read, directory, silence(), Toolchain.here(Map.of()))
            .run(new Run.Reproduce("uid", NAMESPACE, "model", new Errand.Subject(1, digest)));
  }

  private ModelVersion train(Network network, Code code) {
    RunResult.Train answer =
        (RunResult.Train)
            new TrainWorker(
                    store,
                    ReproductionWorkerTest::read,
                    directory,
                    Clock.systemUTC(),
                    new Interruption(),
                    silence(),
                    new ProgressBoard(System::nanoTime),
                    Toolchain.here(Map.of()))
                .run(run(network, code));
    return answer.training().version();
  }

  private static PrintStream silence() {
    return new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
  }

  private static Table read(Path file, List<Column> columns) {
    try {
      int rows = Integer.parseInt(Files.readString(file));
      Table all = Synthetic.table(rows, rows);
      return new Table(rows, columns.stream().map(c -> all.column(c.name())).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Network network(Network.StartingFile from) {
    return new Network(
        from,
        null,
        from == null ? List.of(Layer.dense(8, null, null)) : null,
        null,
        new Updater(Updater.Type.ADAM, 0.01, null),
        null,
        null);
  }

  private Run.Train run(Network network, Code code) {
    List<Column> columns = new ArrayList<>(Synthetic.FEATURES);
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
    store.datasetVersions("rows").record("snapshot", digest, false, Instant.EPOCH, n -> Map.of());
    return new Run.Train(
        "run-" + (network == null ? code.jar() : String.valueOf(network.from())),
        NAMESPACE,
        "job",
        "model",
        new Run.DatasetVersionReference("rows", 1, digest),
        null,
        network,
        code,
        null,
        6,
        64,
        5,
        null,
        List.of(new Gate(MetricName.LOG_LOSS, 0.05, null, null, null)),
        null,
        3600);
  }

  private static Run.Train with(Run.Train run, int epochs, long seed) {
    return new Run.Train(
        run.uid(),
        run.namespace(),
        run.trainingJob(),
        run.model(),
        run.dataset(),
        run.features(),
        run.network(),
        run.code(),
        run.classWeights(),
        epochs,
        run.batchSize(),
        seed,
        run.earlyStopping(),
        run.gates(),
        run.evaluation(),
        run.checkpointSeconds());
  }

  private DatasetManifest.ObjectRef split(int rows) {
    byte[] content = String.valueOf(rows).getBytes(StandardCharsets.UTF_8);
    return new DatasetManifest.ObjectRef(store.objects().put(content), content.length, rows);
  }
}
