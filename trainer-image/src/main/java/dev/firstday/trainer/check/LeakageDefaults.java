package dev.firstday.trainer.check;

import dev.firstday.api.DatasetCheck;
import dev.firstday.api.DatasetCheck.Arguments;
import dev.firstday.api.DatasetCheck.Metric;
import dev.firstday.api.DatasetCheck.Severity;
import dev.firstday.api.DatasetCheck.Unit;
import dev.firstday.api.DatasetSpec;
import dev.firstday.api.DatasetSpec.Role;
import dev.firstday.api.DatasetSpec.SchemaEvolution;
import dev.firstday.api.DatasetSpec.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Checks that a data set has without asking: that of spec.schemaEvolution, and those for leakage
 * between the splits. A declared check of the same metric takes the default's place.
 *
 * <p>conflictingLabels is not among them: where features are coarse, equal rows have different
 * labels in every honest data set, and nothing leaks.
 */
record LeakageDefaults(DatasetSpec spec, Columns columns) {
  /** A share of rows of new kinds that a model can live with. */
  private static final double NEW_KINDS_PERCENT = 1;

  /** A share of rows to judge by that may have been seen in training. */
  private static final double SEEN_PERCENT = 5;

  /** Of the stability index; 0.1 is the usual change of a season. */
  private static final double LABEL_SHIFT = 0.25;

  /** A class that is told so well by one feature was known beforehand. */
  private static final double TOLD = 0.98;

  /** Amounts follow their own past closely by nature, but not so closely. */
  private static final double EXPLAINED = 0.999;

  /** Those that no declared check replaces. */
  List<DatasetCheck> checks(List<DatasetCheck> declared) {
    Set<Metric> there = declared.stream().map(DatasetCheck::metric).collect(Collectors.toSet());
    return all().stream().filter(check -> !there.contains(check.metric())).toList();
  }

  private List<DatasetCheck> all() {
    List<DatasetCheck> checks = new ArrayList<>();
    if (spec.schemaEvolution() != null && spec.schemaEvolution() != SchemaEvolution.ANY) {
      checks.add(schema(spec.schemaEvolution()));
    }
    if (Boolean.FALSE.equals(spec.leakageChecks())) {
      return checks;
    }
    List<String> key = columns.namesOf(Role.KEY);
    if (!key.isEmpty() && !key.containsAll(decidingColumns())) {
      checks.add(none(Metric.SPLIT_OVERLAP, key, null, Severity.ERROR));
    }
    List<String> times = columns.namesOf(Role.EVENT_TIME);
    if (times.size() == 1
        && spec.split().column() != null
        && Columns.isTime(columns.of(Role.EVENT_TIME).get(0).type())) {
      checks.add(none(Metric.TIME_OVERLAP, times, null, Severity.WARNING));
    }
    checks.add(warning(Metric.ROW_OVERLAP, Unit.PERCENT, SEEN_PERCENT));
    if (columns.of(Role.FEATURE).stream().anyMatch(column -> column.type() == Type.VARCHAR)) {
      checks.add(warning(Metric.NEW_CATEGORIES, Unit.PERCENT, NEW_KINDS_PERCENT));
    }
    checks.add(warning(Metric.LABEL_DRIFT, null, LABEL_SHIFT));
    checks.add(
        warning(
            Metric.SINGLE_FEATURE_SCORE,
            null,
            FeatureScore.isAmount(columns.labels().get(0).type()) ? EXPLAINED : TOLD));
    return checks;
  }

  /** Columns that decide a row's split: rows that are equal in them are never divided. */
  private List<String> decidingColumns() {
    DatasetSpec.Split split = spec.split();
    if (split.hash() != null) {
      return split.hash().columns();
    }
    return List.of(split.time() != null ? split.time().column() : split.column().name());
  }

  private static DatasetCheck schema(SchemaEvolution evolution) {
    Arguments arguments =
        new Arguments(
            null, null, null, null, null, null, null, null, null, null, null, null, null, null,
            evolution, null, null, null);
    return none(Metric.SCHEMA, null, arguments, Severity.ERROR);
  }

  private static DatasetCheck none(
      Metric metric, List<String> columns, Arguments arguments, Severity severity) {
    return of(metric, columns, arguments, 0.0, null, null, severity);
  }

  private static DatasetCheck warning(Metric metric, Unit unit, double mustBeLessThan) {
    return of(metric, null, null, null, mustBeLessThan, unit, Severity.WARNING);
  }

  private static DatasetCheck of(
      Metric metric,
      List<String> columns,
      Arguments arguments,
      Double mustBe,
      Double mustBeLessThan,
      Unit unit,
      Severity severity) {
    return new DatasetCheck(
        null,
        metric,
        null,
        columns,
        null,
        null,
        arguments,
        mustBe,
        null,
        null,
        null,
        mustBeLessThan,
        null,
        null,
        null,
        unit,
        severity);
  }
}
