package dev.firstday.operator.worker;

import dev.firstday.api.RunState;
import dev.firstday.contract.RunResult;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a pass decides about a run. */
public sealed interface RunStep {
  /** The run as it is from now on; null when there has been none. */
  RunState run();

  /** Jobs that are of no use any more. */
  List<Job> obsolete();

  /** When to look again, unless something happens before. */
  default Optional<Instant> wakeUp() {
    return Optional.empty();
  }

  /** The Job of the run's attempt is to be made. */
  record Start(RunState run, List<Job> obsolete) implements RunStep {}

  /**
   * The attempt goes on.
   *
   * @param reason one word in CamelCase
   * @param message what its pod is doing, for people
   */
  record Follow(RunState run, List<Job> obsolete, String reason, String message, Instant lookAgain)
      implements RunStep {
    static final String RUNNING = "Running";

    /** Whether the worker is at work, and not still waiting for a node or an image. */
    public boolean isRunning() {
      return reason.equals(RUNNING);
    }

    @Override
    public Optional<Instant> wakeUp() {
      return Optional.of(lookAgain);
    }
  }

  /** The worker has answered: this is the one pass that reads it. */
  record Finish(RunState run, List<Job> obsolete, RunResult answer) implements RunStep {}

  /** Nothing to do now: the run is over, or waits for its next attempt. */
  record Rest(RunState run, List<Job> obsolete) implements RunStep {
    @Override
    public Optional<Instant> wakeUp() {
      return Optional.ofNullable(run.retryAt());
    }
  }

  /** Nothing may run; whoever said so says when it may again. */
  record Pause(RunState run, List<Job> obsolete) implements RunStep {}
}
