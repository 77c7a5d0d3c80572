package dev.firstday.cli.local;

import io.fabric8.kubernetes.api.model.Probe;

/**
 * What a probe has found so far.
 *
 * @param passing what counts now; a verdict needs several answers in a row
 * @param inARow answers in a row that speak against what counts
 */
record ProbeState(boolean passing, int inARow) {

  ProbeState next(boolean answer, Probe probe) {
    if (answer == passing) {
      return new ProbeState(passing, 0);
    }
    int needed =
        passing ? orElse(probe.getFailureThreshold(), 3) : orElse(probe.getSuccessThreshold(), 1);
    return inARow + 1 >= needed ? new ProbeState(answer, 0) : new ProbeState(passing, inARow + 1);
  }

  private static int orElse(Integer value, int otherwise) {
    return value == null ? otherwise : value;
  }
}
