package dev.firstday.operator.worker;

import dev.firstday.api.RunState;
import java.time.Instant;

/** The changes that a {@link RunState} can go through, each as a new value. */
final class RunStates {
  private RunStates() {}

  static RunState first(RunOrder order, Instant now) {
    return new RunState(order.uid(), 1, 0, order.job(1), now, null, null, null, null, null);
  }

  /** The attempt after. */
  static RunState next(RunState run, RunOrder order) {
    int attempt = run.attempt() + 1;
    return underWay(run, attempt, order.job(attempt));
  }

  /** The attempt is to be made after all, but not yet. */
  static RunState notBegun(RunState run) {
    return underWay(run, run.attempt() - 1, null);
  }

  /** Its Job is deleted through no fault of the attempt. */
  static RunState interrupted(RunState run) {
    return underWay(run, run.attempt(), null);
  }

  static RunState done(RunState run, Instant now) {
    return new RunState(
        run.uid(),
        run.attempt(),
        run.losses(),
        run.job(),
        run.startedAt(),
        now,
        null,
        null,
        null,
        null);
  }

  /**
   * @param retryAt null: there is no other attempt
   */
  static RunState failed(
      RunState run, WorkerState.Lost lost, int losses, Instant now, Instant retryAt) {
    return new RunState(
        run.uid(),
        run.attempt(),
        losses,
        run.job(),
        run.startedAt(),
        now,
        retryAt,
        lost.reason(),
        lost.message(),
        lost.cure().name());
  }

  private static RunState underWay(RunState run, int attempt, String job) {
    return new RunState(
        run.uid(),
        attempt,
        run.losses(),
        job,
        run.startedAt(),
        null,
        null,
        run.failure(),
        run.message(),
        run.cure());
  }
}
