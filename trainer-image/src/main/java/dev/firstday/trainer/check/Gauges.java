package dev.firstday.trainer.check;

import dev.firstday.api.DatasetCheck;
import dev.firstday.api.DatasetCheck.Unit;
import dev.firstday.api.DatasetSpec.Column;
import dev.firstday.trainer.sql.Sql;
import java.util.List;
import java.util.Optional;

/** Checks whose value is a number that each version has by itself. */
record Gauges(String name, DatasetCheck check, Columns columns) {

  /** Empty for a metric that needs more than one version's rows, or their splits. */
  Optional<Gauge> gauge() {
    return Optional.ofNullable(
        switch (check.metric()) {
          case ROW_COUNT -> new Gauge(this::rows, this::rows, Unit.ROWS, null);
          case NULL_VALUES -> nulls();
          case MISSING_VALUES -> missing();
          case INVALID_VALUES -> counted(new ValidValues(name, check, column()).broken());
          case DUPLICATE_VALUES -> duplicates();
          case MIN -> plain("min(%s)");
          case MAX -> plain("max(%s)");
          case MEAN -> plain("avg(%s)");
          case SUM -> plain("sum(%s)");
          case STDDEV -> plain("stddev_samp(%s)");
          case QUANTILE -> quantile();
          case CORRELATION -> correlation();
          case FRESHNESS -> age();
          case DISTINCT_COUNT -> ofKeys(KeyFigure.DISTINCT);
          case UNIQUE_RATIO -> ofKeys(KeyFigure.DISTINCT_SHARE);
          case ENTROPY -> ofKeys(KeyFigure.ENTROPY);
          case SCHEMA,
              REFERENTIAL_INTEGRITY,
              SQL,
              CHANGE,
              DRIFT,
              ANOMALY,
              SPLIT_OVERLAP,
              TIME_OVERLAP,
              ROW_OVERLAP,
              NEW_CATEGORIES,
              LABEL_DRIFT,
              CONFLICTING_LABELS,
              SINGLE_FEATURE_SCORE ->
              null;
        });
  }

  private Scope scope() {
    return new Scope(check.where());
  }

  private Question rows(String table) {
    return new Question.Aggregate(table, scope().count());
  }

  private Unit counts() {
    return check.unit() == null ? Unit.ROWS : check.unit();
  }

  private Column column() {
    return columns.require(name, CheckShape.columns(check).get(0));
  }

  private Column number() {
    return number(column());
  }

  private Column number(Column column) {
    if (!Columns.isNumber(column.type())) {
      throw CheckFailures.invalidCheck(
          name,
          "%s is for numbers, and %s is declared as %s"
              .formatted(check.metric().word(), column.name(), column.type()));
    }
    return column;
  }

  private Gauge nulls() {
    String value = Sql.name(column().name());
    String isNull = value + " IS NULL";
    String count = // counting what is there needs no condition on each row
        check.where() == null ? "count(*) - count(" + value + ")" : scope().count(isNull);
    return new Gauge(aggregate(count), this::rows, counts(), table -> scope().condition(isNull));
  }

  private Gauge missing() {
    DatasetCheck.Arguments arguments = check.arguments();
    if (arguments == null || arguments.missingValues() == null) {
      throw CheckFailures.invalidCheck(
          name, "missingValues needs arguments.missingValues, the values that mean 'missing'");
    }
    Column column = column();
    return counted(
        "(%s IS NULL OR %s)"
            .formatted(
                Sql.name(column.name()),
                ValidValues.isOneOf(column, ValidValues.texts(name, arguments.missingValues()))));
  }

  private Gauge counted(String condition) {
    return new Gauge(
        aggregate(scope().count(condition)),
        this::rows,
        counts(),
        table -> scope().condition(condition));
  }

  private Gauge duplicates() {
    List<String> key = key();
    String there = Scope.isThere(key);
    return new Gauge(
        table -> new Question.Keys(table, key, scope(), KeyFigure.REPEATS),
        this::rows,
        counts(),
        table ->
            scope()
                .condition(
                    there,
                    Scope.isAmong(
                        key, Sql.name(table) + scope().whereClause(there), "count(*) > 1")));
  }

  private Gauge ofKeys(KeyFigure figure) {
    List<String> key = key();
    return new Gauge(
        table -> new Question.Keys(table, key, scope(), figure), this::rows, null, null);
  }

  private List<String> key() {
    return CheckShape.columns(check).stream().map(c -> columns.require(name, c).name()).toList();
  }

  private Gauge plain(String call) {
    return plainly(call.formatted(Sql.name(number().name())));
  }

  private Gauge plainly(String call) {
    return new Gauge(aggregate(scope().aggregate(call)), this::rows, null, null);
  }

  private Gauge quantile() {
    Double which = check.arguments() == null ? null : check.arguments().quantile();
    if (which == null || !(which >= 0 && which <= 1)) {
      throw CheckFailures.invalidCheck(
          name, "quantile needs arguments.quantile, a number from 0 to 1, as 0.95");
    }
    return plainly(
        "quantile_cont(%s, %s)".formatted(Sql.name(number().name()), Bound.number(which)));
  }

  private Gauge correlation() {
    List<String> both =
        check.columns().stream()
            .map(column -> Sql.name(number(columns.require(name, column)).name()))
            .toList();
    return plainly("corr(" + String.join(", ", both) + ")");
  }

  private Gauge age() {
    Column column = column();
    if (!Columns.isTime(column.type())) {
      throw CheckFailures.invalidCheck(
          name,
          "freshness is for DATE and TIMESTAMP, and %s is declared as %s"
              .formatted(column.name(), column.type()));
    }
    String newest = scope().aggregate("max(CAST(" + Sql.name(column.name()) + " AS TIMESTAMP))");
    return new Gauge(
        aggregate("epoch_us(" + newest + ")"),
        this::rows,
        check.unit() == null ? Unit.HOURS : check.unit(),
        null);
  }

  private static Gauge.Figure aggregate(String expression) {
    return table -> new Question.Aggregate(table, expression);
  }
}
