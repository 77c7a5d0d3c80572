package dev.firstday.operator.worker;

import dev.firstday.api.RunState;
import dev.firstday.contract.RunResult;
import dev.firstday.contract.RunResult.Cure;
import dev.firstday.operator.worker.RunStep.Progress;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How a run goes on. What {@link RunState} holds says where it stands:
 *
 * <ul>
 *   <li>under way: no finishedAt. Its Job was made before the state was written, so a Job that is
 *       not there was deleted. Without a job it was interrupted by suspend;
 *   <li>to be tried again: finishedAt and retryAt;
 *   <li>over: finishedAt and no retryAt; well with no failure, for good with one.
 * </ul>
 *
 * Failure, message and cure of the last attempt stay until one succeeds.
 */
public final class Runs {
  static final Duration FIRST_BACKOFF = Duration.ofSeconds(5);
  static final Duration LAST_BACKOFF = Duration.ofMinutes(5);

  /** Lost attempts in a row after which somebody should look, though it is still tried. */
  static final int ALARMING_LOSSES = 3;

  private Runs() {}

  /**
   * The next step.
   *
   * @param before the run so far; null when there was none
   */
  public static RunStep advance(
      RunState before, RunOrder order, WorkerObservation seen, Instant now) {
    if (order.suspended()) {
      return suspend(before, seen);
    }
    if (before == null || !order.uid().equals(before.uid())) {
      return begin(first(order, now), order, seen, now);
    }
    if (isOver(before)) {
      return rest(before, order, seen);
    }
    if (before.retryAt() != null) {
      return now.isBefore(before.retryAt())
          ? rest(before, order, seen)
          : begin(next(before, order), order, seen, now);
    }
    if (before.job() == null) {
      return begin(next(before, order), order, seen, now);
    }
    WorkerState state = WorkerStates.of(before.job(), order, seen, now);
    return state instanceof WorkerState.Absent
        ? end(
            before,
            order,
            new WorkerState.Lost(
                "JobDeleted", "Job %s was deleted".formatted(before.job()), Cure.WAIT),
            seen,
            now)
        : follow(before, order, state, seen, now);
  }

  /** The step when the API server would not have the Job. */
  public static RunStep rejected(
      RunStep step, RunOrder order, WorkerState.Lost why, WorkerObservation seen, Instant now) {
    return end(step.run(), order, why, seen, now);
  }

  /** Whether nothing more will be done for the run. */
  public static boolean isOver(RunState run) {
    return run != null && run.finishedAt() != null && run.retryAt() == null;
  }

  /** Whether the run ended with an answer. */
  public static boolean isDone(RunState run) {
    return isOver(run) && run.failure() == null;
  }

  /** Whether somebody has to act, or should look: bad input, or lost attempts beyond bad luck. */
  public static boolean isStuck(RunState run, RunOrder order) {
    return run.failure() != null
        && (isOver(run)
            || Cure.valueOf(run.cure()) != Cure.WAIT
            || order.retries() == RunOrder.UNLIMITED && run.losses() >= ALARMING_LOSSES);
  }

  /** The last failure, and what happens next. */
  public static String failureMessage(RunState run) {
    if (run.retryAt() != null) {
      return "%s; attempt %d begins at %s"
          .formatted(run.message(), run.attempt() + 1, run.retryAt());
    }
    return run.finishedAt() == null
        ? "%s; attempt %d is under way".formatted(run.message(), run.attempt())
        : run.message();
  }

  /** Doubles with each attempt. */
  static Duration backoff(int attempt) {
    Duration backoff = FIRST_BACKOFF;
    for (int i = 1; i < attempt && backoff.compareTo(LAST_BACKOFF) < 0; i++) {
      backoff = backoff.multipliedBy(2);
    }
    return backoff.compareTo(LAST_BACKOFF) < 0 ? backoff : LAST_BACKOFF;
  }

  private static RunState first(RunOrder order, Instant now) {
    return new RunState(order.uid(), 1, 0, order.job(1), now, null, null, null, null, null);
  }

  private static RunState next(RunState run, RunOrder order) {
    int attempt = run.attempt() + 1;
    return new RunState(
        run.uid(),
        attempt,
        run.losses(),
        order.job(attempt),
        run.startedAt(),
        null,
        null,
        run.failure(),
        run.message(),
        run.cure());
  }

