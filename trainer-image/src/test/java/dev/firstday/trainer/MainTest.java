package dev.firstday.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstday.api.ModelVersion;
import dev.firstday.contract.Contract;
import dev.firstday.contract.PodEnvironment;
import dev.firstday.contract.Run;
import dev.firstday.contract.RunResult;
import dev.firstday.sdk.store.S3Fixture;
import dev.firstday.sdk.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
  private static S3Fixture s3;

  @TempDir private Path directory;
  private Path answer;
  private Map<String, String> environment;

  @BeforeAll
  static void start() {
    s3 = S3Fixture.start();
    try (Store store = s3.store("n")) {
      for (int i = 1; i <= 3; i++) {
        String digest = store.objects().put(new byte[] {(byte) i});
        store
            .modelVersions("late")
            .record("run-" + i, digest, false, Instant.EPOCH, n -> version(n, digest));
      }
    }
  }

  @AfterAll
  static void stop() throws IOException {
    s3.close();
  }

  @BeforeEach
  void environment() {
    answer = directory.resolve("answer");
    environment = new HashMap<>(s3.environment("n"));
    environment.put(PodEnvironment.TERMINATION_LOG, answer.toString());
    environment.put(
        Run.VARIABLE, Contract.writeRun(new Run.Inventory("uid", "n", "late", 2, List.of())));
  }

  @Test
  void answersWithTheNewestVersions() throws IOException {
    run();

    var inventory = (RunResult.Inventory) answer();
    assertThat(inventory.count()).isEqualTo(3);
    assertThat(inventory.versions()).extracting(ModelVersion::number).containsExactly(3, 2);
  }

  @Test
  void answersThatAModelHasNoVersions() throws IOException {
    environment.put(
        Run.VARIABLE, Contract.writeRun(new Run.Inventory("uid", "n", "none", 2, List.of())));

    run();

    assertThat(answer()).isEqualTo(new RunResult.Inventory("uid", 0, List.of(), List.of()));
  }

  @Test
  void answersWithWhatItsOwnerCanMend() throws IOException {
    environment.remove("AWS_ACCESS_KEY_ID");

    run();

    var failure = (RunResult.Failure) answer();
    assertThat(failure.reason()).isEqualTo("S3CredentialsMissing");
    assertThat(failure.cure()).isEqualTo(RunResult.Cure.FIX_DATA);
  }

  @Test
  void writesNoAnswerWhenItsOwnInputIsWrong() {
    environment.put(Run.VARIABLE, "{\"run\":\"unheard-of\"}");
    assertThatThrownBy(this::run).isInstanceOf(IllegalArgumentException.class);

    environment.remove(Run.VARIABLE);
    assertThatThrownBy(this::run).hasMessageContaining("FIRSTDAY_RUN is not set");

    assertThat(answer).doesNotExist();
  }

  private void run() throws IOException {
    new Main(environment, directory, Clock.systemUTC(), new Interruption()).run();
  }

  private RunResult answer() throws IOException {
    return Contract.readResult(Files.readString(answer), "uid").orElseThrow();
  }

  private static ModelVersion version(int number, String digest) {
    return new ModelVersion(
        number,
        digest,
        "flights/1",
        digest,
        digest,
        digest,
        "",
        "",
        null,
        null,
        "run",
        Instant.EPOCH);
  }
}
