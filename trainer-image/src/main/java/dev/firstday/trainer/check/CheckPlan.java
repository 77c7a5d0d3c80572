package dev.firstday.trainer.check;

import dev.firstday.api.DatasetCheck;
import dev.firstday.api.DatasetSpec;
import dev.firstday.api.DatasetStatus.Verdict;
import dev.firstday.sdk.Names;
import dev.firstday.sdk.RunFailure;
import dev.firstday.sdk.data.CheckOutcome;
import dev.firstday.trainer.sql.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * All checks of a data set as SQL: one aggregate over the rows, and one query more for each key
 * that must be unique, which costs more than all the others together.
 */
public final class CheckPlan {
  private final List<Planned> checks;

  private CheckPlan(List<Planned> checks) {
    this.checks = checks;
  }

  /**
   * @throws RunFailure InvalidCheck, when a check does not fit the columns
   */
  public static CheckPlan of(DatasetSpec spec) {
    List<DatasetCheck> checks = spec.checks() == null ? List.of() : spec.checks();
    return new CheckPlan(
        checks.stream()
            .map(check -> new Planned(check, measure(check, spec.columns()), Bound.of(check)))
            .toList());
  }

  private static Measure measure(DatasetCheck check, List<DatasetSpec.Column> columns) {
    return switch (check.metric()) {
      case ROW_COUNT -> {
        if (check.unit() == DatasetCheck.Unit.PERCENT) {
          throw CheckFailures.invalidCheck(
              name(check), "rowCount counts rows: in percent of all rows it is always 100");
        }
        yield new Aggregate("count(*)");
      }
      case NULL_VALUES ->
          new Aggregate("count(*) - count(" + column(check, check.column(), columns) + ")");
      case INVALID_VALUES -> {
        String value = column(check, check.column(), columns);
        yield new Aggregate(
            "count(*) FILTER (WHERE "
                + value
                + " IS NOT NULL AND NOT ("
                + valid(check, value, columns)
                + "))");
      }
      case DUPLICATE_VALUES -> {
        List<String> key = check.columns() == null ? List.of(check.column()) : check.columns();
        yield new Duplicates(key.stream().map(name -> column(check, name, columns)).toList());
      }
      default ->
          throw CheckFailures.invalidCheck(
              name(check), "there is no way to measure " + check.metric().word());
    };
  }

  private static String valid(DatasetCheck check, String value, List<DatasetSpec.Column> columns) {
    DatasetCheck.Arguments arguments = check.arguments();
    List<String> conditions = new ArrayList<>();
    if (arguments.validValues() != null) {
      conditions.add(
          "CAST(%s AS VARCHAR) IN (%s)".formatted(value, Sql.texts(arguments.validValues())));
    }
    if (arguments.pattern() != null) {
      conditions.add(
          "regexp_full_match(CAST(%s AS VARCHAR), %s)"
              .formatted(value, Sql.text(arguments.pattern())));
    }
    if (arguments.min() != null || arguments.max() != null) {
      requireNumeric(check, columns);
    }
    if (arguments.min() != null) {
      conditions.add(value + " >= " + Sql.number(arguments.min()));
    }
    if (arguments.max() != null) {
      conditions.add(value + " <= " + Sql.number(arguments.max()));
    }
    return String.join(" AND ", conditions);
  }

  private static void requireNumeric(DatasetCheck check, List<DatasetSpec.Column> columns) {
    DatasetSpec.Type type =
        columns.stream()
            .filter(c -> c.name().equals(check.column()))
            .findFirst()
            .orElseThrow()
            .type();
    boolean numeric =
        switch (type) {
          case INTEGER, BIGINT, DOUBLE -> true;
          case BOOLEAN, VARCHAR, DATE, TIMESTAMP -> false;
        };
    if (!numeric) {
      throw CheckFailures.invalidCheck(
          name(check),
          "min and max are for numbers, and " + check.column() + " is declared as " + type);
    }
  }

