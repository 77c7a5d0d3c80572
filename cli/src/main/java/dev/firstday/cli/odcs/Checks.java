package dev.firstday.cli.odcs;

import dev.firstday.api.DatasetCheck;
import dev.firstday.api.DatasetCheck.Arguments;
import dev.firstday.api.DatasetCheck.Metric;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks for what a contract's schema itself says of values: required, unique, enum and options.
 */
final class Checks {
  private Checks() {}

  static Arguments valid(
      List<String> values, String pattern, Double min, Double max, Integer least, Integer most) {
    return new Arguments(
        values, pattern, min, max, least, most, null, null, null, null, null, null, null, null,
        null, null, null, null);
  }

  static Arguments missing(List<String> values) {
    return new Arguments(
        null, null, null, null, null, null, values, null, null, null, null, null, null, null, null,
        null, null, null);
  }

  /** That there are none. */
  private static DatasetCheck none(
      Metric metric, String column, List<String> columns, Arguments arguments) {
    return new DatasetCheck(
        null, metric, column, columns, null, null, arguments, 0.0, null, null, null, null, null,
        null, null, null, null);
  }

  /** That the primary key identifies rows. */
  static List<DatasetCheck> ofKey(List<OdcsColumn> columns) {
    List<String> key = columns.stream().filter(OdcsColumn::key).map(OdcsColumn::name).toList();
    if (key.isEmpty()) {
      return List.of();
    }
    return List.of(
        key.size() == 1
            ? none(Metric.DUPLICATE_VALUES, key.get(0), null, null)
            : none(Metric.DUPLICATE_VALUES, null, key, null));
  }

  static List<DatasetCheck> of(OdcsColumn column) {
    List<DatasetCheck> checks = new ArrayList<>();
    Part property = column.property();
    if (property.at("required").isTrue() || column.key()) {
      checks.add(none(Metric.NULL_VALUES, column.name(), null, null));
    }
    if (property.at("unique").isTrue() && !column.key()) {
      checks.add(none(Metric.DUPLICATE_VALUES, column.name(), null, null));
    }
    List<String> values =
        property.at("enum").list().stream()
            .map(value -> value.node().isObject() ? value.at("value") : value)
            .map(Part::requiredText)
            .toList();
    if (!values.isEmpty()) {
      checks.add(
          none(
              Metric.INVALID_VALUES,
              column.name(),
              null,
              valid(values, null, null, null, null, null)));
    }
    Arguments options = options(property.at("logicalTypeOptions"), column);
    if (options != null) {
      checks.add(none(Metric.INVALID_VALUES, column.name(), null, options));
    }
    return checks;
  }

  private static Arguments options(Part options, OdcsColumn column) {
    return switch (column.type()) {
      case INTEGER, BIGINT, DOUBLE -> {
        Double min = number(options.at("minimum"));
        Double max = number(options.at("maximum"));
        yield min == null && max == null ? null : valid(null, null, min, max, null, null);
      }
      case VARCHAR -> {
        String pattern = options.at("pattern").text().orElse(null);
        Integer least = length(options.at("minLength"));
        Integer most = length(options.at("maxLength"));
        yield pattern == null && least == null && most == null
            ? null
            : valid(null, pattern, null, null, least, most);
      }
      case BOOLEAN, DATE, TIMESTAMP -> null;
    };
  }

  private static Double number(Part number) {
    return number.isThere() ? (Double) number.number() : null;
  }

  private static Integer length(Part length) {
    return length.isThere() ? (Integer) (int) length.number() : null;
  }
}
