package dev.firstday.server.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.firstday.api.Capture;
import dev.firstday.api.Comparison;
import dev.firstday.api.GoldenCase;
import dev.firstday.api.ModelDeploymentSpec.Checks;
import dev.firstday.api.ModelDeploymentSpec.Replay;
import dev.firstday.api.PairCheck;
import dev.firstday.contract.Contract;
import dev.firstday.contract.RouterReport;
import dev.firstday.contract.Routes;
import dev.firstday.sdk.store.CaptureFiles;
import dev.firstday.server.Scrape;
import dev.firstday.server.capture.FileSize;
import dev.firstday.server.http.InFlight;
import dev.firstday.server.http.Ports;
import dev.firstday.server.http.ServerSettings;
import io.prometheus.client.CollectorRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A router on ports of its own, and a caller and an operator that speak to it. */
final class RunningRouter {
  static final Duration LONG = Duration.ofSeconds(60);
  static final String INFER = "/v2/models/delays/infer";
  static final String FEEDBACK = "/v2/models/delays/feedback";
  private static final int MAX_REQUEST_BYTES = 1 << 20;
  private static final int WARM_UP_REQUESTS = 300;

  /** On a busy machine any answer may be. */
  private static final Checks NOTHING_IS_SLOW =
      Contract.read("{\"slowFactor\":1e6,\"distribution\":{\"action\":\"warn\"}}", Checks.class);

  /** A version that is slow on purpose is within them, on a busy machine too. */
  private static final RouterServer.Timeouts TIMEOUTS =
      new RouterServer.Timeouts(Duration.ofSeconds(20), Duration.ofMillis(2500));

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final InFlight inFlight = new InFlight();
  private final RouterServer router;
  private final Ports ports;
  private long revision;

  /**
   * @param candidate whose golden requests are asked for
   */
  RunningRouter(Vertx vertx, FakeVersion candidate) throws Exception {
    this(vertx, candidate, Optional.empty(), TIMEOUTS, Peers.NONE);
  }

  /** One that is not the only one. */
  RunningRouter(Vertx vertx, FakeVersion candidate, Peers peers) throws Exception {
    this(vertx, candidate, Optional.empty(), TIMEOUTS, peers);
  }

  /** One that waits for versions so long. */
  RunningRouter(Vertx vertx, FakeVersion candidate, RouterServer.Timeouts timeouts)
      throws Exception {
    this(vertx, candidate, Optional.empty(), timeouts, Peers.NONE);
  }

  /**
   * @param files where captured requests are kept, a request a file
   */
  RunningRouter(Vertx vertx, FakeVersion candidate, Optional<CaptureFiles> files) throws Exception {
    this(vertx, candidate, files, TIMEOUTS, Peers.NONE);
  }

