package dev.firstday.trainer.snapshot;

import dev.firstday.api.DatasetSpec;
import dev.firstday.api.DatasetSpec.Check;
import dev.firstday.api.DatasetSpec.Column;
import dev.firstday.api.DatasetSpec.Files;
import dev.firstday.api.DatasetSpec.HashSplit;
import dev.firstday.api.DatasetSpec.Metric;
import dev.firstday.api.DatasetSpec.Role;
import dev.firstday.api.DatasetSpec.Severity;
import dev.firstday.api.DatasetSpec.Split;
import dev.firstday.api.DatasetSpec.TimeSplit;
import dev.firstday.api.DatasetSpec.Type;
import dev.firstday.api.DatasetSpec.Unit;
import dev.firstday.api.DatasetSpec.ValidValues;
import dev.firstday.contract.Run;
import java.util.List;

/** Runs and their parts, in few words. */
final class Runs {
  /** id,size,colour,late with a row for each number below {@link #ROWS}. */
  static final int ROWS = 200;

  private Runs() {}

  static String csv() {
    StringBuilder csv = new StringBuilder("id,size,colour,late\n");
    for (int i = 0; i < ROWS; i++) {
      String size = i % 10 == 0 ? "NA" : String.valueOf(i * 0.5);
      String colour = i % 3 == 0 ? "red" : "it's \"blue\"".replace("\"", "");
      csv.append("%d,%s,%s,%s%n".formatted(i, size, colour, i % 4 == 0));
    }
    return csv.toString();
  }

  /** Over {@link #csv()} as files/rows.csv, split by hash of id. */
  static Run.Snapshot small(String namespace) {
    return small(namespace, "small");
  }

  static Run.Snapshot small(String namespace, String dataset) {
    return new Run.Snapshot(
        "run-1",
        namespace,
        dataset,
        source("rows", "rows.csv"),
        "SELECT id, size, colour, late FROM rows",
        columns(),
        byHash(25, "id"),
        List.of());
  }

  static List<Column> columns() {
    return List.of(
        column("id", Type.BIGINT, Role.KEY),
        column("size", Type.DOUBLE, Role.FEATURE),
        column("colour", Type.VARCHAR, Role.FEATURE),
        column("late", Type.BOOLEAN, Role.LABEL));
  }

  static DatasetSpec.Source source(String name, String uri) {
    return new DatasetSpec.Source(List.of(new Files(name, uri, null, List.of("NA"))));
  }

  static Column column(String name, Type type, Role role) {
    return new Column(name, type, role, null);
  }

  static Split byHash(int percent, String... columns) {
    return new Split(new HashSplit(List.of(columns), null, percent), null);
  }

  static Split byTime(String column, String trainUntil) {
    return new Split(null, new TimeSplit(column, trainUntil, null, null));
  }

  static Run.Snapshot with(Run.Snapshot run, String transform) {
    return with(run, transform, run.columns(), run.split(), run.checks());
  }

  static Run.Snapshot with(Run.Snapshot run, Check... checks) {
    return with(run, run.transform(), run.columns(), run.split(), List.of(checks));
  }

  static Run.Snapshot with(Run.Snapshot run, Split split) {
    return with(run, run.transform(), run.columns(), split, run.checks());
  }

  static Run.Snapshot with(Run.Snapshot run, List<Column> columns) {
    return with(run, run.transform(), columns, run.split(), run.checks());
  }

  static Run.Snapshot with(Run.Snapshot run, DatasetSpec.Source source) {
    return new Run.Snapshot(
        run.uid(),
        run.namespace(),
        run.dataset(),
        source,
        run.transform(),
        run.columns(),
        run.split(),
        run.checks());
  }

  static Run.Snapshot with(
      Run.Snapshot run, String transform, List<Column> columns, Split split, List<Check> checks) {
    return new Run.Snapshot(
        run.uid(), run.namespace(), run.dataset(), run.source(), transform, columns, split, checks);
  }

  static Run.Snapshot withUid(Run.Snapshot run, String uid) {
    return new Run.Snapshot(
        uid,
        run.namespace(),
        run.dataset(),
        run.source(),
        run.transform(),
        run.columns(),
        run.split(),
        run.checks());
  }

  /** A check of a count that must be at least the bound. */
  static Check atLeast(String name, Metric metric, String column, double bound) {
    return check(name, metric, column, null, null, null, bound, null, null, null);
  }

  /** A check of a count that must be exactly the bound. */
  static Check exactly(
      String name, Metric metric, String column, ValidValues arguments, double bound) {
    return check(name, metric, column, null, arguments, bound, null, null, null, null);
  }

  static Check check(
      String name,
      Metric metric,
      String column,
      List<String> columns,
      ValidValues arguments,
      Double mustBe,
      Double mustBeGreaterOrEqualTo,
      List<Double> mustBeBetween,
      Unit unit,
      Severity severity) {
    return new Check(
        name,
        metric,
        column,
        columns,
        arguments,
        mustBe,
        null,
        null,
        mustBeGreaterOrEqualTo,
        null,
        null,
        mustBeBetween,
        null,
        unit,
        severity);
  }
}
