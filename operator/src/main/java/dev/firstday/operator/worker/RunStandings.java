package dev.firstday.operator.worker;

import dev.firstday.api.RunState;
import dev.firstday.operator.kube.Standing;

/** What a run that is not done says of the resource it is done for. */
public final class RunStandings {
  private RunStandings() {}

  public static Standing of(RunStep step, RunOrder order) {
    RunState run = step.run();
    if (run.failure() != null) {
      String message = Runs.failureMessage(run);
      return Runs.isStuck(run, order)
          ? Standing.stalled(run.failure(), message)
          : Standing.reconciling(run.failure(), message);
    }
    return step instanceof RunStep.Follow follow
        ? Standing.reconciling(follow.reason(), follow.message())
        : Standing.reconciling("PodNotCreated", "Job %s was made".formatted(run.job()));
  }
}
