package dev.firstday.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class InFlightTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  private final InFlight inFlight = new InFlight();

  private CompletableFuture<Boolean> awaited(Duration grace, Duration atMost) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return inFlight.await(grace, atMost);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  @Test
  void theLastRequestIsWaitedFor() {
    inFlight.enter();
    inFlight.enter();
    CompletableFuture<Boolean> drained = awaited(Duration.ZERO, LONG);

    inFlight.leave();
    assertThat(drained).isNotDone();

    inFlight.leave();
    await().atMost(LONG).until(drained::isDone);
    assertThat(drained).isCompletedWithValue(true);
  }

  @Test
  void aRequestThatNeverEndsIsGivenUp() {
    inFlight.enter();

    assertThat(awaited(Duration.ZERO, Duration.ofMillis(50)).join()).isFalse();
  }

  @Test
  void drainingIsSeen() {
    assertThat(inFlight.draining()).isFalse();
    inFlight.drain();
    assertThat(inFlight.draining()).isTrue();
  }
}
