package dev.firstday.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.firstday.api.Layer;
import dev.firstday.api.Network;
import dev.firstday.api.TrainingJobSpec.Gate;
import dev.firstday.api.TrainingJobSpec.MetricName;
import dev.firstday.api.Updater;
import dev.firstday.contract.Contract;
import dev.firstday.contract.Run;
import dev.firstday.contract.RunResult;
import dev.firstday.sdk.store.S3Fixture;
import dev.firstday.sdk.store.Store;
import dev.firstday.trainer.snapshot.Runs;
import dev.firstday.trainer.sql.SqlResources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real trainers, killed as the kernel kills them when memory or a node is gone. */
class KilledTrainerTest {
  private static final String NAMESPACE = "n";
  private static final int KILLS = Integer.getInteger("trainer.kills", 3);
  private static final int ROWS = 20_000;
  private static final int EPOCHS = 60 * (KILLS + 1);
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Pattern EPOCH = Pattern.compile("(?m)^epoch (\\d+)/");

  @TempDir private Path directory;
  private S3Fixture s3;
  private Run.DatasetVersionReference dataset;

  @BeforeEach
  void start() {
    s3 = S3Fixture.start();
    StringBuilder csv = new StringBuilder("id,size,colour,late\n");
    for (int i = 0; i < ROWS; i++) {
      csv.append(i).append(',').append(i % 97).append(",c").append(i % 7).append(',');
      csv.append(i % 97 > 50 ^ i % 7 == 3).append('\n');
    }
    s3.upload(NAMESPACE, "rows.csv", csv.toString());
    try (Store store = s3.store(NAMESPACE)) {
      var snapshot =
          (RunResult.Snapshot)
              Runs.worker(store, new SqlResources(200L << 20, 1), directory, Clock.systemUTC())
                  .run(Runs.small(NAMESPACE));
      dataset =
          new Run.DatasetVersionReference(
              "small", snapshot.version().number(), snapshot.version().digest());
    }
  }

  @AfterEach
  void stop() throws IOException {
    s3.close();
  }

  @Test
  void endsWithTheVersionOfAnUndisturbedRun() throws Exception {
    RunResult.Train undisturbed = answer("undisturbed");

    int epochs = 0;
    for (int kill = 1; kill <= KILLS; kill++) {
      Optional<String> before = checkpoint("disturbed");
      Process trainer = trainer("disturbed");
      await()
          .atMost(PATIENCE)
          .until(() -> !checkpoint("disturbed").equals(before) || !trainer.isAlive());
      assertThat(trainer.isAlive()).as("kill %d comes before the end", kill).isTrue();
      trainer.destroyForcibly().waitFor();
      epochs += epochs();
    }
    RunResult.Train disturbed = answer("disturbed");
    epochs += epochs();

    assertThat(disturbed.training()).isEqualTo(undisturbed.training());
    assertThat(Files.readString(log())).contains("going on from a checkpoint");
    assertThat(s3.keys(NAMESPACE))
        .filteredOn(key -> key.startsWith("models/model/versions/"))
        .hasSize(1);
    assertThat(s3.keys(NAMESPACE)).noneMatch(key -> key.startsWith("checkpoints/"));
    System.out.printf(
        "killed %d times, same version: true, epochs done again: %d of %d%n",
        KILLS, epochs - EPOCHS, EPOCHS);
  }

  /** What a trainer answers that nobody kills. */
  private RunResult.Train answer(String uid) throws Exception {
    assertThat(trainer(uid).waitFor()).as("exit code, see %s", log()).isZero();
    return (RunResult.Train)
        Contract.readResult(Files.readString(TrainerProcess.answer(directory)), uid).orElseThrow();
  }

  private Process trainer(String uid) throws IOException {
    return TrainerProcess.start(s3.environment(NAMESPACE), run(uid), directory);
  }

  private Run.Train run(String uid) {
    return new Run.Train(
        uid,
        NAMESPACE,
        uid,
        "model",
        dataset,
        null,
        new Network(
            null,
            null,
            List.of(Layer.dense(64, null, 0.1)),
            null,
            new Updater(Updater.Type.ADAM, 0.001, null),
            null,
            null),
        null,
        null,
        EPOCHS,
        32,
        1,
        null,
        List.of(new Gate(MetricName.LOG_LOSS, 0.0, null, null, null)),
        null,
        1);
  }

  private Path log() {
    return TrainerProcess.log(directory);
  }

  private int epochs() throws IOException {
    return (int) EPOCH.matcher(Files.readString(log())).results().count();
  }

  /** Digest of the one that is stored: a kill while it is being sent would leave none. */
  private Optional<String> checkpoint(String uid) {
    try (Store store = s3.calmStore(NAMESPACE, Clock.systemUTC())) {
      return store.checkpoints(uid).read(uid).map(Contract::sha256);
    }
  }
}
