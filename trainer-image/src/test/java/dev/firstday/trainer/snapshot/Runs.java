package dev.firstday.trainer.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstday.api.DatasetCheck;
import dev.firstday.api.DatasetCheck.Arguments;
import dev.firstday.api.DatasetCheck.Metric;
import dev.firstday.api.DatasetCheck.Severity;
import dev.firstday.api.DatasetCheck.Unit;
import dev.firstday.api.DatasetSpec;
import dev.firstday.api.DatasetSpec.Column;
import dev.firstday.api.DatasetSpec.Files;
import dev.firstday.api.DatasetSpec.HashSplit;
import dev.firstday.api.DatasetSpec.Role;
import dev.firstday.api.DatasetSpec.Split;
import dev.firstday.api.DatasetSpec.TimeSplit;
import dev.firstday.api.DatasetSpec.Type;
import dev.firstday.api.DatasetStatus;
import dev.firstday.contract.Contract;
import dev.firstday.contract.Run;
import dev.firstday.sdk.store.Store;
import dev.firstday.trainer.export.Exports;
import dev.firstday.trainer.sql.SqlResources;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** Runs and their parts, in few words. */
public final class Runs {
  /** id,size,colour,late with a row for each number below {@link #ROWS}. */
  public static final int ROWS = 200;

  private Runs() {}

  public static String csv() {
    StringBuilder csv = new StringBuilder("id,size,colour,late\n");
    for (int i = 0; i < ROWS; i++) {
      String size = i % 10 == 0 ? "NA" : String.valueOf(i * 0.5);
      String colour = i % 3 == 0 ? "red" : "it's \"blue\"".replace("\"", "");
      csv.append("%d,%s,%s,%s%n".formatted(i, size, colour, i % 4 == 0));
    }
    return csv.toString();
  }

  /** A worker that tells nobody of what it records. */
  public static SnapshotWorker worker(
      Store store, SqlResources resources, Path scratch, Clock clock) {
    return new SnapshotWorker(
        store, new Exports(store, Map.of(), clock), resources, scratch, clock);
  }

  /** Over {@link #csv()} as files/rows.csv, split by hash of id. */
  public static Run.Snapshot small(String namespace) {
    return small(namespace, "small");
  }

  public static Run.Snapshot small(String namespace, String dataset) {
    Run.Snapshot run =
        new Run.Snapshot(
            "run-1",
            namespace,
            dataset,
            spec(
                source("rows", "rows.csv"),
                "SELECT id, size, colour, late FROM rows",
                columns(),
                byHash(25, "id")),
            DatasetStatus.RefreshTrigger.SPEC,
            null,
            null,
            List.of(),
            null);
    // what every data set is checked for otherwise has tests of its own
    return with(run, "leakageChecks", false);
  }

  public static DatasetSpec spec(
      DatasetSpec.Source source, String transform, List<Column> columns, Split split) {
    return new DatasetSpec(
        source, transform, columns, split, List.of(), null, null, null, null, null, null, null,
        null, null);
  }

  public static List<Column> columns() {
    return List.of(
        column("id", Type.BIGINT, Role.KEY),
        column("size", Type.DOUBLE, Role.FEATURE),
        column("colour", Type.VARCHAR, Role.FEATURE),
        column("late", Type.BOOLEAN, Role.LABEL));
  }

  public static DatasetSpec.Source source(String name, String uri) {
    return new DatasetSpec.Source(List.of(new Files(name, uri, null, List.of("NA"), null)));
  }

  public static Column column(String name, Type type, Role role) {
    return new Column(name, type, role, null);
  }

  public static Split byHash(int percent, String... columns) {
    return new Split(new HashSplit(List.of(columns), null, percent, null), null, null);
  }

  public static Split byTime(String column, String trainUntil) {
    return new Split(null, new TimeSplit(column, trainUntil, null, null, null, null), null);
  }

  public static Run.Snapshot with(Run.Snapshot run, String transform) {
    return with(run, "transform", transform);
  }

  public static Run.Snapshot with(Run.Snapshot run, DatasetCheck... checks) {
    return with(run, "checks", checks);
  }

  public static Run.Snapshot with(Run.Snapshot run, Split split) {
    return with(run, "split", split);
  }

  public static Run.Snapshot with(Run.Snapshot run, List<Column> columns) {
    return with(run, "columns", columns);
  }

  public static Run.Snapshot with(Run.Snapshot run, DatasetSpec.Source source) {
    return with(run, "source", source);
  }

  /** The run with another value of one field of its spec. */
  public static Run.Snapshot with(Run.Snapshot run, String field, Object value) {
    ObjectNode spec = Contract.read(Contract.write(run.spec()), ObjectNode.class);
    spec.set(field, Contract.read(Contract.write(value), JsonNode.class));
    return new Run.Snapshot(
        run.uid(),
        run.namespace(),
        run.dataset(),
        Contract.read(Contract.write(spec), DatasetSpec.class),
        run.trigger(),
        run.previous(),
        run.pinned(),
        run.referred(),
        run.retention());
  }

  public static Run.Snapshot withUid(Run.Snapshot run, String uid) {
    return new Run.Snapshot(
        uid,
        run.namespace(),
        run.dataset(),
        run.spec(),
        run.trigger(),
        run.previous(),
        run.pinned(),
        run.referred(),
        run.retention());
  }

  /** The run that follows one: another uid, and perhaps a latest good version. */
  public static Run.Snapshot next(
      Run.Snapshot run,
      String uid,
      DatasetStatus.RefreshTrigger trigger,
      DatasetStatus.Version previous) {
    return new Run.Snapshot(
        uid,
        run.namespace(),
        run.dataset(),
        run.spec(),
        trigger,
        previous == null
            ? null
            : new Run.DatasetVersionReference(run.dataset(), previous.number(), previous.digest()),
        run.pinned(),
        run.referred(),
        run.retention());
  }

  static Run.Snapshot with(Run.Snapshot run, String transform, List<Column> columns, Split split) {
    return with(with(with(run, transform), columns), split);
  }

  /** What counts as valid; null: anything. */
  public static Arguments valid(List<String> values, String pattern, Double min, Double max) {
    return new Arguments(
        values, pattern, min, max, null, null, null, null, null, null, null, null, null, null, null,
        null, null, null);
  }

  /** A check of a count that must be at least the bound. */
  public static DatasetCheck atLeast(String name, Metric metric, String column, double bound) {
    return check(name, metric, column, null, null, null, bound, null, null, null);
  }

  /** A check of a count that must be exactly the bound. */
  public static DatasetCheck exactly(
      String name, Metric metric, String column, Arguments arguments, double bound) {
    return check(name, metric, column, null, arguments, bound, null, null, null, null);
  }

  public static DatasetCheck check(
      String name,
      Metric metric,
      String column,
      List<String> columns,
      Arguments arguments,
      Double mustBe,
      Double mustBeGreaterOrEqualTo,
      List<Double> mustBeBetween,
      Unit unit,
      Severity severity) {
    return new DatasetCheck(
        name,
        metric,
        column,
        columns,
        null,
        null,
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
