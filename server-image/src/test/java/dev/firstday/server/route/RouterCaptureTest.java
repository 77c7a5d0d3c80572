package dev.firstday.server.route;

import static dev.firstday.server.route.RunningRouter.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.firstday.api.Capture;
import dev.firstday.sdk.capture.CaptureDocument;
import dev.firstday.sdk.store.FaultProxy;
import dev.firstday.sdk.store.S3Fixture;
import dev.firstday.sdk.store.Store;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a router keeps of requests, with a real S3 behind faults. */
class RouterCaptureTest {
  private static final Capture ALL = capture(100, 100);
  private static final String WRITTEN = "firstday_router_captured_total";
  private static final String DROPPED = "firstday_router_capture_dropped_total{why=\"%s\",}";

  private final Vertx vertx = Vertx.vertx();
  private final FakeVersion one = new FakeVersion(vertx, 1);
  private final FakeVersion two = new FakeVersion(vertx, 2);
  private final S3Fixture s3 = S3Fixture.start();
  private final Store store = s3.store("ns");
  private final CaptureShelf shelf = new CaptureShelf(store.captures("delays"));
  private RunningRouter router;

  @BeforeEach
  void start() throws Exception {
    router = new RunningRouter(vertx, two, Optional.of(shelf.files()));
  }

  @AfterEach
  void stop() throws Exception {
    s3.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
    store.close();
  }

  private static Capture capture(int percent, int megabytesAnHour) {
    return new Capture(percent, List.of(), megabytesAnHour, 7);
  }

  private List<CaptureDocument> awaitWritten(int requests) {
    await().atMost(RunningRouter.LONG).until(() -> router.metric(WRITTEN) >= requests);
    return shelf.documents();
  }

  @Test
  void aRequestIsKeptOnceWithEveryAnswerThereIs() throws Exception {
    router.put(one.backend(0), two.backend(0), 100, ALL, null);
    router.awaitGolden();
    router.infer("a", "{\"hour\":17}");
    router.awaitLive(live -> live.requests() == 1);
    router.put(one.backend(0), null, 0, ALL, null);
    router.infer("b", "{\"hour\":18}");

    List<CaptureDocument> documents = awaitWritten(2);
    assertThat(documents).extracting(CaptureDocument::id).containsExactlyInAnyOrder("a", "b");
    CaptureDocument both =
        documents.stream().filter(d -> d.id().equals("a")).findFirst().orElseThrow();
    assertThat(both.why()).containsExactly("sampled");
    assertThat(both.request()).hasToString("{\"hour\":17}");
    assertThat(both.versions()).extracting(v -> v.variant()).containsExactly("stable", "candidate");
    assertThat(both.versions())
        .allSatisfy(
            version -> {
              assertThat(version.status()).isEqualTo(200);
              assertThat(version.digest()).hasSize(64);
              assertThat(version.milliseconds()).isPositive();
              assertThat(version.answer().at("/outputs/0/data")).hasToString("[true]");
            });
  }

  @Test
  void whatFailsIsKeptThoughNothingIsDrawn() throws Exception {
    Capture none = capture(0, 100);
    router.put(one.backend(0), two.backend(0), 100, none, null);
    router.awaitGolden();
    two.doesByBody(body -> two.says(!body.contains("99")));
    router.infer("good", "{\"hour\":1}");
    router.infer("differs", "{\"hour\":99}");
    router.awaitLive(live -> live.requests() == 2);
    two.does(two.breaksOff());
    router.infer("broken", "{\"hour\":1}");
    router.awaitLive(live -> live.requests() == 3);
    router.put(one.backend(0), null, 0, none, null);
    one.does(one.fails(400));
    router.infer("refused", "{\"hour\":1}");
    one.does(one.fails(500));
    router.infer("failed", "{\"hour\":1}");

    List<CaptureDocument> documents = awaitWritten(3);
    assertThat(documents)
        .extracting(d -> d.id() + " " + d.why())
        .containsExactlyInAnyOrder(
            "differs [disagreement]", "broken [errors]", "failed [stableErrors]");
    CaptureDocument broken =
        documents.stream().filter(d -> d.id().equals("broken")).findFirst().orElseThrow();
    assertThat(broken.versions().get(1).status()).isNull();
    assertThat(broken.versions().get(1).failure()).isNotBlank();
  }

  @Test
  void theCandidatesFailureIsKeptWithTheAnswerThatTheCallerGot() throws Exception {
    router.put(one.backend(0), two.backend(100), 0, capture(0, 100), null);
    router.awaitGolden();
    two.does(two.fails(500));
    assertThat(version(router.infer("a", "{\"hour\":17}"))).isEqualTo("1");

    CaptureDocument document = awaitWritten(1).get(0);
    assertThat(document.versions()).extracting(v -> v.status()).containsExactly(200, 500);
  }

  @Test
  void redactedColumnsNeverLeaveTheRouter() throws Exception {
    router.put(one.backend(0), null, 0, new Capture(100, List.of("name"), 100, 7), null);
    router.infer("a", "{\"name\":\"Ann\",\"hour\":17}");

    assertThat(awaitWritten(1).get(0).request()).hasToString("{\"name\":null,\"hour\":17}");
  }

