package dev.firstday.server.route;

import static dev.firstday.server.route.Made.delay;
import static dev.firstday.server.route.Made.late;
import static dev.firstday.server.route.Made.probability;
import static dev.firstday.server.route.RunningRouter.FEEDBACK;
import static dev.firstday.server.route.RunningRouter.INFER;
import static dev.firstday.server.route.RunningRouter.id;
import static dev.firstday.server.route.RunningRouter.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.firstday.api.AnswerShares;
import dev.firstday.api.Comparison;
import dev.firstday.api.ModelDeploymentSpec.Action;
import dev.firstday.api.ModelDeploymentSpec.Checks;
import dev.firstday.api.ModelDeploymentSpec.Range;
import dev.firstday.api.PairCheck;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a router counts of pairs of answers, through real sockets. */
class RouterPairsTest {
  private final Vertx vertx = Vertx.vertx();
  private final FakeVersion one = new FakeVersion(vertx, 1);
  private final FakeVersion two = new FakeVersion(vertx, 2);
  private RunningRouter router;

  @BeforeEach
  void start() throws Exception {
    router = new RunningRouter(vertx, two);
  }

  @AfterEach
  void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  /** The candidate is asked what stable is asked, and no caller gets its answer. */
  private void shadow(Checks checks) throws Exception {
    router.put(one.backend(0), two.backend(0), 100, checks);
    router.awaitGolden();
  }

  private HttpResponse<String> infer(String id) throws Exception {
    return infer(id, "{\"hour\":17}");
  }

  private HttpResponse<String> infer(String id, String body) throws Exception {
    return router.send(router.request(INFER, body).header("X-Request-Id", id));
  }

