package dev.firstday.operator.worker;

import dev.firstday.api.RunState;
import dev.firstday.operator.kube.EventDraft;
import java.util.List;

/** An attempt that failed is told once, when it ends. */
public final class RunEvents {
  private RunEvents() {}

  /**
   * What a pass tells: that an attempt failed, or else the verdict on the resource.
   *
   * @param before null when there was no run
   * @param after null when there is none
   */
  public static List<EventDraft> of(RunState before, RunState after, List<EventDraft> verdict) {
    return hasFailed(before, after)
        ? List.of(
            EventDraft.warning(
                after.failure(), "attempt %d: %s".formatted(after.attempt(), after.message())))
        : verdict;
  }

  private static boolean hasFailed(RunState before, RunState after) {
    return after != null
        && after.failure() != null
        && after.finishedAt() != null
        && (before == null || !after.finishedAt().equals(before.finishedAt()));
  }
}
