package dev.firstday.trainer.snapshot;

import dev.firstday.api.DatasetSpec;
import dev.firstday.trainer.check.Subject;
import dev.firstday.trainer.sql.Sql;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What tells rows apart. */
final class RowHash {
  private RowHash() {}

  /**
   * 64 bits of a row's md5, as SQL. A row is its values as text and its split, each followed by the
   * character 31, or 30 when it is missing.
   */
  static String of(List<DatasetSpec.Column> columns) {
    String row =
        Stream.concat(columns.stream().map(DatasetSpec.Column::name), Stream.of(Subject.SPLIT))
            .map(name -> "coalesce(CAST(" + Sql.name(name) + " AS VARCHAR) || chr(31), chr(30))")
            .collect(Collectors.joining(" || "));
    return "md5_number_lower(" + row + ")";
  }
}
