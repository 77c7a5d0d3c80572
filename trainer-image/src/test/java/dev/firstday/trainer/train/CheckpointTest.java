package dev.firstday.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstday.api.Network;
import dev.firstday.api.Network.Loss;
import dev.firstday.api.TrainingJobSpec.EarlyStopping;
import dev.firstday.api.TrainingJobSpec.MetricName;
import dev.firstday.contract.RunResult.Cure;
import dev.firstday.sdk.RunFailure;
import dev.firstday.sdk.evaluation.LossCurve;
import dev.firstday.sdk.model.DeclarativeModel;
import dev.firstday.trainer.train.start.StartingPoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {
  private static final Patience BEFORE_AN_EPOCH =
      Patience.start(new EarlyStopping(2, MetricName.AUC, 0.01), MetricName.LOG_LOSS);
  private static final Progress LATER =
      new Progress(
          BEFORE_AN_EPOCH.after(0.7).after(0.6),
          3,
          1.25,
          new float[] {7, 8},
          Map.of(MetricName.AUC, 0.7, MetricName.LOG_LOSS, 0.1),
          List.of(new LossCurve.Point(1, 0.75, 0.5), new LossCurve.Point(2, 0.5, Double.NaN)));
  private static final Learner.State STATE =
      new Learner.State(new float[] {1.5f, Float.MIN_VALUE}, new float[] {-0.0f, Float.NaN, 3}, 41);

  @Test
  void isReadAsItWasWritten() {
    assertSame(new Checkpoint(LATER, STATE));
  }

  @Test
  void isReadAsItWasWrittenBeforeTheFirstEpochIsOver() {
    assertSame(
        new Checkpoint(
            Progress.begin(BEFORE_AN_EPOCH), new Learner.State(new float[1], new float[0], 0)));
  }

  @Test
  void ofSomethingElseIsNone() {
    byte[] bytes = new Checkpoint(LATER, STATE).write("this");

    assertThat(Checkpoint.read(bytes, "that")).isEmpty();
  }

  @Test
  void withAByteChangedOrMissingIsNone() {
    byte[] bytes = new Checkpoint(LATER, STATE).write("this");
    for (int at = 0; at < bytes.length; at++) {
      byte[] flipped = bytes.clone();
      flipped[at] ^= 1;
      assertThat(Checkpoint.read(flipped, "this")).as("byte %d changed", at).isEmpty();
      assertThat(Checkpoint.read(Arrays.copyOf(bytes, at), "this")).as("%d bytes", at).isEmpty();
    }
  }

  @Test
  void aNetworkWhoseCheckpointsAreTooLargeIsRefusedBeforeItLearns() {
    Checkpoint.requireRoom(130_000_000, 260_000_000, Cure.FIX_SPEC);
    Checkpoint.requireRoom(260_000_000, 0, Cure.FIX_SPEC);

    assertThatThrownBy(() -> Checkpoint.requireRoom(140_000_000, 280_000_000, Cure.FIX_SPEC))
        .isInstanceOfSatisfying(
            RunFailure.class,
            e -> {
              assertThat(e.reason()).isEqualTo("NetworkTooLarge");
              assertThat(e.cure()).isEqualTo(Cure.FIX_SPEC);
            })
        .hasMessageStartingWith(
            "the network has 140,000,000 weights and its optimiser keeps 280,000,000 numbers beside them, so that a checkpoint takes 2,136 MiB, and 2,031 MiB is the most: make its layers narrower");
  }

  /** Means and variances of a normalisation, among others, are taught by nothing. */
  @ParameterizedTest
  @ValueSource(strings = {"convolutions.keras", "lstm.keras", "tabular.keras"})
  void whatTheOptimiserKeepsIsCountedAsItKeepsIt(String name) throws IOException {
    Path file = Path.of("src", "test", "resources", "networks", name);
    ComputationGraph network =
        new ComputationGraph(
            StartingPoint.read(name, Files.readAllBytes(file))
                .model(
                    new DeclarativeModel(
                        List.of(),
                        new Network(null, null, null, null, null, null, null),
                        Loss.MEAN_SQUARED_ERROR,
                        1))
                .graph(null, 1, 1));
    network.init();

    assertThat(Checkpoint.stateOf(network))
        .isEqualTo(network.getUpdater().getStateViewArray().length())
        .isPositive();
  }

  private static void assertSame(Checkpoint written) {
    Checkpoint read = Checkpoint.read(written.write("this"), "this").orElseThrow();

    assertThat(read)
        .usingRecursiveComparison()
        .withEqualsForType((one, other) -> Double.compare(one, other) == 0, Double.class)
        .withEqualsForType((one, other) -> Float.compare(one, other) == 0, Float.class)
        .isEqualTo(written);
  }
}
