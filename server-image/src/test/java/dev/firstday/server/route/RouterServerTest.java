package dev.firstday.server.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.firstday.contract.Contract;
import dev.firstday.contract.RouterReport;
import dev.firstday.contract.Routes;
import dev.firstday.server.http.InFlight;
import dev.firstday.server.http.Ports;
import dev.firstday.server.http.ServerSettings;
import io.prometheus.client.CollectorRegistry;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouterServerTest {
  private static final String INFER = "/v2/models/delays/infer";
  private static final Duration LONG = Duration.ofSeconds(60);

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final FakeVersion one = new FakeVersion(vertx, 1);
  private final FakeVersion two = new FakeVersion(vertx, 2);
  private RouterServer router;
  private Ports ports;
  private long revision;

  @BeforeEach
  void start() throws Exception {
    router =
        new RouterServer(
            vertx,
            new ServerSettings("127.0.0.1", 0, 0, 1 << 20, Duration.ZERO, Duration.ofSeconds(10)),
            new CollectorRegistry(),
            new InFlight(),
            new RouterServer.Timeouts(Duration.ofSeconds(20), Duration.ofMillis(500)),
            two.adminPort());
    ports = router.start().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  @AfterEach
  void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private RouterReport put(Routes.Backend stable, Routes.Backend candidate) throws Exception {
    return put(new Routes("delays", ++revision, stable, candidate, null));
  }

  private RouterReport put(Routes routes) throws Exception {
    HttpResponse<String> response = putRaw(Contract.write(routes));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return Contract.read(response.body(), RouterReport.class);
  }

  private HttpResponse<String> putRaw(String body) throws Exception {
    return send(
        HttpRequest.newBuilder(uri(ports.admin(), "/admin/routes"))
            .PUT(HttpRequest.BodyPublishers.ofString(body)));
  }

  private RouterReport report() {
    try {
      return Contract.read(
          send(HttpRequest.newBuilder(uri(ports.admin(), "/admin/report"))).body(),
          RouterReport.class);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send(HttpRequest.newBuilder(uri(ports.http(), path)));
  }

  private HttpResponse<String> infer() throws Exception {
    return post(INFER);
  }

  private HttpResponse<String> post(String path) throws Exception {
    return send(request(path));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(uri(ports.http(), path))
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString("{\"hour\":17}"));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static URI uri(int port, String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  private static String version(HttpResponse<String> response) {
    return response.headers().firstValue("X-Firstday-Version").orElse("none");
  }

  private void awaitGolden() {
    await().atMost(LONG).until(() -> report().golden().done());
  }

  @Test
  void withoutRoutesNothingIsReady() throws Exception {
    assertThat(get("/v2/health/live").statusCode()).isEqualTo(200);
    assertThat(get("/v2/health/ready").statusCode()).isEqualTo(503);
    assertThat(infer().statusCode()).isEqualTo(503);

    put(null, two.backend(0));

    assertThat(get("/v2/health/ready").statusCode()).isEqualTo(200);
    assertThat(infer().statusCode()).isEqualTo(503);
    assertThat(post("/v2/models/delays/versions/2/infer").statusCode()).isEqualTo(200);
  }

  @Test
  void theGreaterRevisionWins() throws Exception {
    assertThat(put(new Routes("delays", 5, one.backend(0), null, null)).revision()).isEqualTo(5);
    assertThat(put(new Routes("delays", 5, two.backend(0), null, null)).revision()).isEqualTo(5);
    assertThat(put(new Routes("delays", 4, two.backend(0), null, null)).revision()).isEqualTo(5);
    assertThat(version(infer())).isEqualTo("1");

    assertThat(put(new Routes("delays", 6, two.backend(0), null, null)).revision()).isEqualTo(6);
    assertThat(version(infer())).isEqualTo("2");
  }

  @Test
  void routesThatCannotBeReadChangeNothing() throws Exception {
    put(one.backend(0), null);

    assertThat(putRaw("nonsense").statusCode()).isEqualTo(400);
    assertThat(putRaw("{\"revision\":9}").body()).contains("model is missing");
    assertThat(putRaw("{\"model\":\"m\",\"revision\":9,\"stable\":{\"version\":1}}").body())
        .contains("stable needs url and digest");
    assertThat(version(infer())).isEqualTo("1");
  }

  @Test
  void routesToBeginWithComeFromAFile(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("routes.json");
    router.readRoutes(file);
    assertThat(infer().statusCode()).isEqualTo(503);

    Files.writeString(file, Contract.write(new Routes("delays", 1, one.backend(0), null, null)));
    router.readRoutes(file);
    assertThat(version(infer())).isEqualTo("1");
  }

  @Test
  void aVersionInThePathDecides() throws Exception {
    put(one.backend(0), two.backend(0));

    assertThat(version(post("/v2/models/delays/versions/1/infer"))).isEqualTo("1");
    assertThat(version(post("/v2/models/delays/versions/2/infer"))).isEqualTo("2");
    assertThat(post("/v2/models/delays/versions/3/infer").statusCode()).isEqualTo(404);
    assertThat(get("/v2/models/delays/versions/3").statusCode()).isEqualTo(404);
    assertThat(post("/v2/models/other/infer").statusCode()).isEqualTo(404);
    assertThat(get("/v2/models/delays").body()).contains("\"versions\":[\"1\",\"2\"]");
    assertThat(get("/v2/models/delays/versions/2").body()).contains("\"versions\":[\"2\"]");
    assertThat(get("/v2/models/delays/ready").statusCode()).isEqualTo(200);
    assertThat(get("/v2/models").body()).contains("delays");
  }

  @Test
  void goldenRequestsGoToBothBeforeCallersDo() throws Exception {
    two.does(two.says(false));
    put(one.backend(0), two.backend(0));
    awaitGolden();

    RouterReport.Comparison golden = report().golden();
    assertThat(golden.requests()).isEqualTo(3);
    assertThat(golden.rows()).isEqualTo(3);
    assertThat(golden.disagreements()).isEqualTo(3);
    assertThat(golden.errors()).isZero();
    assertThat(report().live()).isEqualTo(RouterReport.Comparison.NONE);
    assertThat(report().stableDigest()).isEqualTo("1".repeat(64));
    assertThat(report().candidateDigest()).isEqualTo("2".repeat(64));
  }

  @Test
  void withoutAStableVersionGoldenRequestsNeedGoodAnswers() throws Exception {
    two.does(two.fails(500));
    put(null, two.backend(0));
    await().atMost(LONG).until(() -> report().golden().errors() > 0);
    assertThat(report().golden().done()).isFalse();

    two.does(two.says(true));
    awaitGolden();
    assertThat(report().golden().rows()).isEqualTo(3);
    assertThat(report().golden().disagreements()).isZero();
  }

  @Test
  void aNewPairIsCountedAnew() throws Exception {
    put(one.backend(0), two.backend(0));
    awaitGolden();
    put(one.backend(0), two.backend(10));
    assertThat(report().golden().requests()).isEqualTo(3);

    put(two.backend(0), null);
    assertThat(report().golden()).isEqualTo(RouterReport.Comparison.NONE);
    assertThat(report().candidateDigest()).isNull();
  }

  @Test
  void whatTheCandidateFailsStableAnswers() throws Exception {
    put(one.backend(0), two.backend(100));
    awaitGolden();
    List<Handler<HttpServerRequest>> faults =
        List.of(two.fails(500), two.fails(503), two.fails(400), two.hangs(), two.breaksOff());
    for (var fault : faults) {
      two.does(fault);
      HttpResponse<String> response = infer();
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(version(response)).isEqualTo("1");
    }
    two.stop();
    assertThat(version(infer())).isEqualTo("1");

    await().atMost(LONG).until(() -> report().live().requests() == 6);
    assertThat(report().live().errors()).isEqualTo(6);
    assertThat(report().live().stableErrors()).isZero();
  }

  @Test
  void whatBothRefuseIsNobodysFault() throws Exception {
    put(one.backend(0), two.backend(100));
    awaitGolden();
    one.does(one.fails(400));
    two.does(two.fails(400));

    assertThat(infer().statusCode()).isEqualTo(400);
    one.does(one.fails(500));
    two.does(two.fails(500));
    assertThat(infer().statusCode()).isEqualTo(500);

    await().atMost(LONG).until(() -> report().live().stableErrors() == 1);
    assertThat(report().live().errors()).isZero();
    assertThat(report().live().requests()).isZero();
  }

  @Test
  void liveRequestsAreComparedWhicheverVersionAnswers() throws Exception {
    two.does(two.says(false));
    put(one.backend(0), two.backend(50));
    awaitGolden();
    int candidateAnswers = 0;
    for (int i = 0; i < 200; i++) {
      candidateAnswers += version(infer()).equals("2") ? 1 : 0;
    }

    assertThat(candidateAnswers).isBetween(60, 140);
    int atLeast = candidateAnswers + 10;
    await().atMost(LONG).until(() -> report().live().requests() >= atLeast);
    RouterReport.Comparison live = report().live();
    assertThat(live.disagreements()).isEqualTo(live.rows()).isEqualTo(live.requests());
    assertThat(live.errors()).isZero();
  }

  @Test
  void aSlowCandidateIsNoticed() throws Exception {
    put(one.backend(0), two.backend(100));
    awaitGolden();
    two.does(two.takes(400));
    for (int i = 0; i < 5; i++) {
      assertThat(version(infer())).isEqualTo("2");
    }

    await().atMost(LONG).until(() -> report().live().slow() == 5);
    assertThat(report().live().errors()).isZero();
  }

  @Test
  void aCandidateThatHangsDoesNotHoldUpTheOthers() throws Exception {
    put(one.backend(0), two.backend(50));
    awaitGolden();
    two.does(two.hangs());
    List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      answers.add(client.sendAsync(request(INFER).build(), HttpResponse.BodyHandlers.ofString()));
    }

    assertThat(answers).allSatisfy(a -> assertThat(a.join().statusCode()).isEqualTo(200));
    assertThat(answers).allSatisfy(a -> assertThat(version(a.join())).isEqualTo("1"));
  }

  @Test
  void noRequestIsLostWhileRoutesChange() throws Exception {
    FakeVersion three = new FakeVersion(vertx, 3);
    put(one.backend(0), two.backend(10));
    List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
    for (int round = 0; round < 20; round++) {
      for (int i = 0; i < 25; i++) {
        answers.add(client.sendAsync(request(INFER).build(), HttpResponse.BodyHandlers.ofString()));
      }
      switch (round) {
        case 4 -> put(one.backend(0), two.backend(50));
        case 8 -> {
          put(two.backend(0), null);
          one.stop();
        }
        case 12 -> put(two.backend(0), three.backend(50));
        case 16 -> put(three.backend(0), null);
        default -> answers.get(answers.size() - 1).join();
      }
    }

    assertThat(answers).allSatisfy(a -> assertThat(a.join().statusCode()).isEqualTo(200));
    assertThat(answers).extracting(a -> version(a.join())).contains("1", "2", "3");
  }

  @Test
  void aKeyStaysOnItsVersion() throws Exception {
    put(one.backend(0), two.backend(50));
    awaitGolden();
    HttpRequest request = request(INFER).header("X-Firstday-Key", "passenger-7").build();
    String first = version(client.send(request, HttpResponse.BodyHandlers.ofString()));

    for (int i = 0; i < 20; i++) {
      assertThat(version(client.send(request, HttpResponse.BodyHandlers.ofString())))
          .isEqualTo(first);
    }
  }

  @Test
  void metricsTellVariantsApart() throws Exception {
    put(one.backend(0), null);
    infer();

    assertThat(send(HttpRequest.newBuilder(uri(ports.admin(), "/metrics"))).body())
        .contains("firstday_router_requests_total{variant=\"stable\",code=\"200\",} 1.0")
        .contains("firstday_router_routes_revision 1.0");
  }
}
