package dev.firstday.cli.odcs;

import dev.firstday.api.DatasetCheck;
import dev.firstday.api.DatasetCheck.Arguments;
import dev.firstday.api.DatasetCheck.Metric;
import dev.firstday.api.DatasetCheck.Severity;
import dev.firstday.api.DatasetCheck.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** From a contract's quality rules to checks. */
final class Quality {
  private static final int LONGEST_NAME = 63;

  /** In the order of the fields of a check. */
  private static final List<String> OPERATORS =
      List.of(
          "mustBe",
          "mustNotBe",
          "mustBeGreaterThan",
          "mustBeGreaterOrEqualTo",
          "mustBeLessThan",
          "mustBeLessOrEqualTo",
          "mustBeBetween",
          "mustNotBeBetween");

  /** The second half are names of version 3.0. */
  private static final Map<String, Metric> METRICS =
      Map.of(
          "rowCount", Metric.ROW_COUNT,
          "nullValues", Metric.NULL_VALUES,
          "missingValues", Metric.MISSING_VALUES,
          "invalidValues", Metric.INVALID_VALUES,
          "duplicateValues", Metric.DUPLICATE_VALUES,
          "duplicateCount", Metric.DUPLICATE_VALUES,
          "nullCheck", Metric.NULL_VALUES);

  private Quality() {}

  /**
   * A line of a Dataset.
   *
   * @param check null for a rule without a counterpart
   * @param comment what to know of it, or null
   */
  record Line(DatasetCheck check, String comment) {}

  /**
   * @param column null for a rule of the whole object
   */
  static List<Line> of(Part rule, OdcsColumn column) {
    rule.object();
    String type = rule.at("type").text().orElse(rule.at("query").isThere() ? "sql" : "library");
    return switch (type) {
      case "text" -> List.of(comment(rule, "says in words what no check says"));
      case "custom" ->
          List.of(comment(rule, "is for " + rule.at("engine").text().orElse("another engine")));
      case "sql" -> sql(rule, column);
      case "library" -> library(rule, column);
      default -> throw rule.at("type").failure("there is no type of rule " + type);
    };
  }

  private static Line comment(Part rule, String why) {
    String what =
        rule.at("name")
            .text()
            .or(() -> rule.at("description").text())
            .map(t -> ": " + t)
            .orElse("");
    return new Line(null, "%s %s%s".formatted(rule.path(), why, what));
  }

  private static List<Line> sql(Part rule, OdcsColumn column) {
    Part query = rule.at("query");
    String text =
        query.requiredText().replace("${object}", "{object}").replace("${table}", "{object}");
    if (text.contains("{property}") || text.contains("${column}")) {
      if (column == null) {
        throw query.failure(
            "{property} stands for a property, and this rule is of the whole object");
      }
      String quoted = '"' + column.name() + '"';
      text =
          text.replace("${property}", quoted)
              .replace("{property}", quoted)
              .replace("${column}", quoted);
    }
    return checks(
        rule,
        Metric.SQL,
        null,
        null,
        text,
        null,
        "DuckDB runs this query, which may be written for another engine");
  }

  private static List<Line> library(Part rule, OdcsColumn column) {
    Part named = rule.at("metric").isThere() ? rule.at("metric") : rule.at("rule");
    Metric metric = METRICS.get(named.requiredText());
    if (metric == null) {
      throw named.failure(
          "there is no metric "
              + named.requiredText()
              + "; there are rowCount, nullValues, missingValues, invalidValues and duplicateValues");
    }
    Part arguments = rule.at("arguments");
    switch (metric) {
      case ROW_COUNT -> {
        return checks(rule, metric, null, null, null, null, null);
      }
      case DUPLICATE_VALUES -> {
        if (column != null) {
          return checks(rule, metric, column.name(), null, null, null, null);
        }
        List<String> columns =
            arguments.at("properties").list().stream()
                .map(property -> OdcsColumn.fitting(property.requiredText()))
                .toList();
        if (columns.isEmpty()) {
          throw arguments.at("properties").failure("it must name the properties that are a key");
        }
        return checks(rule, metric, null, columns, null, null, null);
      }
      default -> {
        if (column == null) {
          throw named.failure(named.requiredText() + " is of a property, not of the whole object");
        }
        return checks(rule, metric, column.name(), null, null, arguments(metric, rule), null);
      }
    }
  }

