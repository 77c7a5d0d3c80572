package dev.firstday.trainer.check;

import dev.firstday.trainer.sql.Sql;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows of a table that a check looks at.
 *
 * @param where the user's condition, known to be one expression; null: all rows
 */
record Scope(String where) {
  static final Scope ALL = new Scope(null);
  static final String SPLIT = Sql.name(Subject.SPLIT);
  static final String IN_TRAIN = SPLIT + " = 'train'";
  static final String NOT_IN_TRAIN = SPLIT + " <> 'train'";

  /** That a row is one of them, and what else must hold of it. */
  String condition(String... more) {
    List<String> conditions = new ArrayList<>();
    if (where != null) {
      // the end of the line ends a comment that the condition may end with
      conditions.add("(" + where + "\n)");
    }
    conditions.addAll(List.of(more));
    return String.join(" AND ", conditions);
  }

  /** A WHERE clause, or nothing when nothing is asked. */
  String whereClause(String... more) {
    String condition = condition(more);
    return condition.isEmpty() ? "" : " WHERE " + condition;
  }

  /** How many of them there are for which all holds. */
  String count(String... more) {
    String condition = condition(more);
    return condition.isEmpty() ? "count(*)" : "count_if(" + condition + ")";
  }

  /** An aggregate over those of them for which all holds. */
  String aggregate(String call, String... more) {
    String condition = condition(more);
    return condition.isEmpty() ? call : call + " FILTER (WHERE " + condition + ")";
  }

  static String isThere(List<String> columns) {
    return String.join(
        " AND ", columns.stream().map(column -> Sql.name(column) + " IS NOT NULL").toList());
  }

  /** That the key of a row is that of a group of rows for which all holds. */
  static String isAmong(List<String> key, String rows, String having) {
    String names = Sql.names(key);
    return "(%s) IN (SELECT (%s) FROM %s GROUP BY %s HAVING %s)"
        .formatted(names, names, rows, names, having);
  }
}
