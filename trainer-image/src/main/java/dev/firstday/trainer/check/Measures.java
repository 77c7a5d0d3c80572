package dev.firstday.trainer.check;

import dev.firstday.api.DatasetCheck;
import dev.firstday.api.DatasetCheck.Against;
import dev.firstday.api.DatasetCheck.Arguments;
import dev.firstday.api.DatasetCheck.DriftMethod;
import dev.firstday.api.DatasetCheck.Metric;
import dev.firstday.api.DatasetCheck.Unit;
import dev.firstday.api.DatasetSpec;
import dev.firstday.api.DatasetSpec.Column;
import dev.firstday.api.DatasetSpec.Role;
import dev.firstday.api.DatasetSpec.SchemaEvolution;
import dev.firstday.api.DatasetSpec.Type;
import dev.firstday.contract.Names;
import dev.firstday.sdk.RunFailure;
import java.util.List;
import java.util.Optional;

/**
 * From a check to how it measures.
 *
 * @param byDefault nobody wrote the check
 */
record Measures(
    DatasetSpec spec, Columns columns, String name, DatasetCheck check, boolean byDefault) {

  /**
   * @throws RunFailure InvalidCheck, when the check does not fit the columns
   */
  Measure measure() {
    Optional<Gauge> gauge = new Gauges(name, check, columns).gauge();
    if (gauge.isPresent()) {
      return gauge.get();
    }
    return switch (check.metric()) {
      case SCHEMA ->
          new SchemaChange(
              arguments().evolution() == null ? SchemaEvolution.NONE : arguments().evolution(),
              against(Against.PREVIOUS, false));
      case REFERENTIAL_INTEGRITY -> orphans();
      case SQL -> new UserQuery(name, check.query(), scope());
      case CHANGE ->
          new Change(
              followed(null), named(), against(Against.PREVIOUS, false), unit() == Unit.PERCENT);
      case ANOMALY -> Anomalous.of(followed(check.unit()), name, arguments());
      case DRIFT ->
          Drifted.of(
              name,
              check,
              columns.require(name, named().get(0)),
              required(arguments().method(), "method"),
              against(Against.PREVIOUS, true));
      case LABEL_DRIFT ->
          OfEachLabel.of(
              columns.labels(),
              label ->
                  Drifted.of(
                      name,
                      check,
                      label,
                      arguments().method() == null ? DriftMethod.PSI : arguments().method(),
                      against(Against.TRAIN, true)));
      case SPLIT_OVERLAP -> splitOverlap();
      case TIME_OVERLAP -> new TimeOverlap(time(), scope(), counts(Unit.ROWS), byDefault);
      case ROW_OVERLAP ->
          new RowOverlap(
              features(), columns.labelNames(), scope(), counts(Unit.PERCENT), byDefault);
      case CONFLICTING_LABELS ->
          new ConflictingLabels(features(), columns.labelNames(), scope(), counts(Unit.ROWS));
      case NEW_CATEGORIES ->
          new NewCategories(
              categories(), scope(), against(Against.TRAIN, true), counts(Unit.ROWS), byDefault);
      case SINGLE_FEATURE_SCORE ->
          OfEachLabel.of(
              columns.labels(),
              label ->
                  new FeatureScore(
                      features().stream().map(feature -> columns.require(name, feature)).toList(),
                      label,
                      columns.namesOf(Role.KEY),
                      scope(),
                      byDefault ? check.mustBeLessThan() : null));
      case ROW_COUNT,
          NULL_VALUES,
          MISSING_VALUES,
          INVALID_VALUES,
          DUPLICATE_VALUES,
          MIN,
          MAX,
          MEAN,
          SUM,
          STDDEV,
          QUANTILE,
          DISTINCT_COUNT,
          UNIQUE_RATIO,
          ENTROPY,
          CORRELATION,
          FRESHNESS ->
          throw new IllegalStateException(check.metric() + " is a gauge");
    };
  }

  private Scope scope() {
    return new Scope(check.where());
  }

  private List<String> named() {
    return CheckShape.columns(check).stream().map(c -> columns.require(name, c).name()).toList();
  }

  private Arguments arguments() {
    return check.arguments() == null
        ? new Arguments(
            null, null, null, null, null, null, null, null, null, null, null, null, null, null,
            null, null, null, null)
        : check.arguments();
  }

  private <T> T required(T argument, String field) {
    if (argument == null) {
      throw CheckFailures.invalidCheck(
          name, "arguments." + field + ": " + check.metric().word() + " needs it");
    }
    return argument;
  }

  private Unit unit() {
    return check.unit();
  }

  private Unit counts(Unit leftOut) {
    return check.unit() == null ? leftOut : check.unit();
  }

  private Against against(Against leftOut, boolean withTrain) {
    Against against = arguments().against() == null ? leftOut : arguments().against();
    if (against == Against.TRAIN && !withTrain) {
      throw CheckFailures.invalidCheck(
          name,
          "arguments.against: "
              + check.metric().word()
              + " compares with another version: previous or pinned");
    }
    return against;
  }

  private Gauge followed(Unit unit) {
    DatasetCheck followed = CheckShape.followed(check, unit);
    Gauge gauge = new Gauges(name, followed, columns).gauge().orElseThrow();
    if (check.metric() == Metric.CHANGE && check.unit() == Unit.ROWS && gauge.unit() != Unit.ROWS) {
      throw CheckFailures.invalidCheck(
          name, "unit: " + followed.metric().word() + " counts no rows: percent, or leave it out");
    }
    return gauge;
  }

  private Orphans orphans() {
    String table = required(arguments().table(), "table");
    List<String> tables = spec.source().files().stream().map(DatasetSpec.Files::name).toList();
    if (!tables.contains(table)) {
      throw CheckFailures.invalidCheck(
          name,
          "arguments.table: there is no table "
              + table
              + Names.hint(table, tables)
              + "; spec.source has "
              + Names.list(tables));
    }
    List<Column> own = named().stream().map(column -> columns.require(name, column)).toList();
    List<String> others = arguments().tableColumns() == null ? named() : arguments().tableColumns();
    if (others.size() != own.size() || others.contains(null)) {
      throw CheckFailures.invalidCheck(
          name,
          "arguments.tableColumns: it names a column of %s for each of %s"
              .formatted(table, Names.list(named())));
    }
    requireDeclared(table, others);
    return new Orphans(own, table, others, scope(), counts(Unit.ROWS));
  }

  private void requireDeclared(String table, List<String> wanted) {
    for (DatasetSpec.Files files : spec.source().files()) {
      if (files.name().equals(table) && files.columns() != null) {
        List<String> there = files.columns().stream().map(DatasetSpec.SourceColumn::name).toList();
        for (String column : wanted) {
          if (!there.contains(column)) {
            throw CheckFailures.lacksColumn(name, table, column, there);
          }
        }
      }
    }
  }

  private Gauge splitOverlap() {
    List<String> key = named().isEmpty() ? columns.namesOf(Role.KEY) : named();
    if (key.isEmpty()) {
      throw CheckFailures.invalidCheck(
          name, "columns: no column has role key, so name those that make up the key");
    }
    return Overlap.of(key, scope(), counts(Unit.ROWS));
  }

  private String time() {
    List<String> times = named().isEmpty() ? columns.namesOf(Role.EVENT_TIME) : named();
    if (times.size() != 1 || !Columns.isTime(columns.require(name, times.get(0)).type())) {
      throw CheckFailures.invalidCheck(
          name, "column: name one DATE or TIMESTAMP, or give one the role eventTime");
    }
    return times.get(0);
  }

  private List<String> features() {
    return named().isEmpty() ? columns.namesOf(Role.FEATURE) : named();
  }

  private List<String> categories() {
    List<Column> found =
        named().isEmpty()
            ? columns.of(Role.FEATURE).stream().filter(c -> c.type() == Type.VARCHAR).toList()
            : named().stream().map(column -> columns.require(name, column)).toList();
    if (found.isEmpty()) {
      throw CheckFailures.invalidCheck(name, "column: no feature is VARCHAR, so name a column");
    }
    for (Column column : found) {
      if (!Columns.isCategory(column.type())) {
        throw CheckFailures.invalidCheck(
            name,
            "newCategories is for kinds, and %s is declared as %s"
                .formatted(column.name(), column.type()));
      }
    }
    return found.stream().map(Column::name).toList();
  }
}
