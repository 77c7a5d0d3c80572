package dev.firstday.trainer.snapshot;

import dev.firstday.api.DatasetSpec;
import dev.firstday.trainer.sql.Sql;
import java.util.ArrayList;
import java.util.List;

/**
 * What must hold of every value before rows are divided: it can be cast without loss, the label is
 * there, numbers to learn from are finite, and the time that divides is there. All is counted in
 * one query over the transform's rows.
 */
public final class ColumnRules {
  private final List<Rule> rules;

  private ColumnRules(List<Rule> rules) {
    this.rules = rules;
  }

  /**
   * @param givenTypes the types of the columns, as the transform gives them
   */
  static ColumnRules of(
      List<DatasetSpec.Column> columns, List<String> givenTypes, SplitRule split) {
    List<Rule> rules = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      DatasetSpec.Column column = columns.get(i);
      String name = Sql.name(column.name());
      if (!givenTypes.get(i).equals(column.type().name())) {
        rules.add(
            new Rule(
                uncastable(column),
                name,
                "column "
                    + column.name()
                    + ": %s cannot be cast from "
                    + givenTypes.get(i).replace("%", "%%")
                    + " to "
                    + column.type()
                    + " without loss, for instance '%s': correct the files, the transform or the"
                    + " declared type"
                    + (givenTypes.get(i).equals("VARCHAR")
                        ? ", or name a text that means missing in the table's nullStrings"
                        : "")));
      }
      if (column.effectiveRole() == DatasetSpec.Role.LABEL) {
        rules.add(
            new Rule(
                name + " IS NULL",
                name,
                "the label "
                    + column.name()
                    + " is missing in %s: leave these rows out in the transform (WHERE "
                    + column.name()
                    + " IS NOT NULL), or correct the files"));
      }
      if (column.type() == DatasetSpec.Type.DOUBLE && isLearnt(column)) {
        rules.add(
            new Rule(
                "NOT isfinite(" + cast(column) + ")",
                name,
                "column "
                    + column.name()
                    + ": %s are not finite, for instance '%s': turn them into NULL in the"
                    + " transform, or correct the files"));
      }
    }
    split.required().ifPresent(rules::add);
    return new ColumnRules(rules);
  }

  private static boolean isLearnt(DatasetSpec.Column column) {
    return switch (column.effectiveRole()) {
      case FEATURE, LABEL -> true;
      case KEY, EVENT_TIME, OTHER -> false;
    };
  }

  /** The column with its declared type and name. */
  static String cast(DatasetSpec.Column column) {
    return "TRY_CAST(" + Sql.name(column.name()) + " AS " + column.type() + ")";
  }

  private static String uncastable(DatasetSpec.Column column) {
    return uncastable(Sql.name(column.name()), column.type().name());
  }

  /**
   * A condition that holds for values that are there and cannot be cast without loss. DuckDB casts
   * '1.5' to the integer 2 and a time to its day: that is a loss, too.
   *
   * @param value an expression
   * @param type as DuckDB names it
   */
  public static String uncastable(String value, String type) {
    String cast = "TRY_CAST(" + value + " AS " + type + ")";
    String loss =
        switch (type.replaceFirst("\\(.*", "")) {
          case "TINYINT",
              "SMALLINT",
              "INTEGER",
              "BIGINT",
              "HUGEINT",
              "UTINYINT",
              "USMALLINT",
              "UINTEGER",
              "UBIGINT",
              "UHUGEINT",
              "DECIMAL" ->
              " OR TRY_CAST(" + value + " AS DOUBLE) IS DISTINCT FROM CAST(" + cast + " AS DOUBLE)";
          case "BOOLEAN" -> " OR coalesce(TRY_CAST(" + value + " AS DOUBLE) NOT IN (0, 1), false)";
          case "DATE" ->
              " OR TRY_CAST(" + value + " AS TIMESTAMP) <> CAST(" + cast + " AS TIMESTAMP)";
          default -> "";
        };
    return value + " IS NOT NULL AND (" + cast + " IS NULL" + loss + ")";
  }

  boolean isEmpty() {
    return rules.isEmpty();
  }

  /** Of each rule how many rows break it, and one such value. */
  String query(String table) {
    List<String> parts = new ArrayList<>();
    for (Rule rule : rules) {
      String broken = " FILTER (WHERE " + rule.broken() + ")";
      parts.add("count(*)" + broken);
      parts.add("min(CAST(" + rule.value() + " AS VARCHAR))" + broken);
    }
    return "SELECT " + String.join(", ", parts) + " FROM " + Sql.name(table);
  }

  /** Every broken rule, in words, from the query's row. */
  List<String> violations(List<Object> row) {
    List<String> found = new ArrayList<>();
    for (int i = 0; i < rules.size(); i++) {
      long count = ((Number) row.get(2 * i)).longValue();
      if (count > 0) {
        String rows = count == 1 ? "1 row" : count + " rows";
        found.add(rules.get(i).message().formatted(rows, row.get(2 * i + 1)));
      }
    }
    return found;
  }

  /**
   * @param broken true for a row that breaks the rule
   * @param value what to show of such a row
   * @param message with places for the count of rows and for the value
   */
  record Rule(String broken, String value, String message) {}
}
