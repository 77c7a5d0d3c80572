package dev.firstday.cli.why;

import java.time.Instant;
import java.util.List;

/**
 * A resource as a link of the chain.
 *
 * @param verdict how it is, behind its title
 * @param says what it is about, for a person
 * @param reason the word of its condition; empty where it is not there
 * @param since since when; null: not known
 * @param details what there is beyond the condition's message
 * @param look the command that tells more
 */
record Link(
    String kind,
    String name,
    State state,
    String verdict,
    String says,
    String reason,
    Instant since,
    List<String> details,
    String look) {

  /** Whether the chain goes on here. */
  enum State {
    /** It has what its spec asks for. */
    GOOD,
    /** It has, and something is wrong all the same. */
    COMPLAINS,
    /** It is at work, or waits for the link before it. */
    WAITS,
    /** A person paused it. */
    PAUSED,
    /** It failed, or refused what it was given. */
    STOPPED,
    /** It is named, and not there. */
    MISSING
  }

  String title() {
    return kind + " " + name;
  }

  /** Whether nothing goes past it before somebody acts. */
  boolean isBarrier() {
    return state == State.STOPPED || state == State.MISSING || state == State.PAUSED;
  }
}
