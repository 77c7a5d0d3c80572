package dev.firstday.trainer.check;

import dev.firstday.api.DatasetSpec.Column;
import dev.firstday.trainer.sql.Sql;
import java.util.List;

/** The number that a user's query gives. */
record UserQuery(String name, String query, Scope scope) implements Measure {
  private static final String OBJECT = "{object}";

  @Override
  public Step inquire(Subject subject) {
    return new Inquiry(
        List.of(
            new Question.Query(
                subject.table(),
                "SELECT * FROM (" + text(subject.table(), subject.columns()) + "\n) LIMIT 2"),
            new Question.Aggregate(subject.table(), scope.count())),
        answers -> read(answers.get(0).rows(), answers.get(1).count()));
  }

  /** The query over the declared columns of a table. */
  String text(String table, List<Column> columns) {
    String names = Sql.names(columns.stream().map(Column::name).toList());
    String rows = "(SELECT " + names + " FROM " + Sql.name(table) + scope.whereClause() + ")";
    return query.strip().replaceFirst("(;\\s*)+$", "").replace(OBJECT, rows);
  }

  private Reading read(List<List<Object>> rows, long count) {
    if (rows.size() > 1 || !rows.isEmpty() && rows.get(0).size() != 1) {
      throw CheckFailures.invalidCheck(
          name, "query: it gives more than one value; it must give one number");
    }
    Object value = rows.isEmpty() ? null : rows.get(0).get(0);
    if (value == null) {
      return Reading.nothing("the query gives " + (rows.isEmpty() ? "no row" : "NULL"), count);
    }
    if (!(value instanceof Number)) {
      throw CheckFailures.invalidCheck(name, "query: it gives '" + value + "', which is no number");
    }
    Double number = Answer.number(value);
    return number == null
        ? Reading.nothing("the query gives " + value, count)
        : Reading.of(number, count);
  }
}
