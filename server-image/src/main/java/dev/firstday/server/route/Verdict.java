package dev.firstday.server.route;

import dev.firstday.api.PairCheck;
import java.util.HashSet;
import java.util.Set;

/** What two versions' answers to one request say about the candidate. */
sealed interface Verdict {
  Verdict NOTHING = new Nothing();
  Verdict STABLE_FAILED = new StableFailed();

  /** Both refused what the caller sent, or both failed. */
  record Nothing() implements Verdict {}

  /** The stable version alone failed. */
  record StableFailed() implements Verdict {}

  /**
   * The candidate can be held to its answer, or to having none.
   *
   * @param faults of the request as a whole
   * @param timed whether it was held to the time that stable takes
   * @param disagreement rows whose answers are not the same
   * @param score rows whose scores moved too far
   * @param labels for when the truth is known
   */
  record Judged(
      Set<PairCheck> faults, boolean timed, Rows disagreement, Rows score, LabelPair labels)
      implements Verdict {
    public Judged {
      faults = Set.copyOf(faults);
    }

    /** Without an answer there are no rows. */
    static Judged withoutRows(Set<PairCheck> faults, boolean timed) {
      return new Judged(faults, timed, Rows.NONE, Rows.NONE, LabelPair.NONE);
    }

    /** The same, held to no time. */
    Judged untimed() {
      Set<PairCheck> others = new HashSet<>(faults);
      others.remove(PairCheck.SLOW);
      return new Judged(others, false, disagreement, score, labels);
    }

    /** Whether a check of whole requests could have found a fault. */
    boolean heldTo(PairCheck check) {
      return timed || check != PairCheck.SLOW;
    }
  }
}
