package dev.firstday.trainer.snapshot;

import dev.firstday.api.DatasetSpec;
import dev.firstday.contract.Names;
import dev.firstday.sdk.RunFailure;
import dev.firstday.trainer.sql.Database;
import dev.firstday.trainer.sql.OneSelect;
import dev.firstday.trainer.sql.Sql;
import dev.firstday.trainer.sql.SqlFailure;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The user's SQL: exactly one SELECT, whose columns are those declared. */
public final class Transform {
  private final Database database;

  public Transform(Database database) {
    this.database = database;
  }

  /**
   * Runs it into a table.
   *
   * @return the types of the declared columns, in their order, as DuckDB names them
   * @throws RunFailure InvalidTransform, TransformDoesNotFit, ColumnsDiffer or TransformFailed
   */
  public List<String> materialise(String sql, List<DatasetSpec.Column> declared, String table) {
    requireOneSelect(sql);
    Database.Description given = bind(sql);
    requireColumns(given.names(), declared.stream().map(DatasetSpec.Column::name).toList());
    try {
      database.execute("CREATE TABLE " + Sql.name(table) + " AS\n" + sql);
    } catch (SqlFailure e) {
      throw e.outOfMemory()
          ? SnapshotFailures.outOfMemory(e)
          : SnapshotFailures.transformFailed(lineBefore(e.getMessage()), e);
    }
    return declared.stream().map(c -> given.types().get(given.names().indexOf(c.name()))).toList();
  }

  /** DuckDB points into what it was given, where the user's text begins on the second line. */
  private static String lineBefore(String message) {
    return Pattern.compile("(?m)^LINE ([0-9]+):")
        .matcher(message)
        .replaceFirst(m -> "LINE " + (Integer.parseInt(m.group(1)) - 1) + ":");
  }

  private void requireOneSelect(String sql) {
    try {
      OneSelect.parse(database, sql);
    } catch (OneSelect.Refused e) {
      throw SnapshotFailures.invalidTransform(e.getMessage());
    }
  }

  private Database.Description bind(String sql) {
    try {
      Database.Description given = database.describe(sql);
      if (given.parameters() > 0) {
        throw SnapshotFailures.invalidTransform(
            "it has parameters (? or $1), and there are no values for them");
      }
      return given;
    } catch (SqlFailure e) {
      // names and types of columns come from the files, all else from the text
      throw e.getMessage().startsWith("Binder Error")
          ? SnapshotFailures.transformDoesNotFit(e)
          : SnapshotFailures.invalidTransform(e.getMessage());
    }
  }

  /** Compares what there is with what was declared; the message tells both. */
  static void requireColumns(List<String> given, List<String> declared) {
    List<String> wrong = new ArrayList<>();
    Set<String> seen = new LinkedHashSet<>();
    for (String name : given) {
      if (!seen.add(name)) {
        wrong.add("the transform gives " + name + " twice");
      } else if (!declared.contains(name)) {
        wrong.add(
            "the transform gives "
                + name
                + ", which spec.columns lacks"
                + Names.hint(name, declared));
      }
    }
    for (String name : declared) {
      if (!seen.contains(name)) {
        wrong.add(
            "spec.columns declares "
                + name
                + ", which the transform lacks"
                + Names.hint(name, seen));
      }
    }
    if (!wrong.isEmpty()) {
      throw columnsDiffer(wrong, given, declared);
    }
  }

  private static RunFailure columnsDiffer(
      List<String> wrong, List<String> given, List<String> declared) {
    return SnapshotFailures.columnsDiffer(
        String.join("; ", wrong)
            + ". Given: "
            + Names.list(given)
            + ". Declared: "
            + Names.list(declared));
  }
}