  private RunningRouter(
      Vertx vertx,
      FakeVersion candidate,
      Optional<CaptureFiles> files,
      RouterServer.Timeouts timeouts,
      Peers peers)
      throws Exception {
    router =
        new RouterServer(
            vertx,
            new ServerSettings(
                "127.0.0.1", 0, 0, MAX_REQUEST_BYTES, Duration.ZERO, Duration.ofSeconds(10)),
            new CollectorRegistry(),
            inFlight,
            timeouts,
            candidate.adminPort(),
            files,
            new FileSize(1, Duration.ZERO),
            peers);
    ports = router.start().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  /** As from the first moment of its end on. */
  void drain() {
    inFlight.drain();
  }

  /** As in the last moment of its end; it answers all the same. */
  void close() {
    router.close().toCompletionStage().toCompletableFuture().join();
  }

  int adminPort() {
    return ports.admin();
  }

  /** Routes that shadow as much as they give to the candidate. */
  RouterReport put(Routes.Backend stable, Routes.Backend candidate) throws Exception {
    return put(stable, candidate, candidate == null ? 0 : candidate.weight(), null);
  }

  RouterReport put(
      Routes.Backend stable, Routes.Backend candidate, int shadowPercent, Checks checks)
      throws Exception {
    return put(new Routes("delays", ++revision, stable, candidate, shadowPercent, checks));
  }

  RouterReport put(
      Routes.Backend stable,
      Routes.Backend candidate,
      int shadowPercent,
      Capture capture,
      Replay replay)
      throws Exception {
    return put(
        new Routes(
            "delays",
            ++revision,
            stable,
            candidate,
            shadowPercent,
            NOTHING_IS_SLOW,
            capture,
            replay,
            null));
  }

  /** Routes that ask for golden cases. */
  RouterReport put(Routes.Backend stable, Routes.Backend candidate, List<GoldenCase> golden)
      throws Exception {
    return put(new Routes("delays", ++revision, stable, candidate, 0, null, null, null, golden));
  }

  RouterReport put(Routes routes) throws Exception {
    HttpResponse<String> response = putRaw(Contract.write(routes));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return Contract.read(response.body(), RouterReport.class);
  }

  HttpResponse<String> putRaw(String body) throws Exception {
    return send(
        HttpRequest.newBuilder(uri(ports.admin(), "/admin/routes"))
            .PUT(HttpRequest.BodyPublishers.ofString(body)));
  }

  void readRoutes(Path file) {
    router.readRoutes(file);
  }

  RouterReport report() {
    try {
      return Contract.read(
          send(HttpRequest.newBuilder(uri(ports.admin(), "/admin/report"))).body(),
          RouterReport.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  Comparison.Tally live(PairCheck check) {
    return report().live().tally(check.word());
  }

  void awaitGolden() {
    await().atMost(LONG).until(() -> report().golden().done());
  }

  void awaitLive(Predicate<Comparison> state) {
    await().atMost(LONG).until(() -> report().live(), state);
  }

  /** A counter's value; 0 where it has none yet. */
  double metric(String series) throws Exception {
    return Scrape.value(metrics(), series);
  }

  String metrics() throws Exception {
    return send(HttpRequest.newBuilder(uri(ports.admin(), "/metrics"))).body();
  }

  /**
   * Lets stable alone answer so much that its 95th percentile is not that of a process which has
   * just begun, beside which nothing is slow; and both, until the candidate counts as warm.
   */
  void warmUp(Routes.Backend stable, Routes.Backend candidate) throws Exception {
    put(stable, candidate, 0, null);
    awaitGolden();
    for (int i = 0; i < WARM_UP_REQUESTS; i++) {
      infer();
    }
    put(stable, candidate, 100, null);
    await()
        .atMost(LONG)
        .until(
            () -> {
              infer();
              return live(PairCheck.SLOW).compared() > 0;
            });
  }

  HttpResponse<String> get(String path) throws Exception {
    return send(HttpRequest.newBuilder(uri(ports.http(), path)));
  }

  HttpResponse<String> infer(String id, String body) throws Exception {
    return send(request(INFER, body).header("X-Request-Id", id));
  }

  HttpResponse<String> infer() throws Exception {
    return post(INFER);
  }

  HttpResponse<String> post(String path) throws Exception {
    return send(request(path));
  }

  HttpResponse<String> post(String path, String body) throws Exception {
    return send(request(path, body));
  }

  HttpRequest.Builder request(String path) {
    return request(path, "{\"hour\":17}");
  }

  HttpRequest.Builder request(String path, String body) {
    return HttpRequest.newBuilder(uri(ports.http(), path))
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  CompletableFuture<HttpResponse<String>> inferAsync() {
    return client.sendAsync(request(INFER).build(), HttpResponse.BodyHandlers.ofString());
  }

  /** By a caller that stays on one version. */
  CompletableFuture<HttpResponse<String>> inferAsync(String key) {
    return client.sendAsync(
        request(INFER).header("X-Firstday-Key", key).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static URI uri(int port, String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  int port() {
    return ports.http();
  }

  static String version(HttpResponse<String> response) {
    return response.headers().firstValue("X-Firstday-Version").orElse("none");
  }

  static String id(HttpResponse<String> response) {
    return response.headers().firstValue("X-Request-Id").orElse("none");
  }
}
