package dev.firstday.trainer.check;

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

  /** What two readings come to. */
  @FunctionalInterface
  interface BothRead {
    Reading read(Reading first, Reading second);
  }
}
