package dev.firstday.trainer.check.dqdl;

import dev.firstday.api.DatasetCheck.Metric;
import dev.firstday.api.DatasetCheck.Unit;
import dev.firstday.trainer.check.dqdl.Limit.Operator;
import dev.firstday.trainer.sql.Sql;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** From each type of rule to checks, by the language's reference. */
final class Translation {
  private static final Map<String, Metric> NUMBERS =
      Map.of(
          "RowCount", Metric.ROW_COUNT,
          "Mean", Metric.MEAN,
          "Sum", Metric.SUM,
          "StandardDeviation", Metric.STDDEV,
          "Entropy", Metric.ENTROPY,
          "DistinctValuesCount", Metric.DISTINCT_COUNT,
          "ColumnCorrelation", Metric.CORRELATION);

  /** "primary" is what the language calls the rows that are checked. */
  private static final Pattern PRIMARY =
      Pattern.compile("\\b(from|join)\\s+([\"`]?)primary\\2(?![\\w\"`])", Pattern.CASE_INSENSITIVE);

  private static final Pattern QUALIFIED =
      Pattern.compile("\\bprimary[\"`]?\\s*\\.", Pattern.CASE_INSENSITIVE);

  private static final Pattern REFERENCE = Pattern.compile("([^.{}]+)\\.\\{?([^{}]+)}?");

  private Translation() {}

  static List<Draft> of(Rule rule) {
    List<Draft> drafts = unconditional(rule);
    String where = rule.parsed().getWhereClause();
    return where == null ? drafts : drafts.stream().map(draft -> draft.where(where)).toList();
  }

  private static List<Draft> unconditional(Rule rule) {
    if (NUMBERS.containsKey(rule.type())) {
      Metric metric = NUMBERS.get(rule.type());
      return limited(
          rule,
          limit ->
              metric == Metric.ROW_COUNT
                  ? Draft.of(metric, (String) null, limit)
                  : Draft.of(metric, rule.parameters(), limit));
    }
    return switch (rule.type()) {
      case "IsComplete" -> List.of(complete(rule.first()));
      case "Completeness" ->
          limited(
              rule,
              limit ->
                  Draft.of(Metric.NULL_VALUES, rule.first(), limit.ofOthersInPercent())
                      .in(Unit.PERCENT));
      case "IsUnique" -> List.of(unique(rule));
      case "IsPrimaryKey" ->
          Stream.concat(
                  Stream.of(unique(rule)), rule.parameters().stream().map(Translation::complete))
              .toList();
      case "Uniqueness" -> limited(rule, limit -> Draft.sql(uniqueness(rule, "sum(n)"), limit));
      case "UniqueValueRatio" ->
          limited(rule, limit -> Draft.sql(uniqueness(rule, "count(*)"), limit));
      case "ColumnValues", "ColumnLength", "DataFreshness" -> Values.of(rule);
      case "ReferentialIntegrity" -> referential(rule);
      case "CustomSql" -> custom(rule);
      case "DetectAnomalies" -> List.of(anomaly(rule));
      // a column that is not declared is an error, and a number of rows is never negative
      case "ColumnExists" ->
          List.of(
              Draft.of(
                  Metric.NULL_VALUES,
                  rule.first(),
                  Limit.of(Operator.GREATER_OR_EQUAL, BigDecimal.ZERO)));
      case "ColumnCount", "ColumnDataType", "ColumnNamesMatchPattern", "SchemaMatch" ->
          throw rule.failure(
              "spec.columns says which columns there are and of what types, and no version has others",
              "leave it out, or let spec.schemaEvolution or a check of metric schema say how they may"
                  + " change");
      case "RowCountMatch", "DatasetMatch", "AggregateMatch" ->
          throw rule.failure(
              "there is no check that compares with another data set",
              "a check of metric sql, whose query may read the tables of spec.source");
      case "FileMatch", "FileUniqueness", "FileFreshness", "FileSize" ->
          throw rule.failure(
              "files are not what is checked",
              "a check of the rows; digests of all files are checked without asking");
      default ->
          throw rule.failure(
              "there is no counterpart of " + rule.type(), "a check of metric sql in spec.checks");
    };
  }

  private interface Making {
    Draft with(Limit limit);
  }

  private static List<Draft> limited(Rule rule, Making making) {
    return rule.limits().stream().map(making::with).toList();
  }

  static Draft complete(String column) {
    return Draft.of(Metric.NULL_VALUES, column, Limit.NONE);
  }

  private static Draft unique(Rule rule) {
    return Draft.of(Metric.DUPLICATE_VALUES, rule.parameters(), Limit.NONE);
  }

  /** The share of values that occur once, among rows with a value or among different values. */
  private static String uniqueness(Rule rule, String among) {
    String missing =
        rule.parameters().stream()
            .map(column -> Sql.name(column) + " IS NULL")
            .collect(Collectors.joining(" AND "));
    return "SELECT count(*) FILTER (WHERE n = 1) / nullif(%s, 0) FROM (SELECT count(*) AS n FROM {object} WHERE NOT (%s) GROUP BY %s)"
        .formatted(among, missing, Sql.names(rule.parameters()));
  }

  private static List<Draft> referential(Rule rule) {
    List<String> columns = split(rule.first());
    Matcher reference = REFERENCE.matcher(rule.parameters().get(1));
    if (!reference.matches()) {
      throw rule.failure(
          rule.parameters().get(1) + " names no table and columns",
          "\"table.column\" or \"table.{column,column}\", with a table of spec.source");
    }
    String table = reference.group(1).strip();
    List<String> tableColumns = split(reference.group(2));
    return limited(
        rule,
        limit ->
            Draft.of(Metric.REFERENTIAL_INTEGRITY, columns, limit.ofOthersInPercent())
                .with(Draft.refersTo(table, tableColumns))
                .in(Unit.PERCENT));
  }

  private static List<String> split(String names) {
    return Arrays.stream(names.split(",")).map(String::strip).toList();
  }

  private static List<Draft> custom(Rule rule) {
    String query = rule.first();
    if (!rule.thresholds().isEmpty() || rule.condition().getConditionAsString().isBlank()) {
      throw rule.failure(
          "a query that gives rows cannot be judged",
          "one that gives a number, as \"SELECT count(*) FROM primary WHERE x < 0\" = 0");
    }
    if (QUALIFIED.matcher(query).find()) {
      throw rule.failure("columns are not found by primary.", "the column's name alone");
    }
    String ours = PRIMARY.matcher(query).replaceAll("$1 {object}");
    return limited(rule, limit -> Draft.sql(ours, limit));
  }

  private static Draft anomaly(Rule rule) {
    List<String> parameters = rule.parameters();
    Metric metric =
        switch (parameters.get(0)) {
          case "Completeness" -> Metric.NULL_VALUES;
          default -> NUMBERS.get(parameters.get(0));
        };
    if (metric == null) {
      throw rule.failure(
          "the history of " + parameters.get(0) + " is not followed",
          "one of Completeness, "
              + NUMBERS.keySet().stream().sorted().collect(Collectors.joining(", ")));
    }
    List<String> columns = new ArrayList<>(parameters.subList(1, parameters.size()));
    Draft draft =
        columns.isEmpty()
            ? Draft.of(Metric.ANOMALY, (String) null, null)
            : Draft.of(Metric.ANOMALY, columns, null);
    return draft.with(Draft.follows(metric));
  }
}
