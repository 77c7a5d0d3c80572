package dev.firstday.trainer.check;

import dev.firstday.api.DatasetCheck.Against;
import dev.firstday.api.DatasetCheck.Unit;
import dev.firstday.trainer.sql.Sql;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Rows whose value does not occur in what they are compared with, of the column that has the most
 * of them.
 *
 * @param byDefault nobody asked: then as many as chance gives are no news
 */
record NewCategories(
    List<String> columns, Scope scope, Against against, Unit unit, boolean byDefault)
    implements Measure {

  @Override
  public Step inquire(Subject subject) {
    return against == Against.TRAIN
        ? amongSplits(subject.table())
        : Versions.with(subject, against, columns, reference -> amongVersions(subject, reference));
  }

  private Inquiry amongSplits(String table) {
    List<Question> questions = new ArrayList<>();
    questions.add(new Question.Aggregate(table, scope.count(Scope.NOT_IN_TRAIN)));
    for (String column : columns) {
      for (KeyFigure figure : List.of(KeyFigure.NEW, KeyFigure.SINGLES, KeyFigure.TRAINING)) {
        questions.add(new Question.Keys(table, List.of(column), scope, figure));
      }
    }
    return new Inquiry(
        questions,
        answers -> {
          long rows = answers.get(0).count();
          List<Reading> readings = new ArrayList<>();
          for (int i = 0; i < columns.size(); i++) {
            List<Answer> of = answers.subList(1 + 3 * i, 4 + 3 * i);
            Reading reading = reading(columns.get(i), of.get(0).count(), rows);
            readings.add(
                byDefault
                    ? reading.expecting(
                        inUnit(expected(of, rows), rows), inUnit(allowance(of, rows), rows))
                    : reading);
          }
          return worst(readings);
        });
  }

  /**
   * Of as many rows as train, those are of a new kind whose kind is there once (Good, "The
   * population frequencies of species and the estimation of population parameters", 1953).
   */
  private static double expected(List<Answer> of, long rows) {
    return (double) of.get(1).count() / Math.max(1, of.get(2).count()) * rows;
  }

  private static double allowance(List<Answer> of, long rows) {
    return Chance.atMost(expected(of, rows), rows);
  }

  private Inquiry amongVersions(Subject subject, Subject.Reference reference) {
    List<Question> questions = new ArrayList<>();
    questions.add(new Question.Aggregate(subject.table(), scope.count()));
    for (String column : columns) {
      questions.add(
          new Question.Query(
              subject.table(),
              "SELECT count(*) FROM %s WHERE %s"
                  .formatted(
                      Sql.name(subject.table()), isNew(column, Sql.name(reference.table())))));
    }
    return new Inquiry(
        questions,
        answers -> {
          long rows = answers.get(0).count();
          List<Reading> readings = new ArrayList<>();
          for (int i = 0; i < columns.size(); i++) {
            readings.add(reading(columns.get(i), answers.get(i + 1).count(), rows));
          }
          return worst(readings).noting(Versions.against(reference));
        });
  }

  private Reading reading(String column, long count, long rows) {
    return Reading.of(inUnit(count, rows), rows).about(List.of(column));
  }

  private double inUnit(double count, long rows) {
    return unit == Unit.PERCENT ? 100 * count / Math.max(1, rows) : count;
  }

  /** That which is the furthest beyond what chance gives. */
  private static Reading worst(List<Reading> readings) {
    return readings.stream()
        .max(
            Comparator.comparingDouble(
                reading ->
                    reading.value() - (reading.allowance() == null ? 0 : reading.allowance())))
        .orElseThrow();
  }

  @Override
  public Optional<String> failing(Subject subject, Reading reading) {
    String column = reading.columns().get(0);
    if (against == Against.TRAIN) {
      String train = Sql.name(subject.table()) + scope.whereClause(Scope.IN_TRAIN);
      return Optional.of(
          scope.condition(Scope.NOT_IN_TRAIN, notAmong(Sql.name(column), train, " AND ")));
    }
    return (against == Against.PINNED ? subject.pinned() : subject.previous())
        .map(reference -> isNew(column, Sql.name(reference.table())));
  }

  private String isNew(String column, String reference) {
    return scope.condition(notAmong(Sql.name(column), reference, " WHERE "));
  }

  private static String notAmong(String value, String rows, String and) {
    return "%s IS NOT NULL AND %s NOT IN (SELECT %s FROM %s%s%s IS NOT NULL)"
        .formatted(value, value, value, rows, and, value);
  }
}