  private static String column(DatasetCheck check, String name, List<DatasetSpec.Column> columns) {
    List<String> names = columns.stream().map(DatasetSpec.Column::name).toList();
    if (!names.contains(name)) {
      throw CheckFailures.invalidCheck(
          name(check),
          "there is no column "
              + name
              + Names.hint(name, names)
              + "; spec.columns has "
              + Names.list(names));
    }
    return Sql.name(name);
  }

  /** What reports call a check. */
  static String name(DatasetCheck check) {
    if (check.name() != null) {
      return check.name();
    }
    String metric = check.metric().word();
    if (check.columns() != null) {
      return metric + "(" + Names.list(check.columns()) + ")";
    }
    return check.column() == null ? metric : metric + "(" + check.column() + ")";
  }

  /** Queries that show, by failing, that a pattern is none; each with the name of its check. */
  List<PatternProbe> patterns() {
    return checks.stream()
        .map(Planned::check)
        .filter(check -> check.arguments() != null && check.arguments().pattern() != null)
        .map(
            check ->
                new PatternProbe(
                    name(check),
                    "SELECT regexp_full_match('', " + Sql.text(check.arguments().pattern()) + ")"))
        .toList();
  }

  /** All counts but those of duplicates; the first is that of all rows. */
  String aggregate(String table) {
    String counts =
        checks.stream()
            .map(planned -> planned.measure() instanceof Aggregate a ? ", " + a.expression() : "")
            .collect(Collectors.joining());
    return "SELECT count(*)" + counts + " FROM " + Sql.name(table);
  }

  /** For each key that is to be unique: how many rows repeat one. A missing key repeats none. */
  List<String> duplicates(String table) {
    List<String> queries = new ArrayList<>();
    for (Planned planned : checks) {
      if (planned.measure() instanceof Duplicates duplicates) {
        String key = String.join(", ", duplicates.columns());
        String there =
            duplicates.columns().stream()
                .map(column -> column + " IS NOT NULL")
                .collect(Collectors.joining(" AND "));
        queries.add(
            "SELECT coalesce(sum(n - 1), 0) FROM (SELECT count(*) AS n FROM %s WHERE %s GROUP BY %s)"
                .formatted(Sql.name(table), there, key));
      }
    }
    return queries;
  }

  /**
   * The outcome of every check, in the order declared.
   *
   * @param aggregate the row that {@link #aggregate} gave
   * @param duplicates the values that {@link #duplicates} gave
   */
  List<CheckOutcome> judge(List<Long> aggregate, List<Long> duplicates) {
    long rows = aggregate.get(0);
    var aggregates = aggregate.subList(1, aggregate.size()).iterator();
    var repeats = duplicates.iterator();
    List<CheckOutcome> outcomes = new ArrayList<>();
    for (Planned planned : checks) {
      long count = planned.measure() instanceof Aggregate ? aggregates.next() : repeats.next();
      DatasetCheck check = planned.check();
      double value =
          check.unit() == DatasetCheck.Unit.PERCENT ? 100.0 * count / Math.max(1, rows) : count;
      outcomes.add(
          new CheckOutcome(
              name(check),
              check.metric(),
              columns(check),
              value,
              check.unit() == DatasetCheck.Unit.PERCENT
                  ? DatasetCheck.Unit.PERCENT
                  : DatasetCheck.Unit.ROWS,
              planned.bound().words(),
              planned.bound().lower(),
              planned.bound().upper(),
              null,
              null,
              null,
              planned.bound().holds().test(value) ? Verdict.PASSED : Verdict.FAILED,
              check.effectiveSeverity(),
              null,
              rows,
              null,
              null,
              null));
    }
    return outcomes;
  }

  private static List<String> columns(DatasetCheck check) {
    if (check.columns() != null) {
      return check.columns();
    }
    return check.column() == null ? List.of() : List.of(check.column());
  }

  /**
   * @param query fails when the pattern is no regular expression
   */
  record PatternProbe(String check, String query) {}

  private record Planned(DatasetCheck check, Measure measure, Bound bound) {}

  private sealed interface Measure {}

  private record Aggregate(String expression) implements Measure {}

  private record Duplicates(List<String> columns) implements Measure {}
}
