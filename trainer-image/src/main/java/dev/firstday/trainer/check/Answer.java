package dev.firstday.trainer.check;

import java.util.List;

/**
 * What the database gave for a question.
 *
 * @param rows one of one value, unless the question was a query of its own
 */
record Answer(List<List<Object>> rows) {

  /** The one value; null when it is missing or not finite. */
  Double number() {
    return number(rows.get(0).get(0));
  }

  long count() {
    return ((Number) rows.get(0).get(0)).longValue();
  }

  static Double number(Object value) {
    if (!(value instanceof Number number)) {
      return null;
    }
    double there = number.doubleValue();
    return Double.isFinite(there) ? there : null;
  }
}
