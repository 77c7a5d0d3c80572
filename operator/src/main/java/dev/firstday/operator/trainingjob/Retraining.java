package dev.firstday.operator.trainingjob;

import dev.firstday.api.Retrain;
import dev.firstday.api.RunState;
import dev.firstday.api.TrainingJobSpec;
import dev.firstday.contract.RunResult.Cure;
import dev.firstday.operator.kube.Standing;
import dev.firstday.operator.time.Schedule;
import dev.firstday.operator.worker.Runs;
import java.time.Instant;
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
   * @param newerSince when there were first newer data than its own
   */
  boolean isDue(RunState run, Instant newerSince, Instant now) {
    boolean mayEnd =
        Runs.isOver(run)
            // a pod that was lost goes on from its checkpoint; what the data let fail does not
            || run.retryAt() != null && Cure.valueOf(run.cure()) == Cure.FIX_DATA;
    return mayEnd
        && (onNewData || turn(run, newerSince).filter(turn -> !turn.isAfter(now)).isPresent());
  }

  /** When to look again. */
  Optional<Instant> wakeUp(Instant now) {
    return schedule == null ? Optional.empty() : schedule.after(now);
  }

  /**
   * What is said of the job, which goes on, with a schedule that is none, or with newer data that
   * it cannot learn from.
   */
  Standing told(Standing standing, Inputs newest) {
    if (standing.state() != Standing.State.SETTLED) {
      return standing;
    }
    if (!fault.isEmpty()) {
      return Standing.stalled("InvalidRetrain", fault).whileReady();
    }
    boolean wanted = onNewData || schedule != null;
    return wanted
            && newest instanceof Inputs.Missing missing
            && missing.standing().state() == Standing.State.STALLED
        ? missing.standing().whileReady()
        : standing;
  }

  /** The first turn that finds the data there: what comes after a turn waits for the next. */
  private Optional<Instant> turn(RunState run, Instant newerSince) {
    return schedule == null
        ? Optional.empty()
        : Stream.of(run.startedAt(), newerSince).max(Instant::compareTo).flatMap(schedule::after);
  }
}
