package dev.firstday.trainer.check;

import dev.firstday.api.DatasetCheck.Unit;
import dev.firstday.trainer.sql.Sql;
import java.util.List;
import java.util.Optional;

/**
 * Rows of the other splits that have the same features as one that trains; they are known by a hash
 * of 64 bits, in which a missing value equals a missing one.
 *
 * <p>Nobody asked for the default, so that it keeps quiet over what it would find in any split:
 * rows of coarse features equal others, within training as well. Copies do so too, but the labels
 * of copies are equal, and those of rows that are equal by chance differ now and then.
 *
 * @param byDefault nobody asked; then some million rows suffice
 */
record RowOverlap(
    List<String> features, List<String> labels, Scope scope, Unit unit, boolean byDefault)
    implements Measure {
  private static final int ENOUGH = 1_000_000;

  /**
   * How often labels of equal rows differ, as a share of how often those of any two rows do, from
   * which on they count as equal by chance. Features that tell something of the label make it less
   * than 1, copies make it 0.
   */
  private static final double BY_CHANCE = 0.1;

  @Override
  public Step inquire(Subject subject) {
    String table = subject.table();
    return new Inquiry(
        List.of(new Question.Query(table, query(table))),
        answers -> read(answers.get(0).rows().get(0)));
  }

  private String query(String table) {
    return """
        WITH cells AS (SELECT %s AS h, %s AS y, count(*) AS n, count_if(%s) AS t FROM %s%s GROUP BY h, y), \
        equals AS (SELECT sum(n) AS n, sum(t) AS t, sum(t * t) AS alike FROM cells GROUP BY h) \
        SELECT coalesce(sum(n - t), 0), coalesce(sum(n - t) FILTER (WHERE t > 0), 0), \
        coalesce(sum(t), 0), coalesce(sum(t) FILTER (WHERE t > 1), 0), \
        coalesce(sum(t * t - alike) / nullif(sum(t * t - t), 0), 0), \
        (SELECT coalesce(1 - sum(c * c) / nullif(sum(c) * sum(c), 0), 0) FROM (SELECT sum(t) AS c FROM cells GROUP BY y)) \
        FROM equals"""
        .formatted(hash(), label(), Scope.IN_TRAIN, Sql.name(table), where(table));
  }

  /**
   * @param row rows that do not train, those of them that are equal to one that does, rows that
   *     train, those of them that are equal to others, and how often the labels of two of these
   *     differ, and those of any two
   */
  private Reading read(List<Object> row) {
    double others = number(row, 0);
    Reading reading = Reading.of(inUnit(number(row, 1), others), (long) others);
    if (!byDefault) {
      return reading;
    }
    boolean byChance = number(row, 4) >= BY_CHANCE * number(row, 5);
    double expected = byChance ? number(row, 3) / Math.max(1, number(row, 2)) * others : 0;
    return reading.expecting(
        inUnit(expected, others), inUnit(Chance.atMost(expected, (long) others), others));
  }

  @Override
  public Optional<String> failing(Subject subject, Reading reading) {
    return Optional.of(
        scope.condition(
            Scope.NOT_IN_TRAIN,
            "%s IN (SELECT %s FROM %s%s)"
                .formatted(
                    hash(), hash(), Sql.name(subject.table()), scope.whereClause(Scope.IN_TRAIN))));
  }

  private String where(String table) {
    return byDefault
        ? scope.whereClause(
            "%s %% (SELECT CAST(greatest(1, count(*) // %d) AS UBIGINT) FROM %s) = 0"
                .formatted(hash(), ENOUGH, Sql.name(table)))
        : scope.whereClause();
  }

  /** Several are equal when all of them are. */
  private String label() {
    return labels.size() == 1 ? Sql.name(labels.get(0)) : "hash(" + Sql.names(labels) + ")";
  }

  private String hash() {
    return "hash(" + Sql.names(features) + ")";
  }

  private double inUnit(double count, double rows) {
    return unit == Unit.PERCENT ? 100 * count / Math.max(1, rows) : count;
  }

  private static double number(List<Object> row, int i) {
    return ((Number) row.get(i)).doubleValue();
  }
}
