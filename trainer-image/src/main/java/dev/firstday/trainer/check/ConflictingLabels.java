package dev.firstday.trainer.check;

import dev.firstday.api.DatasetCheck.Unit;
import dev.firstday.trainer.sql.Sql;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Rows that have the same features as others and another label, be it one of several; they are
 * known by a hash of 64 bits, in which a missing value equals a missing one.
 */
record ConflictingLabels(List<String> features, List<String> labels, Scope scope, Unit unit)
    implements Measure {

  @Override
  public Step inquire(Subject subject) {
    String table = subject.table();
    String query =
        "SELECT coalesce(sum(n), 0), coalesce(sum(n) FILTER (WHERE differ), 0) FROM (SELECT count(*) AS n, %s AS differ FROM %s%s GROUP BY %s)"
            .formatted(differ(), Sql.name(table), scope.whereClause(), hash());
    return new Inquiry(
        List.of(new Question.Query(table, query)), answers -> read(answers.get(0).rows().get(0)));
  }

  private Reading read(List<Object> row) {
    long rows = ((Number) row.get(0)).longValue();
    long conflicting = ((Number) row.get(1)).longValue();
    return Reading.of(
        unit == Unit.PERCENT ? 100.0 * conflicting / Math.max(1, rows) : conflicting, rows);
  }

  @Override
  public Optional<String> failing(Subject subject, Reading reading) {
    return Optional.of(
        scope.condition(
            "%s IN (SELECT %s FROM %s%s GROUP BY 1 HAVING %s)"
                .formatted(
                    hash(), hash(), Sql.name(subject.table()), scope.whereClause(), differ())));
  }

  private String differ() {
    return labels.stream()
        .map(label -> "min(%s) <> max(%s)".formatted(Sql.name(label), Sql.name(label)))
        .collect(Collectors.joining(" OR "));
  }

  private String hash() {
    return "hash(" + Sql.names(features) + ")";
  }
}
