package dev.firstday.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.firstday.api.Layer;
import dev.firstday.api.Network;
import dev.firstday.api.Network.Loss;
import dev.firstday.api.TrainingJobSpec.MetricName;
import dev.firstday.contract.RunResult.Cure;
import dev.firstday.sdk.data.Table;
import dev.firstday.sdk.feature.EncodedRows;
import dev.firstday.sdk.feature.Features;
import dev.firstday.sdk.model.DeclarativeModel;
import dev.firstday.sdk.model.Labels;
import dev.firstday.sdk.model.NetworkBuilder;
import dev.firstday.sdk.model.Task;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The process of a trainer must not grow with the number of steps. */
class FlatMemoryTest {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final int EPOCHS = 25;
  private static final int WARM_UP = 5;

  @TempDir private Path directory;

  /** What is trained, and whether checkpoints are made. */
  enum What {
    DENSE,
    DENSE_WITH_CHECKPOINTS,
    LSTM,
    LSTM_WITH_CHECKPOINTS;

    Network network() {
      return isLstm()
          ? new Network(
              null,
              List.of(new Network.Channel(List.of("x", "hour"))),
              List.of(new Layer(Layer.Type.LSTM, 8, null, null, null), Layer.dense(8, null, 0.1)),
              null,
              null,
              null,
              1e-4)
          : new Network(null, null, List.of(Layer.dense(8, null, 0.1)), null, null, null, 1e-4);
    }

    private boolean isLstm() {
      return this == LSTM || this == LSTM_WITH_CHECKPOINTS;
    }

    Checkpoints checkpoints() {
      return this == DENSE || this == LSTM ? Checkpoints.NONE : new Written();
    }
  }

  /** Made as they are for S3, and sent nowhere. */
  private static final class Written implements Checkpoints {
    private static final int STEPS = 20;

    private int steps;

    @Override
    public Optional<Checkpoint> last() {
      return Optional.empty();
    }

    @Override
    public void afterStep(Supplier<Checkpoint> present) {
      if (++steps % STEPS == 0) {
        assertThat(present.get().write("this training")).isNotEmpty();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(What.class)
  void memoryStaysFlatOverEpochs(What what) throws IOException, InterruptedException {
    assumeThat(STATUS).exists();
    Path output = directory.resolve("output");
    Process trainer =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djdk.serialFilter=!*",
                "-Xms128m",
                "-Xmx128m",
                "-XX:+AlwaysPreTouch",
                "-cp",
                System.getProperty("java.class.path"),
                FlatMemoryTest.class.getName(),
                what.name())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean ended = trainer.waitFor(8, TimeUnit.MINUTES);
    trainer.destroyForcibly();

    List<String> lines = Files.readAllLines(output);
    assertThat(ended).as("output: %s", lines).isTrue();
    List<Long> megabytes =
        lines.stream()
            .filter(line -> line.startsWith("resident "))
            .map(line -> Long.valueOf(line.substring("resident ".length())))
            .toList();
    assertThat(megabytes).as("output: %s", lines).hasSize(EPOCHS);
    assertThat(megabytes.get(EPOCHS - 1) - megabytes.get(WARM_UP))
        .as("megabytes after each epoch: %s", megabytes)
        .isLessThan(60);
  }

  /** Trains with small batches, 188 steps an epoch, and prints the process's size after each. */
  public static void main(String[] arguments) {
    What what = What.valueOf(arguments[0]);
    DeclarativeModel model =
        new DeclarativeModel(List.of(), what.network(), Loss.BINARY_CROSS_ENTROPY, 1);
    Table table = Synthetic.table(1500, 1);
    Task task = Labels.task(List.of(Synthetic.YES), Loss.BINARY_CROSS_ENTROPY, table);
    Features features = Features.fit(model.features(Synthetic.FEATURES), table);
    TrainingRows rows =
        new TrainingRows(
            task, EncodedRows.of(features, table), Labels.values(task, table, "training"));
    new Training(EPOCHS, 8, 1, Patience.start(null, MetricName.LOG_LOSS))
        .run(
            NetworkBuilder.build(model, features, task, 1, Cure.FIX_SPEC),
            rows,
            rows,
            what.checkpoints(),
            epoch -> System.out.println("resident " + residentMegabytes()));
    System.exit(0);
  }

  private static long residentMegabytes() {
    try {
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
