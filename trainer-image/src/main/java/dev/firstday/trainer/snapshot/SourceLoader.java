package dev.firstday.trainer.snapshot;

import dev.firstday.contract.RunResult.Cure;
import dev.firstday.sdk.RunFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Makes tables of files, and says which file is at fault when that cannot be. */
final class SourceLoader {
  private final Database database;

  SourceLoader(Database database) {
    this.database = database;
  }

  void load(SourceTable table) {
    requireSameColumns(table);
    try {
      database.execute(table.create());
    } catch (SqlFailure e) {
      throw unreadable(table, "spec.source.files, table " + table.name(), e);
    }
  }

  /** A file of another shape would otherwise count as rows with missing values. */
  private void requireSameColumns(SourceTable table) {
    List<String> expected = List.of();
    for (SourceTable.File file : table.files()) {
      List<String> names;
      try {
        names = database.describe("FROM " + table.scan(file)).names();
      } catch (SqlFailure e) {
        throw unreadable(table, "the file " + file.uri(), e);
      }
      if (expected.isEmpty()) {
        expected = names;
      } else if (!new TreeSet<>(expected).equals(new TreeSet<>(names))) {
        throw SnapshotFailures.invalidSource(
            differs(expected, names, table.files().get(0), file), Cure.FIX_DATA);
      }
    }
  }

  private static String differs(
      List<String> expected, List<String> names, SourceTable.File first, SourceTable.File file) {
    List<String> missing = new ArrayList<>(expected);
    missing.removeAll(names);
    List<String> more = new ArrayList<>(names);
    more.removeAll(expected);
    return "the columns of %s differ from those of %s:%s%s: correct the file, or narrow the uri"
        .formatted(
            file.uri(),
            first.uri(),
            missing.isEmpty() ? "" : " it lacks " + Names.list(missing),
            more.isEmpty() ? "" : (missing.isEmpty() ? "" : " and") + " has " + Names.list(more));
  }

  private static RunFailure unreadable(SourceTable table, String what, SqlFailure cause) {
    if (cause.outOfMemory()) {
      return SnapshotFailures.outOfMemory(cause);
    }
    return SnapshotFailures.invalidSource(
        what + " cannot be read: " + table.withUris(cause.getMessage()), Cure.FIX_DATA);
  }
}
