package dev.firstday.server.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.server.http.Call;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What bounds the memory and the bytes in S3 that captured requests take. */
class CaptureBoundsTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private static Captured captured(String id, Instant time) {
    Call call = new Call(id, "m", null, null, null, null, Buffer.buffer(new byte[976]));
    return new Captured(time, call, List.of(), List.of(), List.of());
  }

  @Test
  void aQueueKnowsWhatWaitsAndGivesTheOldestFirst() {
    CaptureQueue queue = new CaptureQueue();
    queue.add(captured("a", NOON));
    queue.add(captured("b", NOON));
    queue.add(captured("c", NOON));
    assertThat(queue.bytes()).isEqualTo(6000);

    assertThat(queue.take(1)).extracting(c -> c.call().id()).containsExactly("a");
    assertThat(queue.bytes()).isEqualTo(4000);
    assertThat(queue.take(9999)).extracting(c -> c.call().id()).containsExactly("b", "c");
    assertThat(queue.take(9999)).isEmpty();
    assertThat(queue.size()).isZero();
  }

  @Test
  void aFileIsDueWhenThereIsEnoughOrTheOldestHasWaited() {
    CaptureQueue queue = new CaptureQueue();
    assertThat(queue.isDue(3000, MINUTE, NOON)).isFalse();
    queue.add(captured("a", NOON));
    assertThat(queue.isDue(3000, MINUTE, NOON.plusSeconds(59))).isFalse();
    assertThat(queue.isDue(3000, MINUTE, NOON.plusSeconds(60))).isTrue();
    queue.add(captured("b", NOON));
    assertThat(queue.isDue(3000, MINUTE, NOON)).isTrue();
  }

  @Test
  void anHourHasItsBytesAndTheNextHasThemAgain() {
    HourlyBudget budget = new HourlyBudget();
    assertThat(budget.has(100, 100, NOON)).isTrue();
    budget.spend(60, NOON);
    assertThat(budget.has(41, 100, NOON.plusSeconds(3599))).isFalse();
    assertThat(budget.has(40, 100, NOON.plusSeconds(3599))).isTrue();
    budget.spend(40, NOON.plusSeconds(3599));
    assertThat(budget.has(1, 100, NOON.plusSeconds(3599))).isFalse();
    assertThat(budget.has(100, 100, NOON.plusSeconds(3600))).isTrue();
  }
}
