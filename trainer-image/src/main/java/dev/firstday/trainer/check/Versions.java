package dev.firstday.trainer.check;

import dev.firstday.api.DatasetCheck.Against;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Which earlier version a check compares with. */
final class Versions {
  private Versions() {}

  /**
   * What follows from the version to compare with, or a reading that says why there is none.
   *
   * @param columns that it must have, with the types that they are declared with now; anything else
   *     cannot be compared
   */
  static Step with(
      Subject subject,
      Against against,
      List<String> columns,
      Function<Subject.Reference, Step> then) {
    boolean pinned = against == Against.PINNED;
    Optional<Subject.Reference> reference = pinned ? subject.pinned() : subject.previous();
    if (reference.isEmpty()) {
      return Reading.skipped(
          pinned
              ? "no deployed model learnt from a version that is there"
              : "there is no good version before this one");
    }
    Columns now = new Columns(subject.columns());
    Columns before = new Columns(reference.get().columns());
    for (String column : columns) {
      if (!before.has(List.of(column))) {
        return Reading.skipped(in(reference.get()) + " has no column " + column);
      }
      if (!before.find(column).get().type().equals(now.find(column).get().type())) {
        return Reading.skipped(
            "in %s, %s is %s"
                .formatted(in(reference.get()), column, before.find(column).get().type()));
      }
    }
    return then.apply(reference.get());
  }

  static String against(Subject.Reference reference) {
    return "against " + in(reference);
  }

  static String in(Subject.Reference reference) {
    return "version " + reference.number();
  }
}
