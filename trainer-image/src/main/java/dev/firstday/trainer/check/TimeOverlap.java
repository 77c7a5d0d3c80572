package dev.firstday.trainer.check;

import dev.firstday.api.DatasetCheck.Unit;
import dev.firstday.trainer.sql.Sql;
import java.util.Optional;

/**
 * Rows for validation or test that are earlier than the last row to train on.
 *
 * @param byDefault nobody asked: then a split that is plainly not by time is none of its business
 */
record TimeOverlap(String column, Scope scope, Unit unit, boolean byDefault) implements Measure {

  @Override
  public Step inquire(Subject subject) {
    String table = subject.table();
    Question earlier =
        new Question.Query(
            table, "SELECT count(*) FROM " + Sql.name(table) + " WHERE " + earlier(table));
    Gauge gauge =
        new Gauge(
            any -> earlier,
            any -> new Question.Aggregate(table, scope.count(Scope.NOT_IN_TRAIN)),
            Unit.ROWS,
            null);
    Inquiry inquiry = gauge.of(table, subject.now());
    return new Inquiry(
        inquiry.questions(), answers -> read((Reading) inquiry.next().apply(answers)));
  }

  private Reading read(Reading rows) {
    double percent = 100 * rows.value() / Math.max(1, rows.rows());
    if (byDefault && percent > 50) {
      return Reading.skipped(
          "most rows outside training are earlier than its last: the split is not by " + column);
    }
    return unit == Unit.PERCENT ? rows.measuring(percent) : rows;
  }

  @Override
  public Optional<String> failing(Subject subject, Reading reading) {
    return Optional.of(earlier(subject.table()));
  }

  private String earlier(String table) {
    String time = Sql.name(column);
    return scope.condition(
        Scope.NOT_IN_TRAIN,
        "%s < (SELECT max(%s) FROM %s%s)"
            .formatted(time, time, Sql.name(table), scope.whereClause(Scope.IN_TRAIN)));
  }
}
