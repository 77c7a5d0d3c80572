package dev.firstday.trainer.check;

import dev.firstday.api.DatasetStatus.Verdict;
import dev.firstday.sdk.data.CheckOutcome;

/** From readings to outcomes. */
final class Judge {
  private Judge() {}

  /**
   * @param sample digest of the failing rows' file; null when none is kept
   */
  static CheckOutcome outcome(
      CheckPlan.Planned planned, Reading reading, long millis, String sample, Integer sampleRows) {
    Bound bound = planned.bound();
    return new CheckOutcome(
        planned.name(),
        planned.check().metric(),
        reading.columns() == null ? CheckShape.columns(planned.check()) : reading.columns(),
        reading.value(),
        planned.measure().unit(),
        bound.words(),
        bound.lower(),
        bound.upper(),
        bound.movesTo(reading.allowance()) ? reading.allowance() : null,
        reading.expected(),
        reading.observed(),
        verdict(bound, reading),
        planned.check().effectiveSeverity(),
        reading.note(),
        reading.rows(),
        millis,
        sample,
        sampleRows);
  }

  static Verdict verdict(Bound bound, Reading reading) {
    if (reading.skipped()) {
      return Verdict.SKIPPED;
    }
    Double judged = reading.value() == null ? reading.judged() : reading.value();
    return judged != null && bound.holds(judged, reading.allowance())
        ? Verdict.PASSED
        : Verdict.FAILED;
  }
}
