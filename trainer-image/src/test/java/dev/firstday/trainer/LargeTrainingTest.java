package dev.firstday.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.firstday.contract.Contract;
import dev.firstday.contract.RunResult;
import dev.firstday.trainer.benchmark.LargeTraining;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A trainer needs no memory for its rows but what it can give back. */
class LargeTrainingTest {
  private static final int ROWS = 1_000_000;
  private static final int COLUMNS = 32;
  private static final int HEAP_MEGABYTES = 100;

  @TempDir private Path directory;

  @Test
  void rowsMayTakeMoreThanTheHeap() throws IOException, InterruptedException {
    assumeThat(Path.of("/proc/self/status")).exists();
    assertThat((long) ROWS * COLUMNS * Float.BYTES >> 20)
        .as("encoded they are more than the heap, too")
        .isGreaterThan(HEAP_MEGABYTES);

    LargeTraining.Measured measured =
        LargeTraining.measure(
            directory,
            ROWS,
            COLUMNS,
            1,
            List.of(
                "-Xmx" + HEAP_MEGABYTES + "m",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:TieredStopAtLevel=1",
                "-Djdk.serialFilter=!*"));

    String log = Files.readString(directory.resolve("log"));
    assertThat(measured.exit()).as(log).isZero();
    RunResult.Train answer =
        (RunResult.Train) Contract.readResult(measured.answer(), "large").orElseThrow();
    assertThat(answer.training().version()).as(log).isNotNull();
    assertThat(answer.training().version().evaluation().rows()).isEqualTo(ROWS / 10);
  }
}
