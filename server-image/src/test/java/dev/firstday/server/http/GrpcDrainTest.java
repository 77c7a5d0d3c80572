package dev.firstday.server.http;

import static java.net.http.HttpRequest.BodyPublishers.noBody;
import static java.net.http.HttpResponse.BodyHandlers.discarding;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.firstday.server.v2.ServerMetadata;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that stops, and its callers over HTTP/2. */
class GrpcDrainTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Buffer EMPTY_MESSAGE = Buffer.buffer(new byte[5]);

  private final Vertx vertx = Vertx.vertx();
  private final InFlight inFlight = new InFlight();
  private final Promise<Reply> answer = Promise.promise();
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger goneAway = new AtomicInteger();
  private HttpClient client;
  private int port;

  @BeforeEach
  void start() {
    ServerSettings settings =
        new ServerSettings("127.0.0.1", 0, 0, 1 << 20, Duration.ZERO, Duration.ofSeconds(10));
    V2Endpoints rest = new V2Endpoints(new Slow(), inFlight, settings.maxRequestBytes());
    GrpcEndpoints grpc = new GrpcEndpoints(vertx, new Slow(), inFlight, settings.maxRequestBytes());
    port = join(new Listener(vertx, settings).protocol(grpc.beside(rest)));
    client =
        vertx
            .httpClientBuilder()
            .with(
                new HttpClientOptions()
                    .setProtocolVersion(HttpVersion.HTTP_2)
                    .setHttp2ClearTextUpgrade(false))
            .withConnectHandler(c -> c.goAwayHandler(gone -> goneAway.incrementAndGet()))
            .build();
  }

  @AfterEach
  void stop() {
    join(vertx.close());
  }

  private static <T> T join(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }

  /** Answers when it is told to. */
  private final class Slow implements V2Service {
    @Override
    public ServerMetadata metadata() {
      return new ServerMetadata("slow", "1", List.of());
    }

    @Override
    public boolean ready() {
      return true;
    }

    @Override
    public List<String> models() {
      return List.of();
    }

    @Override
    public Future<Reply> modelMetadata(Call call) {
      return answer.future();
    }

    @Override
    public Future<Reply> modelReady(Call call) {
      return answer.future();
    }

    @Override
    public Future<Reply> infer(Call call) {
      asked.incrementAndGet();
      return answer.future();
    }
  }

  private Future<HttpClientResponse> call(String method) {
    return exchange(
        HttpMethod.POST,
        "/inference.GRPCInferenceService/" + method,
        request -> request.putHeader("content-type", "application/grpc").send(EMPTY_MESSAGE));
  }

  /** Whoever waits for the end has to wait before it can come, which no other thread can. */
  private Future<HttpClientResponse> exchange(
      HttpMethod method,
      String path,
      Function<HttpClientRequest, Future<HttpClientResponse>> sending) {
    return client
        .request(method, port, "127.0.0.1", path)
        .compose(
            request -> sending.apply(request).compose(response -> response.end().map(response)));
  }

  @Test
  void theLastCallIsWaitedForAndItsConnectionGivenUp() throws Exception {
    Future<HttpClientResponse> call = call("ModelInfer");
    await().atMost(LONG).until(() -> asked.get() == 1);
    inFlight.drain();
    assertThat(inFlight.await(Duration.ZERO, Duration.ofMillis(10))).isFalse();
    CompletableFuture<Boolean> drained =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return inFlight.await(Duration.ZERO, LONG);
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });

    answer.complete(Reply.json(404, "{\"error\":\"gone\"}".getBytes()));

    assertThat(join(call).getHeader("grpc-message")).isEqualTo("gone");
    assertThat(drained.join()).isTrue();
    await().atMost(LONG).until(() -> goneAway.get() > 0);
  }

  @Test
  void callersWhoBreakOffAreNotWaitedFor() throws Exception {
    Future<HttpClientResponse> call = call("ModelInfer");
    await().atMost(LONG).until(() -> asked.get() == 1);

    join(client.close());

    assertThat(inFlight.await(Duration.ZERO, LONG)).isTrue();
    await().atMost(LONG).until(call::failed);
  }

  @Test
  void aConnectionIsKeptUntilThen() {
    join(call("ServerLive"));
    join(call("ServerLive"));

    assertThat(goneAway.get()).isZero();
  }

  @Test
  void restOverHttp2IsToldInTheSameWay() {
    inFlight.drain();

    HttpClientResponse response =
        join(exchange(HttpMethod.GET, "/v2/health/live", HttpClientRequest::send));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.getHeader("connection")).isNull();
    await().atMost(LONG).until(() -> goneAway.get() > 0);
  }

  /** Java's client takes all that it waits for as lost when a connection is given up. */
  @Test
  void whoWaitsForAnotherAnswerOverHttp2GetsIt() {
    java.net.http.HttpClient caller = java.net.http.HttpClient.newHttpClient();
    HttpRequest.Builder request = HttpRequest.newBuilder();
    HttpRequest live = request.uri(uri("/v2/health/live")).build();
    HttpRequest slow = request.uri(uri("/v2/models/slow/infer")).POST(noBody()).build();
    assertThat(caller.sendAsync(live, discarding()).join().version())
        .isEqualTo(java.net.http.HttpClient.Version.HTTP_2);
    CompletableFuture<HttpResponse<Void>> waiting = caller.sendAsync(slow, discarding());
    await().atMost(LONG).until(() -> asked.get() == 1);

    inFlight.drain();
    assertThat(caller.sendAsync(live, discarding()).join().statusCode()).isEqualTo(200);
    answer.complete(Reply.json(200, "{}".getBytes()));

    assertThat(waiting.join().statusCode()).isEqualTo(200);
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }
}
