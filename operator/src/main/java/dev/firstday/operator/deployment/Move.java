package dev.firstday.operator.deployment;

import dev.firstday.api.GoldenResults;
import dev.firstday.operator.deployment.canary.Finding;
import dev.firstday.operator.kube.EventDraft;
import dev.firstday.operator.kube.Standing;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a pass decides about the versions.
 *
 * @param next where they stand from now on
 * @param checks the evidence looked at; empty when there was none to look at
 * @param golden what came of the Model's golden cases; null when they are not what counts now
 * @param events what is worth telling
 */
record Move(
    Rollout next,
    Phase phase,
    Standing standing,
    List<Finding> checks,
    GoldenResults golden,
    List<EventDraft> events) {

  static Move stay(Rollout rollout, Phase phase, Standing standing) {
    return new Move(rollout, phase, standing, List.of(), null, List.of());
  }

  Move with(List<Finding> seen) {
    return new Move(next, phase, standing, seen, golden, events);
  }

  Move with(GoldenResults results) {
    return new Move(next, phase, standing, checks, results, events);
  }

  Move after(EventDraft event) {
    return after(List.of(event));
  }

  Move after(List<EventDraft> earlier) {
    return new Move(
        next,
        phase,
        standing,
        checks,
        golden,
        Stream.concat(earlier.stream(), events.stream()).toList());
  }
}
