package dev.firstday.trainer.check.dqdl;

import dev.firstday.api.DatasetCheck;
import dev.firstday.api.DatasetCheck.Arguments;
import dev.firstday.api.DatasetCheck.Metric;
import dev.firstday.api.DatasetCheck.Unit;
import dev.firstday.trainer.check.dqdl.Limit.Operator;
import java.util.List;

/**
 * A check without its name.
 *
 * @param limit null for an anomaly, which knows itself what is usual
 */
record Draft(
    Metric metric,
    String column,
    List<String> columns,
    String where,
    String query,
    Arguments arguments,
    Limit limit,
    Unit unit) {

  static Draft of(Metric metric, String column, Limit limit) {
    return new Draft(metric, column, null, null, null, null, limit, null);
  }

  static Draft of(Metric metric, List<String> columns, Limit limit) {
    return columns.size() == 1
        ? of(metric, columns.get(0), limit)
        : new Draft(metric, null, columns, null, null, null, limit, null);
  }

  static Draft sql(String query, Limit limit) {
    return new Draft(Metric.SQL, null, null, null, query, null, limit, null);
  }

  Draft where(String condition) {
    return new Draft(metric, column, columns, condition, query, arguments, limit, unit);
  }

  Draft with(Arguments needed) {
    return new Draft(metric, column, columns, where, query, needed, limit, unit);
  }

  Draft in(Unit counted) {
    return new Draft(metric, column, columns, where, query, arguments, limit, counted);
  }

  /** Of invalidValues: what is valid. */
  static Arguments valid(
      List<String> values, String pattern, Double min, Double max, Integer least, Integer most) {
    return new Arguments(
        values, pattern, min, max, least, most, null, null, null, null, null, null, null, null,
        null, null, null, null);
  }

  static Arguments refersTo(String table, List<String> columns) {
    return new Arguments(
        null, null, null, null, null, null, null, null, table, columns, null, null, null, null,
        null, null, null, null);
  }

  static Arguments follows(Metric metric) {
    return new Arguments(
        null, null, null, null, null, null, null, null, null, null, metric, null, null, null, null,
        null, null, null);
  }

  DatasetCheck named(String name) {
    return new DatasetCheck(
        name,
        metric,
        column,
        columns,
        where,
        query,
        arguments,
        number(Operator.BE),
        number(Operator.NOT_BE),
        number(Operator.GREATER),
        number(Operator.GREATER_OR_EQUAL),
        number(Operator.LESS),
        number(Operator.LESS_OR_EQUAL),
        null,
        limit == null ? null : limit.outside(),
        unit,
        null);
  }

  private Double number(Operator operator) {
    return limit == null ? null : limit.numberOf(operator);
  }
}
