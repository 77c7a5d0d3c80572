package dev.firstday.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.TrainingJobSpec.EarlyStopping;
import dev.firstday.api.TrainingJobSpec.MetricName;
import dev.firstday.sdk.evaluation.LossCurve;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

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

  private static void assertSame(Checkpoint written) {
    Checkpoint read = Checkpoint.read(written.write("this"), "this").orElseThrow();

    assertThat(read)
        .usingRecursiveComparison()
        .withEqualsForType((one, other) -> Double.compare(one, other) == 0, Double.class)
        .withEqualsForType((one, other) -> Float.compare(one, other) == 0, Float.class)
        .isEqualTo(written);
  }
}
