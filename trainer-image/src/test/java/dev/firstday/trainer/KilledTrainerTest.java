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
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
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
  private static final int EPOCHS = 80 * (KILLS + 1);
  private static final int CHECKPOINT_SECONDS = 1;

  /** A kill comes up to so many epochs after a checkpoint. */
  private static final int LATER = 20;

  /** One is made while the one before may still be on its way. */
  private static final double STORE_SECONDS = 0.5;

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Pattern EPOCH = Pattern.compile("(?m)^epoch (\\d+)/");
  private static final Pattern GOING_ON =
      Pattern.compile("going on from a checkpoint in epoch (\\d+)");

  private final Random random = new Random(1);

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
    double mostLost = 0;
    Optional<Killed> before = Optional.empty();
    for (int kill = 1; kill <= KILLS; kill++) {
      Killed killed = kill(kill);
      mostLost = Math.max(mostLost, lost(before));
      before = Optional.of(killed);
      epochs += epochs();
    }
    RunResult.Train disturbed = answer("disturbed");
    mostLost = Math.max(mostLost, lost(before));
    epochs += epochs();

    assertThat(disturbed.training()).isEqualTo(undisturbed.training());
    assertThat(Files.readString(log())).contains("going on from a checkpoint");
    assertThat(s3.keys(NAMESPACE))
        .filteredOn(key -> key.startsWith("models/model/versions/"))
        .hasSize(1);
    assertThat(s3.keys(NAMESPACE)).noneMatch(key -> key.startsWith("checkpoints/"));
    assertThat(mostLost)
        .as("seconds of work lost by a kill, with a checkpoint every %d s", CHECKPOINT_SECONDS)
        .isLessThanOrEqualTo(CHECKPOINT_SECONDS + STORE_SECONDS);
    System.out.printf(
        Locale.ROOT,
        "killed %d times, same version: true, epochs done again: %d of %d, at most %.2f s lost each time%n",
        KILLS,
        epochs - EPOCHS,
        EPOCHS,
        mostLost);
  }

  /**
   * A trainer that was killed.
   *
   * @param epochs numbers of those that it did
   */
  private record Killed(List<Integer> epochs, double secondsPerEpoch) {}

  private Killed kill(int number) throws Exception {
    Optional<String> before = checkpoint("disturbed");
    Process trainer = trainer("disturbed");
    await().atMost(PATIENCE).until(() -> epochs() > 0 || !trainer.isAlive());
    int first = epochs();
    long begin = System.nanoTime();
    await()
        .atMost(PATIENCE)
        .until(() -> !checkpoint("disturbed").equals(before) || !trainer.isAlive());
    int then = epochs() + random.nextInt(LATER);
    await().atMost(PATIENCE).until(() -> epochs() > then || !trainer.isAlive());
    double seconds = (System.nanoTime() - begin) / 1e9;
    assertThat(trainer.isAlive()).as("kill %d comes before the end", number).isTrue();
    trainer.destroyForcibly().waitFor();
    return new Killed(numbers(EPOCH), seconds / (epochs() - first));
  }

  /** Seconds of work that the trainer whose log is there has to do again; 0: it is the first. */
  private double lost(Optional<Killed> before) throws IOException {
    if (before.isEmpty()) {
      return 0;
    }
    int from = numbers(GOING_ON).get(0);
    return before.get().epochs().stream().filter(epoch -> epoch >= from).count()
        * before.get().secondsPerEpoch();
  }

  private List<Integer> numbers(Pattern pattern) throws IOException {
    return pattern
        .matcher(Files.readString(log()))
        .results()
        .map(match -> Integer.valueOf(match.group(1)))
        .toList();
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
        CHECKPOINT_SECONDS);
  }

  private Path log() {
    return TrainerProcess.log(directory);
  }

  private int epochs() throws IOException {
    return numbers(EPOCH).size();
  }

  /** Digest of the one that is stored: a kill while it is being sent would leave none. */
  private Optional<String> checkpoint(String uid) {
    try (Store store = s3.calmStore(NAMESPACE, Clock.systemUTC())) {
      return store.checkpoints(uid).read(uid).map(Contract::sha256);
    }
  }
}
