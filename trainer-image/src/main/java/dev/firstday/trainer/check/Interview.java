package dev.firstday.trainer.check;

import dev.firstday.trainer.sql.Database;
import dev.firstday.trainer.sql.SqlFailure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Asks the database what checks ask, in rounds, until there is a reading of each. */
final class Interview {
  private final Database database;
  private final Subject subject;
  private final Map<Question, Reply> replies = new HashMap<>();

  Interview(Database database, Subject subject) {
    this.database = database;
    this.subject = subject;
  }

  /**
   * A reading and its part of the time.
   *
   * @param millis those of queries that several checks share are shared, too
   */
  record Measured(Reading reading, long millis) {}

  /**
   * @param settled readings of checks that are not to be asked for, by name
   * @throws dev.firstday.sdk.RunFailure InvalidCheck, when a query fails
   */
  List<Measured> hold(List<CheckPlan.Planned> checks, Map<String, Reading> settled) {
    List<Step> steps = new ArrayList<>();
    long[] nanos = new long[checks.size()];
    for (CheckPlan.Planned planned : checks) {
      Reading known = settled.get(planned.name());
      steps.add(known != null ? known : planned.measure().inquire(subject));
    }
    while (steps.stream().anyMatch(Inquiry.class::isInstance)) {
      ask(
          steps.stream()
              .filter(Inquiry.class::isInstance)
              .flatMap(step -> ((Inquiry) step).questions().stream())
              .filter(question -> !replies.containsKey(question))
              .toList());
      for (int i = 0; i < steps.size(); i++) {
        if (steps.get(i) instanceof Inquiry inquiry) {
          for (Question question : inquiry.questions()) {
            nanos[i] += replies.get(question).nanos;
          }
          steps.set(i, next(checks.get(i).name(), inquiry));
        }
      }
    }
    List<Measured> measured = new ArrayList<>();
    for (int i = 0; i < nanos.length; i++) {
      measured.add(new Measured((Reading) steps.get(i), nanos[i] / 1_000_000));
    }
    return measured;
  }

  private Step next(String check, Inquiry inquiry) {
    for (Question question : inquiry.questions()) {
      SqlFailure failure = replies.get(question).failure;
      if (failure != null && !question.table().equals(subject.table()) && failure.doesNotFit()) {
        return Reading.skipped(
            "the version to compare with has other columns: " + failure.withoutAdvice());
      }
      if (failure != null) {
        throw CheckFailures.failedCheck(check, failure);
      }
    }
    return inquiry
        .next()
        .apply(inquiry.questions().stream().map(question -> replies.get(question).answer).toList());
  }

  private void ask(List<Question> questions) {
    Batch.of(questions).forEach(this::ask);
  }

  /** Of several at once that fail, the one is found that does. */
  private void ask(Batch batch) {
    List<Question> questions = batch.questions();
    long start = System.nanoTime();
    try {
      List<List<Object>> rows = database.query(batch.sql());
      long each = (System.nanoTime() - start) / questions.size();
      for (int i = 0; i < questions.size(); i++) {
        Answer answer =
            questions.get(i) instanceof Question.Query
                ? new Answer(rows)
                : new Answer(List.of(Collections.singletonList(rows.get(0).get(i))));
        replies.put(questions.get(i), new Reply(answer, each, null));
      }
    } catch (SqlFailure e) {
      if (e.outOfMemory()) {
        throw e;
      }
      if (questions.size() == 1) {
        replies.put(questions.get(0), new Reply(null, 0, e));
      } else {
        int half = questions.size() / 2;
        ask(questions.subList(0, half));
        ask(questions.subList(half, questions.size()));
      }
    }
  }

  private record Reply(Answer answer, long nanos, SqlFailure failure) {}
}
