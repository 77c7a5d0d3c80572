package dev.firstday.trainer.check;

import dev.firstday.trainer.sql.Sql;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    Set<Question> once = new LinkedHashSet<>(questions);
    Set<Object> grouped =
        once.stream()
            .filter(question -> ofRows(question).isEmpty())
            .map(Batch::key)
            .collect(Collectors.toSet());
    Map<Object, List<Question>> together = new LinkedHashMap<>();
    for (Question question : once) {
      // a key that is counted anyway is not counted a second time
      Object key = grouped.contains(key(question)) ? key(question) : question.table();
      together.computeIfAbsent(key, any -> new ArrayList<>()).add(question);
    }
    return together.values().stream().map(batch -> new Batch(sql(batch), batch)).toList();
  }

  /** What cannot share the scan of the table goes together with what has the same. */
  private static Object key(Question question) {
    return question instanceof Question.Keys keys
        ? List.of(keys.table(), keys.columns(), keys.scope())
        : question;
  }

  /** The question as an aggregate over the table's rows, if it can be one. */
  private static Optional<String> ofRows(Question question) {
    if (question instanceof Question.Aggregate aggregate) {
      return Optional.of(aggregate.expression());
    }
    return question instanceof Question.Keys keys && keys.columns().size() == 1
        ? keys.figure().ofRows(keys.columns().get(0), keys.scope())
        : Optional.empty();
  }

  private static String sql(List<Question> batch) {
    Question first = batch.get(0);
    if (first instanceof Question.Query query) {
      return query.sql();
    }
    if (batch.stream().allMatch(question -> ofRows(question).isPresent())) {
      return batch.stream()
          .map(question -> ofRows(question).orElseThrow())
          .collect(Collectors.joining(", ", "SELECT ", " FROM " + Sql.name(first.table())));
    }
    return keys(
        (Question.Keys) first, batch.stream().map(q -> ((Question.Keys) q).figure()).toList());
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
