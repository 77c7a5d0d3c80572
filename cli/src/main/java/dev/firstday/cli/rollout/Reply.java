package dev.firstday.cli.rollout;

import io.fabric8.kubernetes.api.model.Event;
import java.util.List;

/**
 * What the operator made of a command.
 *
 * @param result in its words
 */
record Reply(Kind kind, String result) {

  /** Whether it did what it was told. */
  enum Kind {
    OBEYED,
    REFUSED,
    /** Nobody says so: the event is gone, or was never written. */
    UNTOLD
  }

  /**
   * The status has the words; the event of the same words, which the operator writes before it,
   * tells whether they are those of a refusal.
   */
  static Reply of(String result, List<Event> events) {
    return new Reply(
        isTold("CommandObeyed", result, events)
            ? Kind.OBEYED
            : isTold("CommandRefused", result, events) ? Kind.REFUSED : Kind.UNTOLD,
        result);
  }

  private static boolean isTold(String reason, String result, List<Event> events) {
    return events.stream()
        .anyMatch(event -> reason.equals(event.getReason()) && result.equals(event.getMessage()));
  }
}
