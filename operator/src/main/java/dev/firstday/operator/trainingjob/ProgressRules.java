package dev.firstday.operator.trainingjob;

import dev.firstday.api.RunState;
import dev.firstday.api.TrainingJobStatus;
import dev.firstday.api.TrainingProgress;
import dev.firstday.contract.TrainingReport;
import dev.firstday.operator.worker.RunStep;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/** How often a pod is asked how far it has come, and what is made of its answer. */
final class ProgressRules {
  /** Each answer is a write of the status, and wakes all who watch. */
  static final Duration INTERVAL = Duration.ofSeconds(10);

  private static final Pattern METRIC = Pattern.compile("[A-Za-z0-9]{1,20}=[-+.0-9A-Za-z]{1,20}");
  private static final long MINUTE = 60;
  private static final long HOUR = 3600;

  private ProgressRules() {}

  /** Whether the pod of the run is to be asked. */
  static boolean isDue(TrainingJobStatus before, Instant now) {
    return before != null
        && before.run() != null
        && before.run().job() != null
        && before.run().finishedAt() == null
        && (before.progress() == null || !now.isBefore(before.progress().at().plus(INTERVAL)));
  }

  /** When to ask again. */
  static Optional<Instant> wakeUp(RunStep step, Instant now) {
    return isTraining(step) ? Optional.of(now.plus(INTERVAL)) : Optional.empty();
  }

  /**
   * What is known after the step.
   *
   * @param before null: nothing
   * @param report the pod's answer, which is untrusted; empty: there is none
   * @return null where nothing is trained
   */
  static TrainingProgress after(
      TrainingProgress before, Optional<TrainingReport> report, RunStep step, Instant now) {
    if (!isTraining(step)) {
      return null;
    }
    return report
        .filter(said -> isSane(said, step.run()))
        .map(said -> progress(said, now))
        .orElseGet(() -> silent(before, now));
  }

  /** That it was asked is noted too, or a pod that does not answer would be asked on each pass. */
  private static TrainingProgress silent(TrainingProgress before, Instant now) {
    if (before == null) {
      return new TrainingProgress(null, null, null, null, null, null, null, null, now);
    }
    return now.isBefore(before.at().plus(INTERVAL))
        ? before
        : new TrainingProgress(
            before.summary(),
            before.epoch(),
            before.epochs(),
            before.percent(),
            before.loss(),
            before.validation(),
            before.samplesPerSecond(),
            before.secondsLeft(),
            now);
  }

  private static boolean isTraining(RunStep step) {
    return step instanceof RunStep.Follow follow && follow.isRunning();
  }

  private static boolean isSane(TrainingReport said, RunState run) {
    return run.uid().equals(said.runUid())
        && said.epoch() >= 1
        && said.epoch() <= said.epochs()
        && said.step() >= 0
        && said.step() <= said.steps()
        && said.steps() >= 1
        && isFinite(said.loss())
        && isFinite(said.samplesPerSecond())
        && (said.secondsLeft() == null || said.secondsLeft() >= 0)
        && (said.validation() == null || METRIC.matcher(said.validation()).matches());
  }

  private static boolean isFinite(Double value) {
    return value == null || Double.isFinite(value);
  }

  private static TrainingProgress progress(TrainingReport said, Instant now) {
    double epochs = said.epoch() - 1 + (double) said.step() / said.steps();
    int percent = (int) (100 * epochs / said.epochs());
    return new TrainingProgress(
        "epoch %d/%d, %d %%%s"
            .formatted(said.epoch(), said.epochs(), percent, left(said.secondsLeft())),
        said.epoch(),
        said.epochs(),
        percent,
        said.loss(),
        said.validation(),
        said.samplesPerSecond() == null ? null : Math.round(said.samplesPerSecond()),
        said.secondsLeft(),
        now);
  }

  private static String left(Long seconds) {
    if (seconds == null) {
      return "";
    }
    if (seconds < 2 * MINUTE) {
      return ", %d s left".formatted(seconds);
    }
    return seconds < 2 * HOUR
        ? ", %d min left".formatted(seconds / MINUTE)
        : ", %d h left".formatted(seconds / HOUR);
  }
}
