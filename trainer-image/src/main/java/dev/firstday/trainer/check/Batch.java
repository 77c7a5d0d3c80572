package dev.firstday.trainer.check;

import dev.firstday.trainer.sql.Sql;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Questions that one query answers.
 *
 * @param sql gives a row with a value for each question; or the whole answer of the only one
 */
record Batch(String sql, List<Question> questions) {

  /** As few as possible; equal questions are asked once. */
  static List<Batch> of(List<Question> questions) {
    Map<Object, List<Question>> together = new LinkedHashMap<>();
    for (Question question : new LinkedHashSet<>(questions)) {
      together.computeIfAbsent(key(question), key -> new ArrayList<>()).add(question);
    }
    return together.values().stream().map(batch -> new Batch(sql(batch), batch)).toList();
  }

  /** Questions with the same go together. */
  private static Object key(Question question) {
    if (question instanceof Question.Aggregate aggregate) {
      return aggregate.table();
    }
    if (question instanceof Question.Keys keys) {
      return List.of(keys.table(), keys.columns(), keys.scope());
    }
    return question;
  }

  private static String sql(List<Question> batch) {
    Question first = batch.get(0);
    if (first instanceof Question.Query query) {
      return query.sql();
    }
    if (first instanceof Question.Keys keys) {
      return keys(keys, batch.stream().map(q -> ((Question.Keys) q).figure()).toList());
    }
    return batch.stream()
        .map(question -> ((Question.Aggregate) question).expression())
        .collect(Collectors.joining(", ", "SELECT ", " FROM " + Sql.name(first.table())));
  }

  private static String keys(Question.Keys keys, List<KeyFigure> figures) {
    Set<String> counts = new LinkedHashSet<>(List.of("count(*) AS n"));
    if (figures.stream().anyMatch(KeyFigure::bySplit)) {
      counts.add("count(*) FILTER (WHERE " + Scope.IN_TRAIN + ") AS t");
      counts.add("count(*) FILTER (WHERE " + Scope.SPLIT + " = 'validation') AS v");
    }
    return "SELECT %s FROM (SELECT %s FROM %s%s GROUP BY %s)"
        .formatted(
            figures.stream().map(KeyFigure::expression).collect(Collectors.joining(", ")),
            String.join(", ", counts),
            Sql.name(keys.table()),
            keys.scope().whereClause(Scope.isThere(keys.columns())),
            Sql.names(keys.columns()));
  }
}
