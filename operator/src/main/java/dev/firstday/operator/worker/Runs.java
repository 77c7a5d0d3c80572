package dev.firstday.operator.worker;

import dev.firstday.api.RunState;
import dev.firstday.contract.RunResult;
import dev.firstday.contract.RunResult.Cure;
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
 *       not there was deleted. Without a job it was interrupted: by suspend, or to wait for a pod;
 *   <li>to be tried again: finishedAt and retryAt;
 *   <li>over: finishedAt and no retryAt; well without a failure, for good with one.
 * </ul>
 *
 * Failure, message and cure of the last attempt stay until one succeeds.
 */
public final class Runs {
  static final Duration FIRST_BACKOFF = Duration.ofSeconds(5);
  static final Duration LAST_BACKOFF = Duration.ofMinutes(5);

  /** Lost attempts after which somebody should look, though it is still tried. */
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
      return pause(before, seen);
    }
    Pass pass = new Pass(order, seen, now);
    if (before == null || !order.uid().equals(before.uid())) {
      return pass.begin(RunStates.first(order, now));
    }
    if (isOver(before) || before.retryAt() != null && now.isBefore(before.retryAt())) {
      return pass.rest(before);
    }
    if (before.retryAt() != null || before.job() == null) {
      return pass.begin(RunStates.next(before, order));
    }
    return pass.follow(before);
  }

  /**
   * The step when nothing may run.
   *
   * @param before the run so far; null when there was none
   */
  public static RunStep pause(RunState before, WorkerObservation seen) {
    RunState paused =
        before == null || before.finishedAt() != null ? before : RunStates.interrupted(before);
    return new RunStep.Pause(
        paused, seen.jobs().stream().filter(job -> !WorkerStates.ended(job)).toList());
  }

  /** The step when the API server would not have the Job. */
  public static RunStep rejected(
      RunStep step, RunOrder order, WorkerState.Lost why, WorkerObservation seen, Instant now) {
    return new Pass(order, seen, now).fail(step.run(), why);
  }

  /** Whether nothing more will be done for the run. */
  public static boolean isOver(RunState run) {
    return run != null && run.finishedAt() != null && run.retryAt() == null;
  }

  /** Whether that run ended with an answer. */
  public static boolean isDone(RunState run, RunOrder order) {
    return isOver(run) && run.failure() == null && order.uid().equals(run.uid());
  }

  /** Whether somebody has to act, or should look: bad input, or losses beyond bad luck. */
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
          .formatted(opened(run.message()), run.attempt() + 1, run.retryAt());
    }
    if (run.finishedAt() == null) {
      return "%s; attempt %d is under way".formatted(opened(run.message()), run.attempt());
    }
    return Cure.valueOf(run.cure()) == Cure.WAIT
        ? "%s; attempt %d was the last that spec.retries allows: edit the spec for a new run"
            .formatted(opened(run.message()), run.attempt())
        : run.message();
  }

  /** Without the full stop, so that a sentence can go on. */
  private static String opened(String message) {
    return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
  }

  /** Doubles with each attempt. */
  static Duration backoff(int attempt) {
    Duration backoff = FIRST_BACKOFF;
    for (int i = 1; i < attempt && backoff.compareTo(LAST_BACKOFF) < 0; i++) {
      backoff = backoff.multipliedBy(2);
    }
    return backoff.compareTo(LAST_BACKOFF) < 0 ? backoff : LAST_BACKOFF;
  }

  /** What every step of one pass knows. */
  private record Pass(RunOrder order, WorkerObservation seen, Instant now) {

    RunStep begin(RunState run) {
      Optional<Pod> straggler = seen.straggler(order, run.job(), now);
      if (straggler.isPresent()) {
        RunState waiting = RunStates.notBegun(run);
        return new RunStep.Follow(
            waiting,
            obsolete(waiting),
            "WaitingForPod",
            "pod %s of the attempt before is still ending"
                .formatted(straggler.get().getMetadata().getName()),
            now.plus(FIRST_BACKOFF));
      }
      WorkerState state = WorkerStates.of(run.job(), order, seen, now);
      return state instanceof WorkerState.Absent
          ? new RunStep.Start(run, obsolete(run))
          // made by a pass that was cut off before it could say so
          : follow(run, state);
    }

    RunStep follow(RunState run) {
      return follow(run, WorkerStates.of(run.job(), order, seen, now));
    }

    RunStep rest(RunState run) {
      return new RunStep.Rest(run, obsolete(run));
    }

    RunStep fail(RunState run, WorkerState.Lost lost) {
      int losses = run.losses() + (lost.cure() == Cure.WAIT ? 1 : 0);
      boolean again = lost.cure() != Cure.FIX_SPEC && losses <= order.retries();
      Instant retryAt = again ? now.plus(backoff(run.attempt())) : null;
      return rest(RunStates.failed(run, lost, losses, now, retryAt));
    }

    private RunStep follow(RunState run, WorkerState state) {
      if (state instanceof WorkerState.Answered answered) {
        return finish(run, answered.result());
      }
      if (state instanceof WorkerState.Lost lost) {
        return fail(run, lost);
      }
      if (state instanceof WorkerState.Waiting waiting) {
        return follow(run, waiting.reason(), waiting.message(), waiting.until());
      }
      if (state instanceof WorkerState.Running running) {
        return follow(
            run,
            RunStep.Follow.RUNNING,
            "pod %s is at work".formatted(running.pod()),
            Optional.empty());
      }
      return fail(
          run,
          new WorkerState.Lost("JobDeleted", "Job %s was deleted".formatted(run.job()), Cure.WAIT));
    }

    private RunStep follow(RunState run, String reason, String message, Optional<Instant> until) {
      Instant lookAgain = now.plus(WorkerStates.START_PATIENCE);
      return new RunStep.Follow(
          run,
          obsolete(run),
          reason,
          message,
          until.filter(end -> end.isBefore(lookAgain)).orElse(lookAgain));
    }

    private RunStep finish(RunState run, RunResult answer) {
      if (answer instanceof RunResult.Failure failure) {
        return fail(run, new WorkerState.Lost(failure.reason(), failure.message(), failure.cure()));
      }
      RunState done = RunStates.done(run, now);
      return new RunStep.Finish(done, obsolete(done), answer);
    }

    /**
     * Jobs of other runs and of attempts long past; and the last attempt's, when it was given up
     * while it still ran. The attempt before the last stays for its logs.
     */
    private List<Job> obsolete(RunState run) {
      String previous = order.job(run.attempt() - 1);
      return seen.jobs().stream()
          .filter(job -> !isNamed(job, run.job()) || isGivenUp(run, job))
          .filter(job -> !isNamed(job, previous) || !WorkerStates.ended(job))
          .toList();
    }

    private boolean isGivenUp(RunState run, Job job) {
      return run.finishedAt() != null
          && !WorkerStates.ended(job)
          && seen.podsOf(job).stream().noneMatch(WorkerStates::ended);
    }

    private static boolean isNamed(Job job, String name) {
      return job.getMetadata().getName().equals(name);
    }
  }
}
