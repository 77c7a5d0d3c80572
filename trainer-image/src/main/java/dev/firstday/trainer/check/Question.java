package dev.firstday.trainer.check;

import java.util.List;

/** What a check asks of the rows. Equal questions are asked once. */
sealed interface Question {

  /** The table whose rows are asked for; a query may read others beside it. */
  String table();

  /** An aggregate over a table; those over one table share a scan. */
  record Aggregate(String table, String expression) implements Question {}

  /** How often each key occurs; figures of one key share a query. A missing key is none. */
  record Keys(String table, List<String> columns, Scope scope, KeyFigure figure)
      implements Question {}

  /** A query of its own. */
  record Query(String table, String sql) implements Question {}
}
