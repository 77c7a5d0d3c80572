package dev.firstday.operator.dataset;

import dev.firstday.api.DatasetStatus.RefreshTrigger;
import java.time.Instant;

/**
 * What a run is for. Each turn is a run of its own.
 *
 * @param trigger what makes it begin
 * @param at when it is due; of a run for the spec, when it began
 */
record Turn(RefreshTrigger trigger, Instant at) {

  static Turn ofSpec(Instant at) {
    return new Turn(RefreshTrigger.SPEC, at);
  }

  /** Whether a new spec, or the annotation, asks for it, and not the clock. */
  boolean isForSpec() {
    return trigger == RefreshTrigger.SPEC;
  }
}
