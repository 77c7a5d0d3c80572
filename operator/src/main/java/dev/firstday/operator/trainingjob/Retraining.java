package dev.firstday.operator.trainingjob;

import dev.firstday.api.DatasetStatus;
import dev.firstday.api.Retrain;
import dev.firstday.api.RunState;
import dev.firstday.api.TrainingJobSpec;
import dev.firstday.operator.kube.Standing;
import dev.firstday.operator.time.Schedule;
import dev.firstday.operator.worker.Runs;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When newer data are learnt from. A run that is under way is not given up for them; when it has
 * ended the newest are next, and those in between never.
 *
 * @param onNewData at once
 * @param schedule null: there is none, or it is invalid
 * @param fault what is wrong with spec.retrain, and the cure; empty: nothing
 */
record Retraining(boolean onNewData, Schedule schedule, String fault) {
  static Retraining of(TrainingJobSpec spec) {
    Retrain retrain = spec.retrain();
    if (retrain == null || retrain.schedule() == null) {
      return new Retraining(retrain != null && Boolean.TRUE.equals(retrain.onNewData()), null, "");
    }
    try {
      return new Retraining(
          false, Schedule.of("spec.retrain", retrain.schedule(), retrain.timeZone()), "");
    } catch (IllegalArgumentException e) {
      return new Retraining(false, null, e.getMessage());
    }
  }

  /**
   * Whether the data are to be learnt from now.
   *
   * @param run the last one, on older data
   */
  boolean isDue(RunState run, DatasetStatus.Version latest, Instant now) {
    boolean waits = Runs.isOver(run) || run.retryAt() != null;
    return waits && (onNewData || turn(run, latest).filter(turn -> !turn.isAfter(now)).isPresent());
  }

  /** When to look again. */
  Optional<Instant> wakeUp(Instant now) {
    return schedule == null ? Optional.empty() : schedule.after(now);
  }

  /** What is said of the job, which goes on, with a schedule that is none. */
  Standing told(Standing standing) {
    boolean settled = standing.state() == Standing.State.SETTLED;
    if (fault.isEmpty() || !settled) {
      return standing;
    }
    Standing stalled = Standing.stalled("InvalidRetrain", fault);
    return standing.ready() ? stalled.whileReady() : stalled;
  }

  /** The first turn that finds the data there: what comes after a turn waits for the next. */
  private Optional<Instant> turn(RunState run, DatasetStatus.Version latest) {
    return schedule == null
        ? Optional.empty()
        : Stream.of(run.startedAt(), latest.recordedAt())
            .filter(Objects::nonNull)
            .max(Instant::compareTo)
            .flatMap(schedule::after);
  }
}
