package dev.firstday.trainer.sql;

import java.util.List;
import java.util.stream.Collectors;

/** Quoting: whatever the text holds, it stays a name or a value. */
public final class Sql {
  private Sql() {}

  public static String name(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }

  public static String text(String value) {
    return "'" + value.replace("'", "''") + "'";
  }

  public static String number(double value) {
    return "CAST(" + text(Double.toString(value)) + " AS DOUBLE)";
  }

  public static String names(List<String> identifiers) {
    return identifiers.stream().map(Sql::name).collect(Collectors.joining(", "));
  }

  public static String texts(List<String> values) {
    return values.stream().map(Sql::text).collect(Collectors.joining(", "));
  }
}
