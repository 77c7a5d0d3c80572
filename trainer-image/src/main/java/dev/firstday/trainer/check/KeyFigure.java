package dev.firstday.trainer.check;

import dev.firstday.trainer.sql.Sql;
import java.util.Optional;

/**
 * What can be said of how often keys occur: n times in all, t times in the training split, v times
 * in the validation split.
 */
enum KeyFigure {
  /** Rows that repeat an earlier one's key. */
  REPEATS("coalesce(sum(n - 1), 0)", false),
  DISTINCT("count(*)", false),
  /** Keys by rows that have one: 1 when no key occurs twice. */
  DISTINCT_SHARE("count(*) / sum(n)", false),
  /** Shannon's, in nats. */
  ENTROPY("ln(sum(n)) - sum(n * ln(n)) / sum(n)", false),
  /** Rows for validation or test whose key trains, and rows for the test whose key validates. */
  OVERLAPPING(
      "coalesce(sum(CASE WHEN t > 0 THEN n - t WHEN v > 0 THEN n - v ELSE 0 END), 0)", true),
  /** Rows for validation or test whose key does not train. */
  NEW("coalesce(sum(n) FILTER (WHERE t = 0), 0)", true),
  /** Keys that train once: as many as new ones are to be expected in as many further rows. */
  SINGLES("count(*) FILTER (WHERE t = 1)", true),
  /** Rows to train on that have a key. */
  TRAINING("coalesce(sum(t), 0)", true);

  private final String expression;
  private final boolean bySplit;

  KeyFigure(String expression, boolean bySplit) {
    this.expression = expression;
    this.bySplit = bySplit;
  }

  String expression() {
    return expression;
  }

  /**
   * The same as an aggregate over the rows themselves, which shares their scan; empty for what has
   * to know how often each key occurs.
   */
  Optional<String> ofRows(String column, Scope scope) {
    String distinct = scope.aggregate("count(DISTINCT " + Sql.name(column) + ")");
    return switch (this) {
      case REPEATS ->
          Optional.of(scope.aggregate("count(" + Sql.name(column) + ")") + " - " + distinct);
      case DISTINCT -> Optional.of(distinct);
      case DISTINCT_SHARE, ENTROPY, OVERLAPPING, NEW, SINGLES, TRAINING -> Optional.empty();
    };
  }

  /** Whether it needs t and v. */
  boolean bySplit() {
    return bySplit;
  }
}
