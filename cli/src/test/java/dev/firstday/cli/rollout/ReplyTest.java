package dev.firstday.cli.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.cli.rollout.Reply.Kind;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplyTest {
  private static final List<Event> EVENTS =
      List.of(
          event("CommandObeyed", "version 8 goes on"),
          event("CommandRefused", "no version is on trial"),
          event("RolledBack", "version 8: CandidateErrors"));

  @Test
  void theEventOfTheSameWordsTellsWhetherItWasObeyed() {
    assertThat(Reply.of("version 8 goes on", EVENTS).kind()).isEqualTo(Kind.OBEYED);
    assertThat(Reply.of("no version is on trial", EVENTS).kind()).isEqualTo(Kind.REFUSED);
  }

  @Test
  void withoutThatEventNobodyKnows() {
    assertThat(Reply.of("version 8: CandidateErrors", EVENTS).kind()).isEqualTo(Kind.UNTOLD);
    assertThat(Reply.of("version 8 goes on", List.of()).kind()).isEqualTo(Kind.UNTOLD);
  }

  private static Event event(String reason, String message) {
    return new EventBuilder().withReason(reason).withMessage(message).build();
  }
}
