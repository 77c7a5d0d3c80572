package dev.firstday.trainer.check;

import dev.firstday.api.DatasetCheck.Unit;
import java.util.Optional;

/** How a check measures: pure, from questions to a reading of their answers. */
interface Measure {

  /** What to ask first; a reading, when there is nothing to ask. */
  Step inquire(Subject subject);

  /** What the value counts; null: it is a pure number. */
  default Unit unit() {
    return null;
  }

  /** A condition on the rows of the subject's table that the value counts, where it counts rows. */
  default Optional<String> failing(Subject subject, Reading reading) {
    return Optional.empty();
  }
}
