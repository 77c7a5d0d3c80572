package dev.firstday.trainer.snapshot;

import dev.firstday.api.DatasetSpec;
import dev.firstday.contract.Names;
import dev.firstday.contract.RunResult.Cure;
import dev.firstday.sdk.RunFailure;
import dev.firstday.trainer.sql.Database;
import dev.firstday.trainer.sql.Sql;
import dev.firstday.trainer.sql.SqlFailure;
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
    requireColumns(table);
    try {
      database.execute(table.create());
      requireRows(table);
      if (!table.columns().isEmpty() && table.format() == DatasetSpec.Format.PARQUET) {
        database.queryRow(table.probe());
      }
    } catch (SqlFailure e) {
      throw unreadable(table, "spec.source.files, table " + table.name(), e);
    }
  }

  private void requireRows(SourceTable table) {
    if (database.queryCount("SELECT count(*) FROM " + Sql.name(table.name())) == 0) {
      throw SnapshotFailures.invalidSource(
          "spec.source.files, table %s: there is no row in %s: upload files with rows"
              .formatted(
                  table.name(), Names.list(table.files().stream().map(f -> f.uri()).toList())),
          Cure.FIX_DATA);
    }
  }

  /** A file of another shape would otherwise count as rows with missing values. */
  private void requireColumns(SourceTable table) {
    List<String> expected = List.of();
    for (SourceTable.File file : table.files()) {
      List<String> names;
      try {
        names = database.describe("FROM " + table.scan(file)).names();
      } catch (SqlFailure e) {
        throw unreadable(table, "the file " + file.uri(), precise(table, file, e));
      }
      if (!table.columns().isEmpty()) {
        requireDeclared(table, file, names);
      } else if (expected.isEmpty()) {
        expected = names;
      } else if (!new TreeSet<>(expected).equals(new TreeSet<>(names))) {
        throw SnapshotFailures.invalidSource(
            differs(expected, names, table.files().get(0), file), Cure.FIX_DATA);
      }
    }
  }

  private static void requireDeclared(
      SourceTable table, SourceTable.File file, List<String> names) {
    List<String> there = names.subList(0, names.size() - 1);
    List<String> lacks =
        table.columns().stream()
            .map(DatasetSpec.SourceColumn::name)
            .filter(name -> !there.contains(name))
            .map(name -> name + Names.hint(name, there))
            .toList();
    if (!lacks.isEmpty()) {
      throw SnapshotFailures.invalidSource(
          "the file %s lacks %s, which spec.source.files declares for table %s: correct the file, or the declaration"
              .formatted(file.uri(), Names.list(lacks), table.name()),
          Cure.FIX_DATA);
    }
  }

  /** Where the guess at a CSV file's types fails, it does not tell the line. */
  private SqlFailure precise(SourceTable table, SourceTable.File file, SqlFailure guess) {
    if (table.format() == DatasetSpec.Format.CSV) {
      try {
        database.queryRow("SELECT count(*) FROM " + table.scanTexts(file));
      } catch (SqlFailure line) {
        return line;
      }
    }
    return guess;
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
    int misfit = cause.getMessage().indexOf(SourceTable.MISFIT);
    if (misfit >= 0) {
      String words = cause.getMessage().substring(misfit + SourceTable.MISFIT.length());
      return SnapshotFailures.invalidSource(
          table.withUris(words)
              + ", as spec.source.files declares it for table "
              + table.name()
              + ": correct the file or the declaration"
              + (table.format() == DatasetSpec.Format.CSV
                  ? ", or name a text that means missing in nullStrings"
                  : ""),
          Cure.FIX_DATA);
    }
    return SnapshotFailures.invalidSource(
        what + " cannot be read: " + table.withUris(cause.withoutAdvice()), Cure.FIX_DATA);
  }
}
