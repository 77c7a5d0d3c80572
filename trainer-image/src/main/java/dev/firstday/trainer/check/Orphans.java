package dev.firstday.trainer.check;

import dev.firstday.api.DatasetCheck.Unit;
import dev.firstday.api.DatasetSpec.Column;
import dev.firstday.trainer.sql.Sql;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Rows whose key refers to nothing in a table of the source; a missing key refers to nothing and is
 * not counted. The other table's values are cast to the declared types.
 */
record Orphans(
    List<Column> columns, String source, List<String> sourceColumns, Scope scope, Unit unit)
    implements Measure {

  @Override
  public Step inquire(Subject subject) {
    if (!subject.sources().contains(source)) {
      return Reading.skipped("the table " + source + " of the source is not at hand");
    }
    String table = subject.table();
    Question orphans =
        new Question.Query(
            table, "SELECT count(*) FROM " + Sql.name(table) + " WHERE " + orphans(table));
    Gauge gauge =
        new Gauge(any -> orphans, any -> new Question.Aggregate(table, scope.count()), unit, null);
    return gauge.of(table, subject.now());
  }

  @Override
  public Optional<String> failing(Subject subject, Reading reading) {
    return Optional.of(orphans(subject.table()));
  }

  /**
   * @param there columns of the other table
   * @throws dev.firstday.sdk.RunFailure InvalidCheck, when it lacks one that is looked at
   */
  void require(String check, List<String> there) {
    for (String column : sourceColumns) {
      if (there.stream().noneMatch(column::equalsIgnoreCase)) {
        throw CheckFailures.lacksColumn(check, source, column, there);
      }
    }
  }

  private String orphans(String table) {
    List<String> names = columns.stream().map(Column::name).toList();
    String same =
        IntStream.range(0, columns.size())
            .mapToObj(
                i ->
                    "TRY_CAST(%s AS %s) = %s.%s"
                        .formatted(
                            "firstday_source." + Sql.name(sourceColumns.get(i)),
                            columns.get(i).type(),
                            Sql.name(table),
                            Sql.name(columns.get(i).name())))
            .collect(Collectors.joining(" AND "));
    return scope.condition(
        Scope.isThere(names),
        "NOT EXISTS (SELECT 1 FROM %s AS firstday_source WHERE %s)"
            .formatted(Sql.name(source), same));
  }
}
