package dev.firstday.trainer.check;

import dev.firstday.api.DatasetCheck.Unit;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A number that every version has: a count of rows, an aggregate, an age.
 *
 * @param figure what is measured
 * @param rows how many it is measured on
 * @param unit rows, percent of all rows, a unit of time for an age, or null for a pure number
 * @param failing the rows that are counted; null when the number counts none
 */
record Gauge(Figure figure, Figure rows, Unit unit, Failing failing) implements Measure {

  /** A question that can be asked of any version. */
  @FunctionalInterface
  interface Figure {
    Question of(String table);
  }

  /** A condition on the rows of a table. */
  @FunctionalInterface
  interface Failing {
    String in(String table);
  }

  @Override
  public Inquiry inquire(Subject subject) {
    return of(subject.table(), subject.now());
  }

  @Override
  public Optional<String> failing(Subject subject, Reading reading) {
    return Optional.ofNullable(failing).map(rows -> rows.in(subject.table()));
  }

  Inquiry of(String table, Instant now) {
    return new Inquiry(
        List.of(figure.of(table), rows.of(table)),
        answers -> read(answers.get(0).number(), answers.get(1).count(), now));
  }

  private Reading read(Double number, long count, Instant now) {
    if (number != null) {
      return Reading.of(inUnit(number, count, now), count);
    }
    return count == 0
        ? Reading.skipped("there are no rows to measure")
        : Reading.nothing("no value: all are missing, or too few or too equal for it", count);
  }

  private Double inUnit(double number, long count, Instant now) {
    if (unit == null) {
      return number;
    }
    double age = now.toEpochMilli() / 1e3 - number / 1e6;
    return switch (unit) {
      case ROWS -> number;
      case PERCENT -> 100 * number / Math.max(1, count);
      case SECONDS -> age;
      case MINUTES -> age / 60;
      case HOURS -> age / 3600;
      case DAYS -> age / 86400;
    };
  }
}