  private static Arguments arguments(Metric metric, Part rule) {
    Part arguments = rule.at("arguments");
    return switch (metric) {
      case MISSING_VALUES -> {
        List<String> values = texts(arguments.at("missingValues"));
        if (values.isEmpty()) {
          throw arguments
              .at("missingValues")
              .failure("it must list values beside null; for null alone there is nullValues");
        }
        yield Checks.missing(values);
      }
      case INVALID_VALUES -> {
        List<String> values = texts(arguments.at("validValues"));
        String pattern = arguments.at("pattern").text().orElse(null);
        if (values.isEmpty() && pattern == null) {
          throw arguments.failure("it must have validValues or pattern");
        }
        yield Checks.valid(values.isEmpty() ? null : values, pattern, null, null, null, null);
      }
      default -> null;
    };
  }

  /** Without null, which is missing in any case. */
  static List<String> texts(Part list) {
    return list.list().stream()
        .filter(value -> !value.node().isNull())
        .map(value -> value.node().asText())
        .toList();
  }

  private static List<Line> checks(
      Part rule,
      Metric metric,
      String column,
      List<String> columns,
      String query,
      Arguments arguments,
      String comment) {
    List<Line> lines = new ArrayList<>();
    for (String operator : OPERATORS) {
      Part bound = rule.at(operator);
      if (bound.isThere()) {
        lines.add(
            new Line(
                new DatasetCheck(
                    name(rule),
                    metric,
                    column,
                    columns,
                    null,
                    query,
                    arguments,
                    number(bound, operator, "mustBe"),
                    number(bound, operator, "mustNotBe"),
                    number(bound, operator, "mustBeGreaterThan"),
                    number(bound, operator, "mustBeGreaterOrEqualTo"),
                    number(bound, operator, "mustBeLessThan"),
                    number(bound, operator, "mustBeLessOrEqualTo"),
                    numbers(bound, operator, "mustBeBetween"),
                    numbers(bound, operator, "mustNotBeBetween"),
                    unit(rule.at("unit"), metric),
                    severity(rule.at("severity"))),
                comment));
      }
    }
    if (lines.isEmpty()) {
      throw rule.failure("it has no operator; there are " + String.join(", ", OPERATORS));
    }
    if (rule.at("schedule").isThere() || rule.at("scheduleCronExpression").isThere()) {
      lines.add(new Line(null, rule.path() + " has a schedule; all checks run at spec.refresh"));
    }
    return lines;
  }

  private static String name(Part rule) {
    return rule.at("name")
        .text()
        .or(() -> rule.at("description").text())
        .map(text -> text.lines().findFirst().orElse(text))
        .map(text -> text.substring(0, Math.min(text.length(), LONGEST_NAME)).strip())
        .orElse(null);
  }

  private static Double number(Part bound, String operator, String wanted) {
    return operator.equals(wanted) ? (Double) bound.number() : null;
  }

  private static List<Double> numbers(Part bound, String operator, String wanted) {
    if (!operator.equals(wanted)) {
      return null;
    }
    List<Double> numbers = bound.list().stream().map(Part::number).toList();
    if (numbers.size() != 2 || numbers.get(0) > numbers.get(1)) {
      throw bound.failure("it must be two numbers, the smaller one first");
    }
    return numbers;
  }

  private static Unit unit(Part unit, Metric metric) {
    String text = unit.text().orElse("rows");
    return switch (text) {
      case "rows" -> null;
      case "percent" -> {
        if (metric == Metric.ROW_COUNT || metric == Metric.SQL) {
          throw unit.failure(metric.word() + " has no percentage");
        }
        yield Unit.PERCENT;
      }
      default -> throw unit.failure("it must be rows or percent, not " + text);
    };
  }

  /** The standard leaves the words open. */
  private static Severity severity(Part severity) {
    return switch (severity.text().orElse("error").toLowerCase(Locale.ROOT)) {
      case "warning", "warn", "info", "information", "low", "minor", "medium" -> Severity.WARNING;
      default -> null;
    };
  }
}
