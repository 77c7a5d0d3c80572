package dev.firstday.server.route;

import static dev.firstday.server.route.Made.late;
import static dev.firstday.server.route.Made.probability;
import static dev.firstday.server.route.RunningRouter.INFER;
import static dev.firstday.server.route.RunningRouter.LONG;
import static dev.firstday.server.route.RunningRouter.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.firstday.api.Comparison;
import dev.firstday.api.PairCheck;
import dev.firstday.contract.Contract;
import dev.firstday.contract.Routes;
import dev.firstday.server.MetricsTable;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouterServerTest {
  private static final String ERRORS = PairCheck.ERRORS.word();
  private static final String DISAGREEMENT = PairCheck.DISAGREEMENT.word();

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

  @Test
  void withoutRoutesNothingIsReady() throws Exception {
    assertThat(router.get("/v2/health/live").statusCode()).isEqualTo(200);
    assertThat(router.get("/v2/health/ready").statusCode()).isEqualTo(503);
    assertThat(router.infer().statusCode()).isEqualTo(503);

    router.put(null, two.backend(0));

    assertThat(router.get("/v2/health/ready").statusCode()).isEqualTo(200);
    assertThat(router.infer().statusCode()).isEqualTo(503);
    assertThat(router.post("/v2/models/delays/versions/2/infer").statusCode()).isEqualTo(200);
  }

  @Test
  void theGreaterRevisionWins() throws Exception {
    assertThat(router.put(new Routes("delays", 5, one.backend(0), null, 0, null)).revision())
        .isEqualTo(5);
    assertThat(router.put(new Routes("delays", 5, two.backend(0), null, 0, null)).revision())
        .isEqualTo(5);
    assertThat(router.put(new Routes("delays", 4, two.backend(0), null, 0, null)).revision())
        .isEqualTo(5);
    assertThat(version(router.infer())).isEqualTo("1");

    assertThat(router.put(new Routes("delays", 6, two.backend(0), null, 0, null)).revision())
        .isEqualTo(6);
    assertThat(version(router.infer())).isEqualTo("2");
  }

  @Test
  void routesThatCannotBeReadChangeNothing() throws Exception {
    router.put(one.backend(0), null);

    assertThat(router.putRaw("nonsense").statusCode()).isEqualTo(400);
    assertThat(router.putRaw("{\"revision\":9}").body()).contains("model is missing");
    assertThat(router.putRaw("{\"model\":\"m\",\"revision\":9,\"stable\":{\"version\":1}}").body())
        .contains("stable needs url and digest");
    assertThat(router.putRaw("{\"model\":\"m\",\"revision\":9,\"capture\":{}}").body())
        .contains("capture lacks a value");
    assertThat(router.putRaw("{\"model\":\"m\",\"revision\":9,\"replay\":{}}").body())
        .contains("replay lacks a value");
    assertThat(version(router.infer())).isEqualTo("1");
  }

  @Test
  void routesToBeginWithComeFromAFile(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("routes.json");
    router.readRoutes(file);
    assertThat(router.infer().statusCode()).isEqualTo(503);

    Files.writeString(file, Contract.write(new Routes("delays", 1, one.backend(0), null, 0, null)));
    router.readRoutes(file);
    assertThat(version(router.infer())).isEqualTo("1");
  }

  @Test
  void aVersionInThePathDecides() throws Exception {
    router.put(one.backend(0), two.backend(0));

    assertThat(version(router.post("/v2/models/delays/versions/1/infer"))).isEqualTo("1");
    assertThat(version(router.post("/v2/models/delays/versions/2/infer"))).isEqualTo("2");
    assertThat(router.post("/v2/models/delays/versions/3/infer").statusCode()).isEqualTo(404);
    assertThat(router.get("/v2/models/delays/versions/3").statusCode()).isEqualTo(404);
    assertThat(router.post("/v2/models/other/infer").statusCode()).isEqualTo(404);
    assertThat(router.get("/v2/models/delays").body()).contains("\"versions\":[\"1\",\"2\"]");
    assertThat(router.get("/v2/models/delays/versions/2").body()).contains("\"versions\":[\"2\"]");
    assertThat(router.get("/v2/models/delays/ready").statusCode()).isEqualTo(200);
    assertThat(router.get("/v2/models").body()).contains("delays");
  }

  @Test
  void whoAsksForAVersionThatDoesNotAnswerIsToldSo() throws Exception {
    router.put(one.backend(0), two.backend(0));
    two.does(two.hangs());

    HttpResponse<String> response = router.post("/v2/models/delays/versions/2/infer");

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.body()).contains("version 2 cannot be reached: no answer within 2500 ms");
  }

  @Test
  void goldenRequestsGoToBothBeforeCallersDo() throws Exception {
    two.does(two.says(false));
    router.put(one.backend(0), two.backend(0));
    router.awaitGolden();

    Comparison golden = router.report().golden();
    assertThat(golden.requests()).isEqualTo(3);
    assertThat(golden.tally(DISAGREEMENT))
        .isEqualTo(new Comparison.Tally(3, 3, List.of("g2", "g1", "g0")));
    assertThat(golden.tally(ERRORS)).isEqualTo(new Comparison.Tally(3, 0, List.of()));
    assertThat(router.report().live()).isEqualTo(Comparison.NONE);
    assertThat(router.report().stableDigest()).isEqualTo("1".repeat(64));
    assertThat(router.report().candidateDigest()).isEqualTo("2".repeat(64));
  }

  @Test
  void aGoldenRequestThatTheCandidateFailsIsAskedAgainBeforeItCounts() throws Exception {
    AtomicInteger failures = new AtomicInteger();
    two.doesByBody(
        body ->
            body.contains("g0") || body.contains("g1") && failures.getAndIncrement() < 3
                ? two.fails(503)
                : two.says(true));
    router.put(one.backend(100), two.backend(0));
    router.awaitGolden();

    assertThat(router.report().golden().tally(ERRORS))
        .isEqualTo(new Comparison.Tally(3, 1, List.of("g0")));
    assertThat(failures).hasValue(4);
  }

  @Test
  void aCandidateWhosePodComesBackIsNotBlamedForHavingGone() throws Exception {
    AtomicInteger broken = new AtomicInteger();
    two.doesByBody(
        body ->
            body.contains("g1") && broken.getAndIncrement() < 7 ? two.breaksOff() : two.says(true));
    router.put(one.backend(100), two.backend(0));
    router.awaitGolden();

    assertThat(router.report().golden().tally(ERRORS))
        .isEqualTo(new Comparison.Tally(3, 0, List.of()));
    assertThat(broken.get()).isGreaterThan(7);
  }

  @Test
  void withoutAStableVersionGoldenRequestsNeedGoodAnswers() throws Exception {
    two.does(two.fails(500));
    router.put(null, two.backend(0));
    await().atMost(LONG).until(() -> router.report().golden().tally(ERRORS).bad() > 0);
    assertThat(router.report().golden().done()).isFalse();

    two.does(two.says(true));
    router.awaitGolden();
    Comparison golden = router.report().golden();
    assertThat(golden.requests() - golden.tally(ERRORS).bad()).isEqualTo(3);
    assertThat(golden.tally(DISAGREEMENT).compared()).isZero();
  }

  @Test
  void aNewPairIsCountedAnew() throws Exception {
    router.put(one.backend(0), two.backend(0));
    router.awaitGolden();
    router.put(one.backend(0), two.backend(10));
    assertThat(router.report().golden().requests()).isEqualTo(3);

    router.put(two.backend(0), null);
    assertThat(router.report().golden()).isEqualTo(Comparison.NONE);
    assertThat(router.report().candidateDigest()).isNull();
  }

  @Test
  void whatTheCandidateFailsStableAnswers() throws Exception {
    router.put(one.backend(0), two.backend(100));
    router.awaitGolden();
    List<Handler<HttpServerRequest>> faults =
        List.of(two.fails(500), two.fails(503), two.fails(400), two.hangs(), two.breaksOff());
    for (var fault : faults) {
      two.does(fault);
      HttpResponse<String> response = router.infer();
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(version(response)).isEqualTo("1");
    }
    two.stop();
    assertThat(version(router.infer())).isEqualTo("1");

    await().atMost(LONG).until(() -> router.report().live().requests() == 6);
    assertThat(router.live(PairCheck.ERRORS).bad()).isEqualTo(5);
    assertThat(router.live(PairCheck.TIMEOUTS).bad()).isEqualTo(1);
    assertThat(router.report().live().stableErrors()).isZero();
  }

  @Test
  void whatNobodyCanUseOfTheCandidatesAnswersStableAnswers() throws Exception {
    router.put(one.backend(0), two.backend(100));
    router.awaitGolden();
    List<Handler<HttpServerRequest>> garbage =
        List.of(
            two.garbles("{\"outputs\": [" + "\u0000"),
            two.garbles("[" + "1,".repeat(Outcome.SMALL_BYTES)),
            two.garbles("{}"),
            two.gives(true, late(true), probability(Double.NaN)));
    for (var answer : garbage) {
      two.does(answer);
      HttpResponse<String> response = router.infer();
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(version(response)).isEqualTo("1");
    }

    await().atMost(LONG).until(() -> router.report().live().requests() == garbage.size());
    assertThat(router.live(PairCheck.NON_FINITE).bad()).isEqualTo(garbage.size());
  }

  @Test
  void whatBothRefuseIsNobodysFault() throws Exception {
    router.put(one.backend(0), two.backend(100));
    router.awaitGolden();
    one.does(one.fails(400));
    two.does(two.fails(400));

    assertThat(router.infer().statusCode()).isEqualTo(400);
    one.does(one.fails(500));
    two.does(two.fails(500));
    assertThat(router.infer().statusCode()).isEqualTo(500);
    two.does(two.says(true));
    assertThat(router.infer().statusCode()).isEqualTo(200);

    await().atMost(LONG).until(() -> router.report().live().stableErrors() == 1);
    assertThat(router.live(PairCheck.ERRORS).bad()).isZero();
    assertThat(router.report().live().requests()).isZero();
  }

  @Test
  void liveRequestsAreComparedWhicheverVersionAnswers() throws Exception {
    two.does(two.says(false));
    router.put(one.backend(0), two.backend(50));
    router.awaitGolden();
    int candidateAnswers = 0;
    for (int i = 0; i < 200; i++) {
      candidateAnswers += version(router.infer()).equals("2") ? 1 : 0;
    }

    assertThat(candidateAnswers).isBetween(60, 140);
    int atLeast = candidateAnswers + 10;
    await().atMost(LONG).until(() -> router.report().live().requests() >= atLeast);
    Comparison live = router.report().live();
    assertThat(live.tally(DISAGREEMENT).bad())
        .isEqualTo(live.tally(DISAGREEMENT).compared())
        .isEqualTo(live.requests());
    assertThat(live.tally(ERRORS).bad()).isZero();
  }

  @Test
  void aSlowCandidateIsNoticed() throws Exception {
    router.warmUp(one.backend(0), two.backend(0));
    two.does(two.isSlow());
    router.put(one.backend(0), two.backend(100));
    // a pair that a busy machine lets fall is made up for by the next
    await()
        .atMost(LONG)
        .until(
            () -> {
              assertThat(version(router.infer())).isEqualTo("2");
              return router.live(PairCheck.SLOW).bad() >= 2;
            });

    assertThat(router.live(PairCheck.ERRORS).bad()).isZero();
  }

  @Test
  void noRequestIsLostWhileRoutesChange() throws Exception {
    FakeVersion three = new FakeVersion(vertx, 3);
    router.put(one.backend(0), two.backend(10));
    List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
    for (int round = 0; round < 20; round++) {
      for (int i = 0; i < 25; i++) {
        answers.add(router.inferAsync());
      }
      switch (round) {
        case 4 -> router.put(one.backend(0), two.backend(50));
        case 8 -> {
          router.put(two.backend(0), null);
          one.stop();
        }
        case 12 -> router.put(two.backend(0), three.backend(50));
        case 16 -> router.put(three.backend(0), null);
        default -> answers.get(answers.size() - 1).join();
      }
    }

    assertThat(answers).allSatisfy(a -> assertThat(a.join().statusCode()).isEqualTo(200));
    assertThat(answers).extracting(a -> version(a.join())).contains("1", "2", "3");
  }

  @Test
  void aKeyStaysOnItsVersion() throws Exception {
    router.put(one.backend(0), two.backend(50));
    router.awaitGolden();
    HttpRequest.Builder request = router.request(INFER).header("X-Firstday-Key", "passenger-7");
    String first = version(router.send(request));

    for (int i = 0; i < 20; i++) {
      assertThat(version(router.send(request))).isEqualTo(first);
    }
  }

  @Test
  void metricsTellVariantsApart() throws Exception {
    router.put(one.backend(0), null);
    router.infer();

    assertThat(router.metrics())
        .contains("firstday_router_requests_total{variant=\"stable\",code=\"200\",} 1.0")
        .contains("firstday_router_routes_revision 1.0");
  }

  @Test
  void theTableHasWhatRoutersTell() throws Exception {
    assertThat(MetricsTable.of("Router")).isEqualTo(MetricsTable.toldIn(router.metrics()));
  }
}
