package dev.firstday.server.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.sdk.store.S3Fixture;
import dev.firstday.sdk.store.Store;
import dev.firstday.server.http.Call;
import io.prometheus.client.CollectorRegistry;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CaptureWriterTest {
  private final S3Fixture s3 = S3Fixture.start();
  private final Store store = s3.store("ns");
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-03-01T12:00:00Z"));
  private final Clock clock = ((InstantSource) now::get).withZone(ZoneOffset.UTC);
  private final CollectorRegistry registry = new CollectorRegistry();
  private final CaptureQueue queue = new CaptureQueue();
  private final CaptureWriter writer =
      new CaptureWriter(
          queue,
          store.captures("d"),
          new CaptureMetrics(registry),
          "router",
          clock,
          new FileSize(10_000, Duration.ofSeconds(30)));

  @AfterEach
  void stop() throws IOException {
    store.close();
    s3.close();
  }

  private void offer(String id) {
    Call call = new Call(id, "m", null, null, null, null, Buffer.buffer("{}"));
    queue.add(new Captured(now.get(), call, List.of(), List.of(), List.of()));
  }

  private Double written() {
    return registry.getSampleValue("firstday_router_captured_total");
  }

  private Double lost() {
    return registry.getSampleValue(
        "firstday_router_capture_dropped_total", new String[] {"why"}, new String[] {"end"});
  }

  @Test
  void nothingIsLostAtFirstAndThatIsTold() {
    assertThat(lost()).isZero();
    assertThat(written()).isZero();
  }

  @Test
  void aFileIsWrittenWhenItsFirstRequestHasWaited() {
    offer("a");
    offer("b");
    writer.write();
    assertThat(s3.keys("ns")).isEmpty();

    now.updateAndGet(t -> t.plusSeconds(30));
    writer.write();
    writer.write();
    assertThat(s3.keys("ns")).containsExactly("captures/d/2026-03-01/120030.000-router-0.jsonl.gz");
    assertThat(written()).isEqualTo(2);
  }

  @Test
  void whatS3DidNotTakeIsTriedAgainUnderItsNameAndBeforeAllElse() {
    offer("a");
    now.updateAndGet(t -> t.plusSeconds(30));
    s3.faults().away(true);
    writer.write();
    offer("b");
    assertThat(writer.isDue()).as("S3 is left alone for a while").isFalse();
    s3.faults().away(false);
    writer.write();
    assertThat(s3.keys("ns")).isEmpty();

    now.updateAndGet(t -> t.plusSeconds(60));
    writer.write();
    assertThat(s3.keys("ns"))
        .containsExactly(
            "captures/d/2026-03-01/120030.000-router-0.jsonl.gz",
            "captures/d/2026-03-01/120130.000-router-1.jsonl.gz");
    assertThat(written()).isEqualTo(2);
  }

  @Test
  void atTheEndAllIsWrittenThatIsNotDueYet() {
    offer("a");
    writer.writeAll();

    assertThat(s3.keys("ns")).hasSize(1);
    assertThat(lost()).isZero();
  }

  @Test
  void atTheEndWhatS3DoesNotTakeIsCountedAsLost() {
    offer("a");
    offer("b");
    s3.faults().away(true);
    writer.writeAll();

    assertThat(lost()).isEqualTo(2);
    assertThat(written()).isZero();
  }
}
