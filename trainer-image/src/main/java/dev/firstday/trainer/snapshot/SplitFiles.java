package dev.firstday.trainer.snapshot;

import dev.firstday.api.DatasetSpec;
import dev.firstday.trainer.check.Subject;
import dev.firstday.trainer.sql.Database;
import dev.firstday.trainer.sql.Sql;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Divides rows, and writes each split as Parquet. Equal rows give equal bytes. */
final class SplitFiles {
  private static final String SPLIT = Subject.SPLIT;

  private final Database database;
  private final List<DatasetSpec.Column> columns;

  SplitFiles(Database database, List<DatasetSpec.Column> columns) {
    this.database = database;
    this.columns = columns;
  }

  /** Casts the rows and says of each which split it belongs to; rows of none are left out. */
  void divide(String rows, String table, SplitRule rule) {
    String casts =
        columns.stream()
            .map(c -> ColumnRules.cast(c) + " AS " + Sql.name(c.name()))
            .collect(Collectors.joining(", "));
    database.execute(
        "CREATE TABLE %s AS SELECT * FROM (SELECT *, %s AS %s FROM (SELECT %s FROM %s)) WHERE %s IS NOT NULL"
            .formatted(
                Sql.name(table),
                rule.expression(),
                Sql.name(SPLIT),
                casts,
                Sql.name(rows),
                Sql.name(SPLIT)));
  }

  /**
   * How many rows a split has; none is no failure.
   *
   * @throws dev.firstday.sdk.RunFailure ConstantLabel when there is nothing to learn
   */
  long rows(String table, String split) {
    long rows = 0;
    for (DatasetSpec.Column column : columns) {
      if (column.effectiveRole() == DatasetSpec.Role.LABEL) {
        rows = rows(table, split, column.name());
      }
    }
    return rows;
  }

  private long rows(String table, String split, String label) {
    List<Object> row =
        database.queryRow(
            "SELECT count(*), min(%1$s) = max(%1$s), CAST(min(%1$s) AS VARCHAR) FROM %2$s WHERE %3$s"
                .formatted(Sql.name(label), Sql.name(table), isIn(split)));
    long rows = ((Number) row.get(0)).longValue();
    if (Boolean.TRUE.equals(row.get(1))) {
      throw SnapshotFailures.constantLabel(
          "the label %s is '%s' in all %d rows of the %s split, so there is nothing to %s: correct the files, the transform or the split"
              .formatted(
                  label,
                  row.get(2),
                  rows,
                  split,
                  split.equals(SplitRule.TRAIN) ? "learn" : "judge"));
    }
    return rows;
  }

  /**
   * How many rows a split has.
   *
   * @throws dev.firstday.sdk.RunFailure EmptySplit, or ConstantLabel
   */
  long requireRows(String table, String split) {
    long rows = rows(table, split);
    if (rows == 0) {
      throw SnapshotFailures.emptySplit(
          "the "
              + split
              + " split has no rows: compare spec.split with the keys or times in the files, or"
              + " upload more");
    }
    return rows;
  }

  /** Writes a split, its rows ordered by all columns. */
  void write(String table, String split, Path file) {
    database.execute(
        "COPY (SELECT %s FROM %s WHERE %s ORDER BY ALL) TO %s (FORMAT parquet, COMPRESSION zstd)"
            .formatted(
                Sql.names(columns.stream().map(DatasetSpec.Column::name).toList()),
                Sql.name(table),
                isIn(split),
                Sql.text(file.toString())));
  }

  /** Of the rows and their splits, whatever their order: their count, and a sum of their hashes. */
  String fingerprint(String table) {
    List<Object> sum =
        database.queryRow(
            "SELECT count(*), CAST(sum(CAST(%s AS HUGEINT)) %% 18446744073709551616 AS VARCHAR) FROM %s"
                .formatted(RowHash.of(columns), Sql.name(table)));
    return sum.get(0) + ":" + sum.get(1);
  }

  private static String isIn(String split) {
    return Sql.name(SPLIT) + " = " + Sql.text(split);
  }
}
