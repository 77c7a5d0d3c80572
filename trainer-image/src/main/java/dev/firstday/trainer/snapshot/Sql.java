package dev.firstday.trainer.snapshot;

import java.util.List;
import java.util.stream.Collectors;

/** Quoting: whatever the text holds, it stays a name or a value. */
final class Sql {
  private Sql() {}

  static String name(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }

  static String text(String value) {
    return "'" + value.replace("'", "''") + "'";
  }

  static String number(double value) {
    return "CAST(" + text(Double.toString(value)) + " AS DOUBLE)";
  }

  static String names(List<String> identifiers) {
    return identifiers.stream().map(Sql::name).collect(Collectors.joining(", "));
  }

  static String texts(List<String> values) {
    return values.stream().map(Sql::text).collect(Collectors.joining(", "));
  }
}
