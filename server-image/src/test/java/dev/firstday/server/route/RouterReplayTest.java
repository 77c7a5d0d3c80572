package dev.firstday.server.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstday.api.AnswerShares;
import dev.firstday.api.Capture;
import dev.firstday.api.Comparison;
import dev.firstday.api.ModelDeploymentSpec.Replay;
import dev.firstday.api.PairCheck;
import dev.firstday.contract.Contract;
import dev.firstday.sdk.capture.CaptureDocument;
import dev.firstday.sdk.store.S3Fixture;
import dev.firstday.sdk.store.Store;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Captured requests are sent to both versions before any caller is. */
class RouterReplayTest {
  private static final Capture ALL = new Capture(100, List.of("name"), 100, 7);
  private static final Replay REPLAY = new Replay(500, 7);

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

  private Comparison replayed(Replay replay) throws Exception {
    router.put(one.backend(0), two.backend(0), 0, ALL, replay);
    await().atMost(RunningRouter.LONG).until(() -> router.report().replay().done());
    return router.report().replay();
  }

  private static CaptureDocument document(String id, Instant time, String... why) {
    return new CaptureDocument(
        id,
        time,
        "delays",
        List.of(why),
        null,
        Contract.read("{\"id\":\"%s\"}".formatted(id), JsonNode.class),
        null,
        List.of());
  }

  /** The bodies that the candidate is sent from now on. */
  private List<String> listen() {
    List<String> bodies = new CopyOnWriteArrayList<>();
    two.doesByBody(
        body -> {
          bodies.add(body);
          return two.says(true);
        });
    return bodies;
  }

  @Test
  void whatCallersAskedIsAskedOfBothVersionsAgain() throws Exception {
    router.put(one.backend(0), null, 0, ALL, null);
    for (int i = 0; i < 30; i++) {
      router.infer("id-" + i, "{\"name\":\"Ann\",\"hour\":%d}".formatted(i));
    }
    await().atMost(RunningRouter.LONG).until(() -> shelf.documents().size() == 30);
    List<String> toStable = new CopyOnWriteArrayList<>();
    one.doesByBody(
        body -> {
          toStable.add(body);
          return one.says(true);
        });
    List<String> toCandidate = listen();

    Comparison replay = replayed(REPLAY);

    assertThat(replay.requests()).isEqualTo(30);
    assertThat(replay.tally(PairCheck.ERRORS.word())).isEqualTo(new Comparison.Tally(30, 0, null));
    assertThat(toCandidate).contains("{\"name\":null,\"hour\":0}", "{\"name\":null,\"hour\":29}");
    assertThat(toStable).isEqualTo(toCandidate);
    assertThat(router.report().live().requests()).isZero();
    assertThat(router.metric("firstday_router_pairs_total{source=\"replay\",}")).isEqualTo(30);
    assertThat(shelf.documents()).as("what is replayed is not captured again").hasSize(30);
  }

  @Test
  void aFaultIsFoundWithTheIdsOfTheRequestsThatShowIt() throws Exception {
    Instant now = Instant.now();
    shelf.write(now, 0, document("a", now, "sampled"), document("b", now, "sampled"));
    two.doesByBody(body -> body.contains("\"b\"") ? two.says(false) : two.says(true));

    Comparison replay = replayed(REPLAY);

    assertThat(replay.tally(PairCheck.DISAGREEMENT.word()))
        .isEqualTo(new Comparison.Tally(2, 1, List.of("b")));
    assertThat(replay.answers().shares())
        .containsEntry("true", new AnswerShares.Share(2, 1, 0, List.of("b")));
  }

  @Test
  void theNewestThatWereDrawnAreSentOnceEach() throws Exception {
    Instant now = Instant.now();
    Instant before = now.minus(Duration.ofDays(1));
    shelf.write(now.minus(Duration.ofDays(8)), 0, document("old", now, "sampled"));
    shelf.write(before, 1, document("x", before, "sampled"), document("y", before, "sampled"));
    shelf.write(
        now,
        2,
        document("bad", now, "errors"),
        document("y", now, "sampled", "disagreement"),
        document("z", now, "sampled"),
        document("too-old", now.minus(Duration.ofDays(8)), "sampled"));
    s3.put(s3.settings().root("ns") + "captures/delays/2999-01-01/damaged.gz", new byte[] {1, 2});
    List<String> bodies = listen();

    assertThat(replayed(new Replay(3, 7)).requests()).isEqualTo(3);
    assertThat(bodies.subList(bodies.size() - 3, bodies.size()))
        .containsExactly("{\"id\":\"z\"}", "{\"id\":\"y\"}", "{\"id\":\"x\"}");
  }

  @Test
  void theyAreSentOnlyWhenTheRoutesAskForIt() throws Exception {
    Instant now = Instant.now();
    shelf.write(now, 0, document("a", now, "sampled"));
    router.put(one.backend(0), two.backend(0), 0, ALL, null);
    router.awaitGolden();
    int golden = two.asked();
    router.infer("b", "{}");
    assertThat(router.report().replay()).isEqualTo(Comparison.NONE);
    assertThat(two.asked()).isEqualTo(golden);

    assertThat(replayed(REPLAY).requests()).isPositive();
    int through = two.asked();
    replayed(new Replay(400, 7));
    assertThat(two.asked()).as("once in a trial").isEqualTo(through);
  }

  @Test
  void nothingCapturedIsThroughAtOnce() throws Exception {
    assertThat(replayed(REPLAY)).isEqualTo(new Comparison(true, 0, 0, null));
  }

  @Test
  void itWaitsForAnS3ThatIsAwayAndCallersDoNot() throws Exception {
    Instant now = Instant.now();
    shelf.write(now, 0, document("a", now, "sampled"));
    s3.faults().away(true);
    router.put(one.backend(0), two.backend(0), 0, ALL, REPLAY);
    await()
        .atMost(RunningRouter.LONG)
        .until(() -> String.valueOf(router.report().waits()).contains("cannot be reached"));
    assertThat(router.infer().statusCode()).isEqualTo(200);
    assertThat(router.report().replay().done()).isFalse();

    s3.faults().away(false);
    assertThat(replayed(REPLAY).requests()).isPositive();
    assertThat(router.report().waits()).isNull();
  }
}
