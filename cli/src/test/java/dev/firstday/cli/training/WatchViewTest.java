package dev.firstday.cli.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.TrainingJob;
import dev.firstday.cli.terminal.Style;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WatchViewTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final String TRAINING =
      job("Training", "Running", "False", "pod tj-1 is at work", "");

  @Test
  void thePhaseIsToldOnceAndProgressWheneverThereIsSome() {
    assertThat(WatchView.lines(null, of(TRAINING), NOON, Style.PLAIN))
        .containsExactly("12:00:00  Training    pod tj-1 is at work");
    String first = job("Training", "Running", "False", "pod tj-1 is at work", progress(3, 25));
    assertThat(WatchView.lines(of(TRAINING), of(first), NOON, Style.PLAIN))
        .containsExactly(
            "12:00:00              #####............... epoch 3/8, 25 %, 50 s left, loss 0.512,"
                + " validation logLoss=0.4858, 341,013 rows/s");
    assertThat(WatchView.lines(of(first), of(first), NOON, Style.PLAIN)).isEmpty();
    String second = job("Training", "Running", "False", "pod tj-1 is at work", progress(4, 38));
    assertThat(WatchView.lines(of(first), of(second), NOON, Style.PLAIN))
        .singleElement()
        .asString()
        .contains("########............ epoch 4/8, 38 %");
  }

  @Test
  void theEndIsAVersionOrWhatStandsInItsWay() {
    TrainingJob good = of(job("Succeeded", "VersionRecorded", "True", "late/2 was recorded", ""));
    assertThat(WatchView.lines(of(TRAINING), good, NOON, Style.PLAIN))
        .containsExactly("12:00:00  Succeeded   late/2 was recorded");
    assertThat(Ending.of(of(TRAINING))).isEqualTo(Ending.NONE);
    assertThat(Ending.of(good)).isEqualTo(Ending.GOOD);
    good.getMetadata().setGeneration(2L);
    assertThat(Ending.of(good)).as("the spec has changed since").isEqualTo(Ending.NONE);

    TrainingJob refused =
        of(
            job("Refused", "GateFailed", "False", "logLoss is too high", "")
                .replace(
                    "{type: Stalled, status: \"False\"}", "{type: Stalled, status: \"True\"}"));
    assertThat(Ending.of(refused)).isEqualTo(Ending.BAD);
  }

  @Test
  void aJobThatNobodyHasLookedAtSaysNothingYet() {
    TrainingJob unseen = of(TRAINING);
    unseen.setStatus(null);
    assertThat(WatchView.lines(null, unseen, NOON, Style.PLAIN)).isEmpty();
    assertThat(Ending.of(unseen)).isEqualTo(Ending.NONE);
  }

  private static TrainingJob of(String yaml) {
    return Serialization.unmarshal(yaml, TrainingJob.class);
  }

  private static String job(
      String phase, String reason, String ready, String message, String progress) {
    return """
        apiVersion: firstday.dev/v1alpha1
        kind: TrainingJob
        metadata: {name: tj, namespace: team-a, generation: 1}
        spec: {model: late}
        status:
          observedGeneration: 1
          phase: %s
          conditions:
          - {type: Ready, status: "%s", reason: %s, message: "%s"}
          - {type: Stalled, status: "False"}
        %s
        """
        .formatted(phase, ready, reason, message, progress);
  }

  private static String progress(int epoch, int percent) {
    return ("  progress: {summary: \"epoch %d/8, %d %%, 50 s left\", epoch: %d, epochs: 8, percent: %d,"
            + " loss: 0.512, validation: logLoss=0.4858, samplesPerSecond: 341013}")
        .formatted(epoch, percent, epoch, percent);
  }
}
