package dev.firstday.operator.worker;

import dev.firstday.api.RunState;
import dev.firstday.contract.RunResult;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a pass decides about a run.
 *
 * @param run the run as it is from now on
 * @param start whether the Job of its attempt is to be made
 * @param answer the worker's answer, in the one pass that reads it
 * @param progress what the attempt under way is doing, for people; empty when none is
 * @param obsolete Jobs that are of no use any more
 * @param wakeUp when to look again, unless something happens before
 */
public record RunStep(
    RunState run,
    boolean start,
    Optional<RunResult> answer,
    Optional<Progress> progress,
    List<Job> obsolete,
    Optional<Instant> wakeUp) {

  /**
   * @param reason one word in CamelCase
   */
  public record Progress(String reason, String message) {}
}
