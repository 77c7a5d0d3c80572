package dev.firstday.trainer;

import dev.firstday.contract.Run;
import dev.firstday.contract.RunResult;

/**
 * Carries out one kind of run.
 *
 * @param <R> the kind
 */
public interface Worker<R extends Run> {
  /**
   * The run's answer. The same run, done again after it was cut off anywhere, gives the same.
   *
   * @throws dev.firstday.sdk.RunFailure when the run's owner has to do something first
   */
  RunResult run(R run);
}
