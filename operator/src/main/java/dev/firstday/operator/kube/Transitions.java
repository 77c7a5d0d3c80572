package dev.firstday.operator.kube;

import dev.firstday.api.Condition;
import dev.firstday.api.ResourceStatus;
import java.util.List;
import java.util.Objects;

/** Events are told when a verdict is reached, and not while it stays. */
public final class Transitions {
  private Transitions() {}

  /**
   * The verdict that the new standing adds to the status before: that the resource is ready, that
   * it stalled, or that an attempt failed; empty when it is the verdict of before.
   *
   * @param before null when there was none
   */
  public static List<EventDraft> verdict(ResourceStatus before, Standing standing) {
    boolean verdict =
        standing.state() == Standing.State.SETTLED || standing.state() == Standing.State.STALLED;
    if (!verdict || isTold(before, standing)) {
      return List.of();
    }
    return List.of(
        standing.state() == Standing.State.STALLED
            ? EventDraft.warning(standing.reason(), standing.message())
            : EventDraft.normal(standing.reason(), standing.message()));
  }

  private static boolean isTold(ResourceStatus before, Standing standing) {
    return before != null
        && before.conditions() != null
        && before.conditions().stream().anyMatch(condition -> says(condition, standing));
  }

  private static boolean says(Condition condition, Standing standing) {
    return condition.type().equals(Standing.READY)
        && Objects.equals(condition.reason(), standing.reason())
        && condition.status().equals(standing.ready() ? "True" : "False");
  }
}
