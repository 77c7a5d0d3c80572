package dev.firstday.trainer.check;

import dev.firstday.api.DatasetCheck.Unit;
import dev.firstday.trainer.sql.Sql;
import java.util.List;

/** Rows for validation or test whose key is in another split, too. */
final class Overlap {
  private Overlap() {}

  static Gauge of(List<String> key, Scope scope, Unit unit) {
    String there = Scope.isThere(key);
    return new Gauge(
        table -> new Question.Keys(table, key, scope, KeyFigure.OVERLAPPING),
        table -> new Question.Aggregate(table, scope.count(Scope.NOT_IN_TRAIN)),
        unit,
        table ->
            scope.condition(
                there,
                Scope.isAmong(
                    key,
                    Sql.name(table) + scope.whereClause(there),
                    "min(%s) <> max(%s)".formatted(Scope.SPLIT, Scope.SPLIT))));
  }
}
