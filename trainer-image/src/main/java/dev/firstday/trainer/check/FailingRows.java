package dev.firstday.trainer.check;

import dev.firstday.api.DatasetSpec;
import dev.firstday.contract.RunResult.Cure;
import dev.firstday.sdk.RunFailure;
import dev.firstday.trainer.sql.Sql;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is kept of rows that fail a check: the first of them when they are ordered by all that is
 * kept, with the split that they are in.
 *
 * @param limit how many rows, at most
 * @param redact columns for whose values {@code ***} stands
 */
record FailingRows(int limit, Set<String> redact) {
  private static final int LIMIT = 20;

  /**
   * @throws RunFailure InvalidCheck, when a column to be redacted is none: its values would be kept
   */
  static FailingRows of(DatasetSpec spec) {
    DatasetSpec.FailingRows rows = spec.failingRows();
    if (rows == null) {
      return new FailingRows(LIMIT, Set.of());
    }
    Columns columns = new Columns(spec.columns());
    List<String> redact = rows.redact() == null ? List.of() : rows.redact();
    for (String column : redact) {
      if (column == null || columns.find(column).isEmpty()) {
        throw new RunFailure(
            "InvalidCheck",
            "spec.failingRows.redact: there is no column " + columns.lack(String.valueOf(column)),
            Cure.FIX_SPEC);
      }
    }
    return new FailingRows(rows.limit() == null ? LIMIT : rows.limit(), Set.copyOf(redact));
  }

  /** How many a file has. */
  static String count(Path file) {
    return "SELECT count(*) FROM read_parquet(" + Sql.text(file.toString()) + ")";
  }

  /** Writes those of the subject's rows for which the condition holds. */
  String copy(Subject subject, String condition, Path file) {
    String values =
        subject.columns().stream()
            .map(DatasetSpec.Column::name)
            .map(name -> (redact.contains(name) ? "'***' AS " : "") + Sql.name(name))
            .collect(Collectors.joining(", "));
    return "COPY (SELECT %s, %s FROM (SELECT * FROM %s WHERE %s) ORDER BY ALL LIMIT %d) TO %s (FORMAT parquet)"
        .formatted(
            values,
            Scope.SPLIT,
            Sql.name(subject.table()),
            condition,
            limit,
            Sql.text(file.toString()));
  }
}
