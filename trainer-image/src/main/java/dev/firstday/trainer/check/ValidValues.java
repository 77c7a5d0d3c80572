package dev.firstday.trainer.check;

import dev.firstday.api.DatasetCheck;
import dev.firstday.api.DatasetSpec.Column;
import dev.firstday.api.DatasetSpec.Type;
import dev.firstday.trainer.sql.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What makes a value that is there a valid one. */
record ValidValues(String name, DatasetCheck check, Column column) {
  /** From here on neighbouring whole numbers share a double. */
  private static final double LARGEST_WHOLE_DOUBLE = 1L << 53;

  /** A condition that holds for values that are there and are not valid; of none it is NULL. */
  String broken() {
    return "NOT (" + String.join(" AND ", conditions(Sql.name(column.name()))) + ")";
  }

  private List<String> conditions(String value) {
    List<String> conditions = new ArrayList<>();
    DatasetCheck.Arguments arguments = check.arguments();
    if (arguments != null) {
      if (arguments.validValues() != null) {
        conditions.add(isOneOf(column, texts(name, arguments.validValues())));
      }
      if (arguments.pattern() != null) {
        conditions.add(
            "regexp_full_match(CAST(%s AS VARCHAR), %s)"
                .formatted(value, Sql.text(arguments.pattern())));
      }
      range(conditions, value, arguments);
      lengths(conditions, value, arguments);
    }
    if (conditions.isEmpty()) {
      throw CheckFailures.invalidCheck(
          name,
          "invalidValues needs arguments: validValues, pattern, min, max, minLength or maxLength");
    }
    return conditions;
  }

  private void range(List<String> conditions, String value, DatasetCheck.Arguments arguments) {
    if (arguments.min() == null && arguments.max() == null) {
      return;
    }
    if (!Columns.isNumber(column.type())) {
      throw CheckFailures.invalidCheck(
          name,
          "min and max are for numbers, and " + column.name() + " is declared as " + column.type());
    }
    requireOrder("min", arguments.min(), "max", arguments.max());
    if (arguments.min() != null) {
      conditions.add(value + " >= " + bound(arguments.min()));
    }
    if (arguments.max() != null) {
      conditions.add(value + " <= " + bound(arguments.max()));
    }
  }

  /** A whole bound of whole numbers is one, which spares turning each of them into a DOUBLE. */
  private String bound(double bound) {
    boolean whole = Math.abs(bound) < LARGEST_WHOLE_DOUBLE && (long) bound == bound;
    return whole && Columns.isWhole(column.type())
        ? Long.toString((long) bound)
        : Sql.number(bound);
  }

  private void lengths(List<String> conditions, String value, DatasetCheck.Arguments arguments) {
    if (arguments.minLength() == null && arguments.maxLength() == null) {
      return;
    }
    if (column.type() != Type.VARCHAR) {
      throw CheckFailures.invalidCheck(
          name,
          "minLength and maxLength are for VARCHAR, and "
              + column.name()
              + " is declared as "
              + column.type());
    }
    requireOrder("minLength", arguments.minLength(), "maxLength", arguments.maxLength());
    if (arguments.minLength() != null) {
      conditions.add("length(" + value + ") >= " + arguments.minLength());
    }
    if (arguments.maxLength() != null) {
      conditions.add("length(" + value + ") <= " + arguments.maxLength());
    }
  }

  /** With the greater one first, no value would be valid. */
  private void requireOrder(String least, Number low, String most, Number high) {
    if (low != null && high != null && low.doubleValue() > high.doubleValue()) {
      throw CheckFailures.invalidCheck(
          name,
          "arguments: %s is %s and %s is %s: the lesser one is %s"
              .formatted(
                  least,
                  Bound.number(low.doubleValue()),
                  most,
                  Bound.number(high.doubleValue()),
                  least));
    }
  }

  /**
   * That the value as text is one of these; NULL of none. Whole numbers are compared as such, which
   * is the same and spares writing each of them as text. Texts go through a function, which DuckDB
   * asks once for each distinct text of a Parquet dictionary, where IN is asked for each row.
   */
  static String isOneOf(Column column, List<String> texts) {
    String value = Sql.name(column.name());
    return switch (column.type()) {
      case INTEGER, BIGINT -> {
        List<String> numbers = texts.stream().filter(ValidValues::isWholeNumber).toList();
        // no value differs from itself, and NULL stays NULL
        yield numbers.isEmpty()
            ? value + " <> " + value
            : value + " IN (" + String.join(", ", numbers) + ")";
      }
      case VARCHAR -> "list_contains([" + Sql.texts(texts) + "], " + value + ")";
      case BOOLEAN, DOUBLE, DATE, TIMESTAMP ->
          "CAST(" + value + " AS VARCHAR) IN (" + Sql.texts(texts) + ")";
    };
  }

  /**
   * @throws dev.firstday.sdk.RunFailure InvalidCheck, when there is nothing to compare with
   */
  static List<String> texts(String name, List<String> values) {
    if (values.isEmpty() || values.stream().anyMatch(value -> value == null)) {
      throw CheckFailures.invalidCheck(
          name,
          "validValues and missingValues list texts: none is null, and there is one at least");
    }
    return values.stream().distinct().collect(Collectors.toList());
  }

  private static boolean isWholeNumber(String text) {
    try {
      return Long.toString(Long.parseLong(text)).equals(text);
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