  @Test
  void anHourHasNoMoreThanItsMegabytes() throws Exception {
    router.put(one.backend(0), null, 0, capture(100, 1), null);
    String large = "{\"text\":\"" + "x".repeat(400_000) + "\"}";
    for (int i = 0; i < 5; i++) {
      assertThat(router.infer("id-" + i, large).statusCode()).isEqualTo(200);
    }

    assertThat(awaitWritten(1)).hasSize(1);
    assertThat(router.metric(DROPPED.formatted("hour"))).isEqualTo(4);
  }

  @Test
  void aRushOfRequestsDoesNotKeepOutWhatFailsAndWhatFailsIsNoSampleThen() throws Exception {
    router.put(one.backend(0), null, 0, capture(100, 1), null);
    String large = "{\"text\":\"" + "x".repeat(700_000) + "\"}";
    router.infer("sample", large);
    router.infer("too-many", large);
    one.does(one.fails(500));
    router.infer("failed", "{\"text\":\"" + "x".repeat(200_000) + "\"}");

    assertThat(awaitWritten(2))
        .extracting(d -> d.id() + " " + d.why())
        .containsExactlyInAnyOrder("sample [sampled]", "failed [stableErrors]");
  }

  @Test
  void whatIsTooLargeForTheMemoryOfARouterIsLetGo() throws Exception {
    router.put(one.backend(0), null, 0, ALL, null);
    router.infer("large", "{\"text\":\"" + "x".repeat((1 << 20) - 500) + "\"}");

    assertThat(router.metric(DROPPED.formatted("size"))).isEqualTo(1);
  }

  @Test
  void noRequestFailsWhileS3IsAwayAndWhatThereWasRoomForIsWrittenAfterwards() throws Exception {
    router.put(one.backend(0), null, 0, ALL, null);
    s3.faults().away(true);
    String large = "{\"text\":\"" + "x".repeat(900_000) + "\"}";
    for (int i = 0; i < 20; i++) {
      assertThat(router.infer("id-" + i, large).statusCode()).isEqualTo(200);
    }
    double dropped = router.metric(DROPPED.formatted("memory"));
    assertThat(dropped).isBetween(11.0, 15.0);
    assertThat(router.metric(WRITTEN)).isZero();

    s3.faults().away(false);
    assertThat(awaitWritten(20 - (int) dropped)).hasSize(20 - (int) dropped);
  }

  @Test
  void nobodyWaitsForAnS3ThatDoesNotAnswer() throws Exception {
    s3.faults().after(0, FaultProxy.Fault.DO_AND_HANG);
    router.put(one.backend(0), null, 0, ALL, null);
    router.infer("first", "{\"hour\":1}");
    await()
        .atMost(RunningRouter.LONG)
        .until(() -> s3.faults().requests().stream().anyMatch(r -> r.startsWith("PUT")));

    for (int i = 0; i < 100; i++) {
      assertThat(router.infer("id-" + i, "{\"hour\":1}").statusCode()).isEqualTo(200);
    }
    assertThat(router.metric(WRITTEN)).as("the first file still hangs").isZero();
  }

  @Test
  void whatIsOlderThanItMayBeIsDeleted() throws Exception {
    Instant now = Instant.now();
    shelf.write(now.minus(Duration.ofDays(9)), 0);
    shelf.write(now.minus(Duration.ofDays(2)), 1);
    router.put(one.backend(0), null, 0, ALL, null);

    await()
        .atMost(RunningRouter.LONG)
        .until(() -> s3.keys("ns").stream().noneMatch(key -> key.endsWith("by-hand-0.jsonl.gz")));
    assertThat(s3.keys("ns")).hasSize(2);
    assertThat(s3.keys("ns").get(0)).endsWith("by-hand-1.jsonl.gz");
    assertThat(s3.keys("ns").get(1)).endsWith("captures/delays/keep.json");
  }

  @Test
  void howLongItIsKeptIsKnownWhenTheRouterIsGone() throws Exception {
    shelf.write(Instant.now().minus(Duration.ofDays(9)), 0);
    router.put(one.backend(0), null, 0, new Capture(100, List.of(), 100, 10), null);
    await().atMost(RunningRouter.LONG).until(() -> s3.keys("ns").size() == 2);

    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    assertThat(store.captureRetention().deleteOld(today)).isZero();
    assertThat(store.captureRetention().deleteOld(today.plusDays(2))).isEqualTo(1);

    router.put(one.backend(0), null, 0, new Capture(100, List.of(), 100, 3), null);
    await("an edit counts at once")
        .atMost(RunningRouter.LONG)
        .until(
            () -> {
              shelf.write(Instant.now().minus(Duration.ofDays(5)), 1);
              return store.captureRetention().deleteOld(today) == 1;
            });
  }

  @Test
  void aRouterWithoutAccessToS3ServesAndSaysWhatItLetsGo() throws Exception {
    RunningRouter without = new RunningRouter(vertx, two);
    without.put(one.backend(0), null, 0, ALL, null);

    assertThat(without.infer().statusCode()).isEqualTo(200);
    assertThat(without.metric(DROPPED.formatted("storage"))).isEqualTo(1);
  }
}
