package dev.firstday.trainer.check;

import dev.firstday.api.DatasetCheck.Unit;
import dev.firstday.trainer.sql.Sql;
import java.util.List;
import java.util.Optional;

/**
 * Rows that have the same features as others; they are known by a hash of 64 bits.
 *
 * @param features whose values are compared; a missing one equals a missing one
 * @param label whose values are to differ; null: rows of the other splits that occur in training
 * @param byDefault nobody asked: then some million rows suffice, and as many as there are equal
 *     ones within training are no news
 */
record EqualRows(List<String> features, String label, Scope scope, Unit unit, boolean byDefault)
    implements Measure {
  private static final int ENOUGH = 1_000_000;

  @Override
  public Step inquire(Subject subject) {
    String table = subject.table();
    return label == null
        ? new Inquiry(
            List.of(new Question.Query(table, overlapping(table))),
            answers -> overlap(answers.get(0).rows().get(0)))
        : new Inquiry(
            List.of(new Question.Query(table, conflicting(table))),
            answers -> conflicts(answers.get(0).rows().get(0)));
  }

  private String overlapping(String table) {
    return ("SELECT coalesce(sum(n - t), 0), coalesce(sum(n - t) FILTER (WHERE t > 0), 0),"
            + " coalesce(sum(t), 0), coalesce(sum(t) FILTER (WHERE t > 1), 0)"
            + " FROM (SELECT count(*) AS n, count(*) FILTER (WHERE %s) AS t FROM %s%s GROUP BY %s)")
        .formatted(Scope.IN_TRAIN, Sql.name(table), where(table), hash());
  }

  private Reading overlap(List<Object> row) {
    long others = count(row.get(0));
    double training = Math.max(1, count(row.get(2)));
    Reading reading = Reading.of(inUnit(count(row.get(1)), others), others);
    if (!byDefault) {
      return reading;
    }
    // rows of coarse features equal others in any split, and as often within training
    double expected = count(row.get(3)) / training * others;
    return reading.expecting(
        inUnit(expected, others), inUnit(Chance.atMost(expected, others), others));
  }

  private String conflicting(String table) {
    return "SELECT coalesce(sum(n), 0), coalesce(sum(n) FILTER (WHERE differ), 0) FROM (SELECT count(*) AS n, %s AS differ FROM %s%s GROUP BY %s)"
        .formatted(differ(), Sql.name(table), where(table), hash());
  }

  private Reading conflicts(List<Object> row) {
    return Reading.of(inUnit(count(row.get(1)), count(row.get(0))), count(row.get(0)));
  }

  @Override
  public Optional<String> failing(Subject subject, Reading reading) {
    String rows = Sql.name(subject.table());
    return Optional.of(
        label == null
            ? scope.condition(
                Scope.NOT_IN_TRAIN,
                "%s IN (SELECT %s FROM %s%s)"
                    .formatted(hash(), hash(), rows, scope.whereClause(Scope.IN_TRAIN)))
            : scope.condition(
                "%s IN (SELECT %s FROM %s%s GROUP BY 1 HAVING %s)"
                    .formatted(hash(), hash(), rows, scope.whereClause(), differ())));
  }

  private String where(String table) {
    return byDefault
        ? scope.whereClause(
            "%s %% (SELECT CAST(greatest(1, count(*) // %d) AS UBIGINT) FROM %s) = 0"
                .formatted(hash(), ENOUGH, Sql.name(table)))
        : scope.whereClause();
  }

  private String differ() {
    return "min(%s) <> max(%s)".formatted(Sql.name(label), Sql.name(label));
  }

  private String hash() {
    return "hash(" + Sql.names(features) + ")";
  }

  private double inUnit(double count, long rows) {
    return unit == Unit.PERCENT ? 100 * count / Math.max(1, rows) : count;
  }

  private static long count(Object value) {
    return ((Number) value).longValue();
  }
}
