package dev.firstday.trainer.check;

import java.util.List;

/**
 * What was measured, before it is judged.
 *
 * @param value in the check's unit; null: there was nothing to measure, which no bound allows
 * @param judged what the bound is held against when the value is no number to report; else null
 * @param skipped there was nothing to compare with, which is nobody's fault
 * @param allowance the greatest value that chance alone explains; null where chance has no part
 * @param expected the value that chance alone gives on average; null where it is not known
 * @param observed the value of the metric that is followed; null when none is
 * @param columns what the value is of, where that is only known now; else null
 * @param note for people; null when there is nothing to say
 * @param rows how many were looked at; null when that is not a number of rows
 */
record Reading(
    Double value,
    Double judged,
    boolean skipped,
    Double allowance,
    Double expected,
    Double observed,
    List<String> columns,
    String note,
    Long rows)
    implements Step {

  static Reading of(Double value, long rows) {
    return new Reading(value, null, false, null, null, null, null, null, rows);
  }

  /** A number that is not of rows. */
  static Reading counted(int value, String note) {
    return new Reading((double) value, null, false, null, null, null, null, note, null);
  }

  /** Nothing there to measure, and that is wrong. */
  static Reading nothing(String note, long rows) {
    return of(null, rows).noting(note);
  }

  static Reading skipped(String note) {
    return new Reading(null, null, true, null, null, null, null, note, null);
  }

  Reading measuring(double other) {
    return new Reading(other, judged, skipped, allowance, expected, observed, columns, note, rows);
  }

  Reading noting(String words) {
    return new Reading(value, judged, skipped, allowance, expected, observed, columns, words, rows);
  }

  Reading observing(Double followed) {
    return new Reading(value, judged, skipped, allowance, expected, followed, columns, note, rows);
  }

  Reading expecting(Double byChance, Double atMost) {
    return new Reading(value, judged, skipped, atMost, byChance, observed, columns, note, rows);
  }

  Reading about(List<String> names) {
    return new Reading(value, judged, skipped, allowance, expected, observed, names, note, rows);
  }

  /** A change from nothing to something has no percentage, and yet is greater than any. */
  Reading beyondMeasure(double infinity) {
    return new Reading(null, infinity, skipped, allowance, expected, observed, columns, note, rows);
  }
}
