package dev.firstday.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.TrainingJobSpec.Code;
import dev.firstday.api.TrainingJobSpec.Gate;
import dev.firstday.api.TrainingJobSpec.MetricName;
import dev.firstday.contract.Contract;
import dev.firstday.contract.Run;
import dev.firstday.contract.RunResult;
import dev.firstday.contract.RunResult.Cure;
import dev.firstday.sdk.model.TestJars;
import dev.firstday.sdk.store.S3Fixture;
import dev.firstday.sdk.store.Store;
import dev.firstday.trainer.snapshot.Runs;
import dev.firstday.trainer.sql.SqlResources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real trainers with jars that end them: none is told as a lost pod or as a full heap. */
class CodeExitTest {
  private static final String NAMESPACE = "n";

  @TempDir private Path directory;
  private S3Fixture s3;

  @BeforeEach
  void start() {
    s3 = S3Fixture.start();
    s3.upload(NAMESPACE, "rows.csv", Runs.csv());
  }

  @AfterEach
  void stop() throws IOException {
    s3.close();
  }

  @Test
  void inTheMethodThatMakesTheNetwork() throws Exception {
    String code = beginning("public MultiLayerConfiguration network", "System.exit(0);");

    assertThat(failure(code, true))
        .returns("CodeExited", RunResult.Failure::reason)
        .returns(Cure.FIX_SPEC, RunResult.Failure::cure)
        .extracting(RunResult.Failure::message)
        .asString()
        .contains("System.exit was called in user.Mine.network(Mine.java), line ")
        .endsWith("mend the jar");
  }

  @Test
  void inTheConstructorOfAJarThatNoDigestPins() throws Exception {
    assertThat(failure(inConstructor("System.exit(1);"), false))
        .returns("CodeExited", RunResult.Failure::reason)
        .returns(Cure.FIX_DATA, RunResult.Failure::cure)
        .extracting(RunResult.Failure::message)
        .asString()
        .contains("in user.Mine.<init>");
  }

  /** By then SIGTERM would be answered with a checkpoint. */
  @Test
  void inAThreadOfItsOwnWhileTraining() throws Exception {
    String code =
        inConstructor(
            """
            new Thread(() -> {
              while (Thread.getAllStackTraces().keySet().stream().noneMatch(t -> t.getName().equals("batches"))) {
                Thread.onSpinWait();
              }
              Runtime.getRuntime().exit(3);
            }).start();
            """);

    assertThat(failure(code, true)).returns("CodeExited", RunResult.Failure::reason);
    assertThat(s3.keys(NAMESPACE)).noneMatch(key -> key.startsWith("models/"));
  }

  private static String inConstructor(String statement) {
    return TestJars.GOOD.replace(
        "implements Model {", "implements Model { public Mine() { " + statement + " }");
  }

  private static String beginning(String method, String statement) {
    int body = TestJars.GOOD.indexOf('{', TestJars.GOOD.indexOf(method)) + 1;
    return TestJars.GOOD.substring(0, body) + statement + TestJars.GOOD.substring(body);
  }

  private RunResult.Failure failure(String source, boolean pinned) throws Exception {
    byte[] jar = Files.readAllBytes(TestJars.jar(directory, "Mine", source));
    s3.upload(NAMESPACE, "mine.jar", jar);
    Code code = new Code("mine.jar", pinned ? Contract.sha256(jar) : null, "user.Mine");
    Process trainer =
        TrainerProcess.start(s3.environment(NAMESPACE), run(dataset(), code), directory);
    try {
      assertThat(trainer.waitFor(60, TimeUnit.SECONDS)).as("has ended").isTrue();
    } finally {
      trainer.destroyForcibly();
    }
    String log = Files.readString(TrainerProcess.log(directory));
    assertThat(trainer.exitValue()).as(log).isZero();
    return (RunResult.Failure)
        Contract.readResult(Files.readString(TrainerProcess.answer(directory)), "run")
            .orElseThrow();
  }

  private Run.DatasetVersionReference dataset() {
    try (Store store = s3.store(NAMESPACE)) {
      var snapshot =
          (RunResult.Snapshot)
              Runs.worker(store, new SqlResources(200L << 20, 1), directory, Clock.systemUTC())
                  .run(Runs.small(NAMESPACE));
      return new Run.DatasetVersionReference(
          "small", snapshot.version().number(), snapshot.version().digest());
    }
  }

  /** Of more epochs than anybody waits for. */
  private static Run.Train run(Run.DatasetVersionReference dataset, Code code) {
    return new Run.Train(
        "run",
        NAMESPACE,
        "job",
        "model",
        dataset,
        null,
        null,
        code,
        null,
        1_000_000,
        32,
        1,
        null,
        List.of(new Gate(MetricName.LOG_LOSS, 0.0, null, null, null)),
        null,
        300);
  }
}