  private static RunStep begin(RunState run, RunOrder order, WorkerObservation seen, Instant now) {
    Optional<Pod> straggler = seen.straggler(order, run.job(), now);
    if (straggler.isPresent()) {
      // the attempt counts as interrupted until it has a Job
      RunState waiting = withoutJob(previousAttempt(run));
      return new RunStep(
          waiting,
          false,
          Optional.empty(),
          Optional.of(
              new Progress(
                  "WaitingForPod",
                  "pod %s of the attempt before is still ending"
                      .formatted(straggler.get().getMetadata().getName()))),
          obsolete(waiting, order, seen),
          Optional.of(now.plus(FIRST_BACKOFF)));
    }
    WorkerState state = WorkerStates.of(run.job(), order, seen, now);
    if (!(state instanceof WorkerState.Absent)) {
      // made by a pass that was cut off before it could say so
      return follow(run, order, state, seen, now);
    }
    return new RunStep(
        run,
        true,
        Optional.empty(),
        Optional.of(new Progress("PodNotCreated", "Job %s was made".formatted(run.job()))),
        obsolete(run, order, seen),
        Optional.empty());
  }

  private static RunStep follow(
      RunState run, RunOrder order, WorkerState state, WorkerObservation seen, Instant now) {
    if (state instanceof WorkerState.Answered answered) {
      return answered.result() instanceof RunResult.Failure failure
          ? end(
              run,
              order,
              new WorkerState.Lost(failure.reason(), failure.message(), failure.cure()),
              seen,
              now)
          : succeed(run, order, answered.result(), seen, now);
    }
    if (state instanceof WorkerState.Lost lost) {
      return end(run, order, lost, seen, now);
    }
    Progress progress =
        state instanceof WorkerState.Waiting waiting
            ? new Progress(waiting.reason(), waiting.message())
            : new Progress("Running", "pod %s runs".formatted(((WorkerState.Running) state).pod()));
    return new RunStep(
        run,
        false,
        Optional.empty(),
        Optional.of(progress),
        obsolete(run, order, seen),
        state instanceof WorkerState.Waiting
            ? Optional.of(now.plus(WorkerStates.START_PATIENCE))
            : Optional.empty());
  }

  private static RunStep succeed(
      RunState run, RunOrder order, RunResult answer, WorkerObservation seen, Instant now) {
    RunState done =
        new RunState(
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
    return new RunStep(
        done,
        false,
        Optional.of(answer),
        Optional.empty(),
        obsolete(done, order, seen),
        Optional.empty());
  }

  private static RunStep end(
      RunState run, RunOrder order, WorkerState.Lost lost, WorkerObservation seen, Instant now) {
    int losses = run.losses() + (lost.cure() == Cure.WAIT ? 1 : 0);
    boolean again = lost.cure() != Cure.FIX_SPEC && losses <= order.retries();
    Instant retryAt = again ? now.plus(backoff(run.attempt())) : null;
    RunState failed =
        new RunState(
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
    return rest(failed, order, seen);
  }

  private static RunStep suspend(RunState before, WorkerObservation seen) {
    RunState paused = before == null || before.finishedAt() != null ? before : withoutJob(before);
    List<Job> jobs = seen.jobs().stream().filter(job -> !WorkerStates.ended(job)).toList();
    return new RunStep(paused, false, Optional.empty(), Optional.empty(), jobs, Optional.empty());
  }

  private static RunStep rest(RunState run, RunOrder order, WorkerObservation seen) {
    return new RunStep(
        run,
        false,
        Optional.empty(),
        Optional.empty(),
        obsolete(run, order, seen),
        Optional.ofNullable(run.retryAt()));
  }

  /**
   * Jobs of other runs and of attempts long past; and the last attempt's, when it was given up
   * while it still ran. The attempt before the last stays for its logs.
   */
  private static List<Job> obsolete(RunState run, RunOrder order, WorkerObservation seen) {
    String previous = order.job(run.attempt() - 1);
    return seen.jobs().stream()
        .filter(job -> !(isNamed(job, run.job()) && !isGivenUp(run, job, seen)))
        .filter(job -> !(isNamed(job, previous) && WorkerStates.ended(job)))
        .toList();
  }

  private static boolean isGivenUp(RunState run, Job job, WorkerObservation seen) {
    return run.finishedAt() != null
        && !WorkerStates.ended(job)
        && seen.podsOf(job).stream().noneMatch(WorkerStates::ended);
  }

  private static boolean isNamed(Job job, String name) {
    return job.getMetadata().getName().equals(name);
  }

  private static RunState withoutJob(RunState run) {
    return new RunState(
        run.uid(),
        run.attempt(),
        run.losses(),
        null,
        run.startedAt(),
        run.finishedAt(),
        run.retryAt(),
        run.failure(),
        run.message(),
        run.cure());
  }

  private static RunState previousAttempt(RunState run) {
    return new RunState(
        run.uid(),
        run.attempt() - 1,
        run.losses(),
        null,
        run.startedAt(),
        null,
        null,
        run.failure(),
        run.message(),
        run.cure());
  }
}
