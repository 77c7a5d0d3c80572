package dev.firstday.server.route;

import dev.firstday.api.Comparison;

/** Counts verdicts; threads may share it. */
final class Tally {
  private Comparison counts = Comparison.NONE;

  synchronized void add(Judge.Verdict verdict, boolean slow) {
    Comparison one =
        new Comparison(
            counts.done(),
            verdict.counted() ? 1 : 0,
            verdict.candidateError() ? 1 : 0,
            slow ? 1 : 0,
            verdict.rows(),
            verdict.disagreements(),
            verdict.stableError() ? 1 : 0);
    counts = counts.plus(one);
  }

  synchronized void done() {
    counts =
        new Comparison(
            true,
            counts.requests(),
            counts.errors(),
            counts.slow(),
            counts.rows(),
            counts.disagreements(),
            counts.stableErrors());
  }

  synchronized Comparison counts() {
    return counts;
  }
}