  @Test
  void theCallersIdIsSentOnAndReturned() throws Exception {
    router.put(one.backend(0), null);

    assertThat(id(infer("order-7"))).isEqualTo("order-7");
    assertThat(one.lastId()).isEqualTo("order-7");
    assertThat(UUID.fromString(id(infer("x".repeat(65))))).isNotNull();

    HttpResponse<String> without = router.infer();
    assertThat(UUID.fromString(id(without))).isNotNull();
    assertThat(one.lastId()).isEqualTo(id(without));
    assertThat(id(router.get("/nothing/here"))).isNotEqualTo("none");
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        fault(PairCheck.ERRORS, two -> two.fails(500)),
        fault(PairCheck.ERRORS, FakeVersion::breaksOff),
        fault(PairCheck.TIMEOUTS, FakeVersion::hangs),
        fault(PairCheck.TIMEOUTS, FakeVersion::trickles),
        fault(PairCheck.NON_FINITE, two -> two.gives(true, late(true), probability(Double.NaN))),
        fault(PairCheck.NON_FINITE, two -> two.gives(false, late(true))),
        fault(PairCheck.OUT_OF_RANGE, two -> two.gives(true, late(true), probability(1.01))),
        fault(PairCheck.DISAGREEMENT, two -> two.gives(false, late(false), probability(.9))),
        fault(PairCheck.SCORE, two -> two.gives(true, late(true), probability(.6))));
  }

  private static Arguments fault(
      PairCheck check, Function<FakeVersion, Handler<HttpServerRequest>> behaviour) {
    return Arguments.of(check, behaviour);
  }

  @ParameterizedTest
  @MethodSource("faults")
  void aFaultIsCountedByItsOwnCheckWithTheIdOfTheRequest(
      PairCheck check, Function<FakeVersion, Handler<HttpServerRequest>> behaviour)
      throws Exception {
    one.does(one.gives(true, late(true), probability(.95)));
    two.does(two.gives(true, late(true), probability(.95)));
    shadow(Made.scores(.1, null));
    infer("good");
    router.awaitLive(live -> live.requests() == 1);

    two.does(behaviour.apply(two));
    assertThat(version(infer("bad"))).isEqualTo("1");
    router.awaitLive(live -> live.requests() == 2);

    Comparison live = router.report().live();
    assertThat(live.tally(check.word()).bad()).isEqualTo(1);
    assertThat(live.tally(check.word()).examples()).containsExactly("bad");
    assertThat(live.checks())
        .allSatisfy(
            (name, tally) -> {
              if (!name.equals(check.word()) && !name.equals(PairCheck.SLOW.word())) {
                assertThat(tally.bad()).as(name).isZero();
              }
            });
    assertThat(router.metrics())
        .contains("firstday_router_pairs_total{source=\"live\",} 2.0")
        .contains(
            "firstday_router_pair_bad_total{source=\"live\",check=\"%s\",} 1.0"
                .formatted(check.word()));
  }

  @Test
  void aSlowAnswerOfTheCandidateIsCountedAndNotWaitedFor() throws Exception {
    router.warmUp(one.backend(0), two.backend(0));
    two.does(two.isSlow());
    shadow(null);
    await()
        .atMost(RunningRouter.LONG)
        .until(
            () -> {
              infer("slow");
              return router.live(PairCheck.SLOW).bad() > 0;
            });
    assertThat(router.live(PairCheck.SLOW).examples()).contains("slow");
  }

  @Test
  void stableIsHeldToItsFirstAnswerAsTheCandidateIs() throws Exception {
    shadow(null);
    int golden = two.asked();
    AtomicInteger asked = new AtomicInteger();
    one.doesByBody(body -> asked.incrementAndGet() % 2 == 1 ? one.breaksOff() : one.says(true));
    two.does(two.fails(500));
    assertThat(infer("both").statusCode()).isEqualTo(200);
    await().until(() -> two.asked() == golden + 1);
    two.does(two.says(true));
    assertThat(infer("stable-alone").statusCode()).isEqualTo(200);
    router.awaitLive(live -> live.stableErrors() == 1);

    assertThat(router.live(PairCheck.ERRORS)).isEqualTo(Comparison.Tally.NONE);
  }

  @Test
  void aNumberOutsideItsRangeIsCounted() throws Exception {
    one.predictsNumber("delay", 10);
    one.does(one.gives(false, delay(5)));
    two.does(two.gives(false, delay(-5)));
    shadow(Made.checks(new Range(-1.0, null), null, null));

    assertThat(router.report().golden().tally(PairCheck.OUT_OF_RANGE.word()))
        .isEqualTo(new Comparison.Tally(3, 3, List.of("g2", "g1", "g0")));
  }

  @Test
  void aCandidateThatIsWrongForOneValueIsFoundThere() throws Exception {
    two.doesByBody(body -> two.says(!body.contains("LGA")));
    shadow(Made.checks(null, List.of("origin", "hour"), null));
    for (int i = 0; i < 3; i++) {
      infer("e" + i, "{\"origin\":\"EWR\",\"hour\":17}");
    }
    infer("l", "{\"origin\":\"LGA\"}");
    router.awaitLive(live -> live.requests() == 4);

    Comparison live = router.report().live();
    assertThat(live.tally(PairCheck.slice("origin", "EWR")))
        .isEqualTo(new Comparison.Tally(3, 0, List.of()));
    assertThat(live.tally(PairCheck.slice("origin", "LGA")))
        .isEqualTo(new Comparison.Tally(1, 1, List.of("l")));
    assertThat(live.tally(PairCheck.slice("hour", "17")).compared()).isEqualTo(3);
    assertThat(live.tally(PairCheck.slice("hour", "missing")).bad()).isEqualTo(1);
    assertThat(router.report().golden().tally(PairCheck.slice("hour", "missing")).compared())
        .isEqualTo(3);
  }

  @Test
  void answersAreCountedByVersionWhereTheDistributionIsLookedAt() throws Exception {
    shadow(Made.distribution(Action.WARN));
    infer("same");
    router.awaitLive(live -> live.requests() == 1);
    two.does(two.says(false));
    infer("lost");
    router.awaitLive(live -> live.requests() == 2);

    assertThat(router.report().live().answers())
        .isEqualTo(
            new AnswerShares(2, Map.of("true", new AnswerShares.Share(2, 1, 0, List.of("lost")))));

    router.put(one.backend(0), null);
    shadow(Made.distribution(Action.IGNORE));
    infer("again");
    router.awaitLive(live -> live.requests() == 1);
    assertThat(router.report().live().answers()).isEqualTo(AnswerShares.NONE);
  }

  @Test
  void theShadowsShareIsNotTheWeight() throws Exception {
    router.put(one.backend(0), two.backend(0), 0, null);
    router.awaitGolden();
    int golden = two.asked();
    for (int i = 0; i < 10; i++) {
      assertThat(version(router.infer())).isEqualTo("1");
    }
    assertThat(two.asked()).isEqualTo(golden);

    shadow(null);
    for (int i = 0; i < 10; i++) {
      assertThat(version(router.infer())).isEqualTo("1");
    }
    router.awaitLive(live -> live.requests() == 10);
    assertThat(two.asked()).isEqualTo(golden + 10);
  }

  private HttpResponse<String> feedback(String id, String labels) throws Exception {
    return router.post(FEEDBACK, "{\"id\":\"%s\",\"labels\":%s}".formatted(id, labels));
  }

  @Test
  void labelsThatComeLaterSayWhichVersionWasRight() throws Exception {
    one.does(one.gives(false, late(true, true, false)));
    two.does(two.gives(false, late(true, false, true)));
    shadow(null);
    infer("a");
    infer("b");
    router.awaitLive(live -> live.requests() == 2);

    HttpResponse<String> answer = feedback("a", "[true,true,true]");
    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.body()).isEqualTo("{\"counted\":2,\"id\":\"a\",\"rows\":3}");
    assertThat(id(answer)).isNotEqualTo("none");
    assertThat(feedback("b", "[false,false,null]").statusCode()).isEqualTo(202);
    assertThat(router.live(PairCheck.LABELS).compared()).as("a row of each").isEqualTo(2);

    assertThat(feedback("a", "[true,true,true]").body()).contains("\"rows\":0");
    assertThat(router.live(PairCheck.LABELS).compared()).isEqualTo(2);
    assertThat(router.metrics())
        .contains("firstday_router_feedback_rows_total{right=\"stable\",} 1.0")
        .contains("firstday_router_feedback_rows_total{right=\"candidate\",} 2.0")
        .contains("firstday_router_feedback_rows_total{right=\"both_or_neither\",} 3.0");
  }

  @Test
  void theNearerOfTwoNumbersWasRight() throws Exception {
    one.predictsNumber("delay", 10);
    one.does(one.gives(false, delay(10, 10)));
    two.does(two.gives(false, delay(20, 20)));
    router.put(one.backend(0), two.backend(100));
    router.awaitGolden();
    assertThat(version(infer("a"))).isEqualTo("2");
    router.awaitLive(live -> live.requests() == 1);

    assertThat(feedback("a", "[12,15]").body()).contains("\"counted\":1");
    assertThat(router.live(PairCheck.LABELS)).isEqualTo(new Comparison.Tally(1, 1, List.of("a")));
  }

  @Test
  void labelsThatCannotBeTakenAreAnsweredClearly() throws Exception {
    router.put(one.backend(0), null);
    assertThat(feedback("a", "[true]").statusCode()).isEqualTo(404);
    assertThat(feedback("a", "[true]").body()).contains("no version is on trial");

    shadow(null);
    infer("a");
    router.awaitLive(live -> live.requests() == 1);

    assertThat(feedback("unknown", "[true]").statusCode()).isEqualTo(404);
    assertThat(feedback("unknown", "[true]").body())
        .contains("'unknown'", "by any router", "not compared", "newest 10000", "X-Request-Id");
    assertThat(feedback("g0", "[true]").statusCode()).isEqualTo(404);
    assertThat(router.post("/v2/models/other/feedback", "{}").statusCode()).isEqualTo(404);
    assertThat(router.get(FEEDBACK).statusCode()).isEqualTo(405);
    assertThat(feedback("a", "[true,true]").statusCode()).isEqualTo(400);
    assertThat(feedback("a", "true").body()).contains("labels must be an array");
    assertThat(feedback("", "[true]").body()).contains("id must be the X-Request-Id");
    assertThat(router.post(FEEDBACK, "nonsense").statusCode()).isEqualTo(400);
    assertThat(router.post(FEEDBACK, "").body()).contains("the body is empty; it must be JSON");
    assertThat(router.post(FEEDBACK, "{\"id\":").body())
        .contains("the body is not JSON at line 1, column 7")
        .doesNotContain("JsonNode", "Source", "Stream");
    assertThat(router.post(FEEDBACK, "null").statusCode()).isEqualTo(400);
    assertThat(feedback("a", "[false]").statusCode()).as("still not used").isEqualTo(202);
  }
}
