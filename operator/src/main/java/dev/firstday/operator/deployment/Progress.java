package dev.firstday.operator.deployment;

import dev.firstday.api.ModelDeploymentStatus.RolloutState;
import dev.firstday.operator.deployment.canary.Counts;
import dev.firstday.operator.deployment.canary.Traffic;
import java.time.Duration;
import java.time.Instant;

/**
 * How far a candidate has come.
 *
 * @param step index of the canary's step
 * @param since when the stage, or the step, began
 * @param comparedBefore callers' requests that had been compared by then
 * @param approved whether a person has let the next step begin
 * @param paused whether a person wants it to stay where it is
 * @param counts what routers have seen of it
 */
record Progress(
    Stage stage,
    int step,
    Instant since,
    long comparedBefore,
    boolean approved,
    boolean paused,
    Counts counts) {

  static Progress idle(Instant since) {
    return new Progress(Stage.IDLE, 0, since, 0, false, false, Counts.NONE);
  }

  static Progress starting(Instant now) {
    return new Progress(Stage.STARTING, 0, now, 0, false, false, Counts.NONE);
  }

  /** As a status has it; null is that of a resource nobody has looked at. */
  static Progress of(RolloutState state) {
    return state == null
        ? starting(Instant.EPOCH)
        : new Progress(
            Stage.of(state.stage()),
            state.step() == null ? 0 : state.step(),
            state.phaseStartedAt() == null ? Instant.EPOCH : state.phaseStartedAt(),
            state.comparedBefore() == null ? 0 : state.comparedBefore(),
            Boolean.TRUE.equals(state.approved()),
            Boolean.TRUE.equals(state.paused()),
            Counts.of(state.counts(), state.replayed()));
  }

  /** The canary's step that is next in turn. */
  int nextStep() {
    return stage == Stage.CANARY ? step + 1 : 0;
  }

  /** How fast callers' requests have been compared since the stage or step began. */
  Traffic traffic(Instant now) {
    return new Traffic(
        counts.live().requests() - comparedBefore,
        Duration.between(since, now),
        counts.live().requests() + counts.replay().requests());
  }

  /** The next stage, or the next step; an approval is for a step, and used up when one begins. */
  Progress enter(Stage next, int nextStep, Instant now) {
    boolean kept = approved && next != Stage.CANARY;
    return new Progress(next, nextStep, now, counts.live().requests(), kept, paused, counts);
  }

  /** The same, as if the stage or step had begun only now. */
  Progress restartClock(Instant now) {
    return new Progress(stage, step, now, comparedBefore, approved, paused, counts);
  }

  Progress approve() {
    return new Progress(stage, step, since, comparedBefore, true, paused, counts);
  }

  Progress pause() {
    return new Progress(stage, step, since, comparedBefore, approved, true, counts);
  }

  Progress resume(Instant now) {
    return new Progress(stage, step, now, comparedBefore, approved, false, counts);
  }

  Progress with(Counts seen) {
    return new Progress(stage, step, since, comparedBefore, approved, paused, seen);
  }
}
