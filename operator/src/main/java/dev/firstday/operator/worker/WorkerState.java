package dev.firstday.operator.worker;

import dev.firstday.contract.RunResult;
import java.time.Instant;
import java.util.Optional;

/** What is known of one attempt of a run. */
public sealed interface WorkerState {

  /** There is no such Job: it was not made yet, or it is gone. */
  record Absent() implements WorkerState {}

  /**
   * The pod does not run yet.
   *
   * @param reason one word in CamelCase
   * @param message in the words of the scheduler or the kubelet
   * @param until when it is given up at the latest, if it is
   */
  record Waiting(String reason, String message, Optional<Instant> until) implements WorkerState {
    Waiting(String reason, String message) {
      this(reason, message, Optional.empty());
    }
  }

  record Running(String pod) implements WorkerState {}

  /** The worker answered. */
  record Answered(RunResult result) implements WorkerState {}

  /**
   * The attempt ended without an answer.
   *
   * @param reason one word in CamelCase
   * @param message what happened, where, and the cure
   * @param cure who has to act before another attempt can succeed
   */
  record Lost(String reason, String message, RunResult.Cure cure) implements WorkerState {}
}
