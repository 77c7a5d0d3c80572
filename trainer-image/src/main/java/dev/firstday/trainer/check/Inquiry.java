package dev.firstday.trainer.check;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What a check asks, and what the answers lead to.
 *
 * @param next what follows from the answers, which are in the order of the questions
 */
record Inquiry(List<Question> questions, Function<List<Answer>, Step> next) implements Step {

  /** Two at once. */
  static Inquiry both(Inquiry first, Inquiry second, BothRead then) {
    int split = first.questions.size();
    List<Question> questions =
        Stream.concat(first.questions.stream(), second.questions.stream()).toList();
    return new Inquiry(
        questions,
        answers ->
            then.read(
                (Reading) first.next.apply(answers.subList(0, split)),
                (Reading) second.next.apply(answers.subList(split, answers.size()))));
  }

  /** All at once, however many steps each of them takes. */
  static Step all(List<Step> steps, Function<List<Reading>, Reading> then) {
    if (steps.stream().allMatch(Reading.class::isInstance)) {
      return then.apply(steps.stream().map(Reading.class::cast).toList());
    }
    List<Question> questions =
        steps.stream()
            .flatMap(
                step -> step instanceof Inquiry inquiry ? inquiry.questions.stream() : Stream.of())
            .toList();
    return new Inquiry(
        questions,
        answers -> {
          List<Step> next = new ArrayList<>();
          int from = 0;
          for (Step step : steps) {
            if (step instanceof Inquiry inquiry) {
              int to = from + inquiry.questions.size();
              next.add(inquiry.next.apply(answers.subList(from, to)));
              from = to;
            } else {
              next.add(step);
            }
          }
          return all(next, then);
        });
  }

  /** What two readings come to. */
  @FunctionalInterface
  interface BothRead {
    Reading read(Reading first, Reading second);
  }
}
