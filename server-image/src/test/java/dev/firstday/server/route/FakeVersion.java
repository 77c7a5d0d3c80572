package dev.firstday.server.route;

import dev.firstday.contract.Routes;
import dev.firstday.server.v2.Encoded;
import dev.firstday.server.v2.Tensor;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** A version's predictor that answers as it is told, well or badly. */
final class FakeVersion {
  private static final String METADATA =
      """
      {"name":"delays","versions":["%d"],"platform":"fake","outputs":[],
       "inputs":[{"name":"hour","datatype":"FP64","shape":[-1]}],
       "properties":%s}""";
  private static final String GOLDEN =
      "[{\"id\":\"g0\",\"inputs\":[]},{\"id\":\"g1\",\"inputs\":[]},{\"id\":\"g2\",\"inputs\":[]}]";

  /** More than three times what another version takes on a machine that is busy. */
  private static final long SLOW_MILLIS = 1200;

  private static final long TRICKLE_MILLIS = 100;

  private final Vertx vertx;
  private final int version;
  private final AtomicReference<Function<String, Handler<HttpServerRequest>>> behaviour;
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicReference<String> properties = new AtomicReference<>("{\"label\":\"late\"}");
  private final AtomicReference<String> lastId = new AtomicReference<>("none");
  private final Queue<HttpServerRequest> held = new ConcurrentLinkedQueue<>();
  private volatile boolean released;
  private final HttpServer server;
  private final HttpServer admin;

  FakeVersion(Vertx vertx, int version) {
    this.vertx = vertx;
    this.version = version;
    this.behaviour = new AtomicReference<>(body -> says(true));
    this.server = await(listen(vertx, this::protocol));
    this.admin = await(listen(vertx, request -> request.response().end(GOLDEN)));
  }

  private static Future<HttpServer> listen(Vertx vertx, Handler<HttpServerRequest> handler) {
    return vertx.createHttpServer().requestHandler(handler).listen(0, "127.0.0.1");
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }

  private void protocol(HttpServerRequest request) {
    if (request.path().endsWith("/infer")) {
      request
          .body()
          .onSuccess(
              body -> {
                asked.incrementAndGet();
                lastId.set(String.valueOf(request.getHeader("X-Request-Id")));
                behaviour.get().apply(body.toString()).handle(request);
              });
    } else {
      json(request, 200, METADATA.formatted(version, properties.get()));
    }
  }

  private static void json(HttpServerRequest request, int status, String body) {
    request
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json")
        .end(body);
  }

  Handler<HttpServerRequest> says(boolean late) {
    return gives(false, Tensor.booleans("late", new boolean[] {late}));
  }

  /**
   * @param binary what JSON cannot carry, as NaN, needs it
   */
  Handler<HttpServerRequest> gives(boolean binary, Tensor... outputs) {
    Outcome.Answered answer = Made.answer(binary, outputs);
    return request -> {
      if (answer.jsonLength() != null) {
        request.response().putHeader(Encoded.LENGTH_HEADER, answer.jsonLength());
      }
      request.response().putHeader("Content-Type", answer.contentType()).end(answer.body());
    };
  }

  Handler<HttpServerRequest> fails(int status) {
    return request -> json(request, status, "{\"error\":\"broken on purpose\"}");
  }

  /** Says that all is well, and then that. */
  Handler<HttpServerRequest> garbles(String body) {
    return request -> json(request, 200, body);
  }

  Handler<HttpServerRequest> hangs() {
    return request -> {};
  }

  /** Answers nobody before {@link #release}. */
  Handler<HttpServerRequest> holds() {
    return request -> {
      held.add(request);
      if (released) {
        release();
      }
    };
  }

  /** Requests that are held. */
  int held() {
    return held.size();
  }

  /** Answers those that are held, and all that come. */
  void release() {
    does(says(true));
    released = true;
    for (HttpServerRequest next = held.poll(); next != null; next = held.poll()) {
      says(true).handle(next);
    }
  }

  /** Always a bit more of an answer, and never all of it. */
  Handler<HttpServerRequest> trickles() {
    return request -> {
      request.response().setChunked(true);
      long timer = vertx.setPeriodic(TRICKLE_MILLIS, each -> request.response().write(" "));
      request.response().closeHandler(closed -> vertx.cancelTimer(timer));
    };
  }

  Handler<HttpServerRequest> breaksOff() {
    return request -> request.connection().close();
  }

  Handler<HttpServerRequest> isSlow() {
    return request -> vertx.setTimer(SLOW_MILLIS, timer -> says(true).handle(request));
  }

  void does(Handler<HttpServerRequest> next) {
    behaviour.set(body -> next);
  }

  /** What it does depends on the body that it is sent. */
  void doesByBody(Function<String, Handler<HttpServerRequest>> next) {
    behaviour.set(next);
  }

  /** Its label is a number from now on. */
  void predictsNumber(String label, double deviation) {
    properties.set("{\"label\":\"%s\",\"label_std\":\"%s\"}".formatted(label, deviation));
  }

  /** Request id of the last request. */
  String lastId() {
    return lastId.get();
  }

  int asked() {
    return asked.get();
  }

  int adminPort() {
    return admin.actualPort();
  }

  Routes.Backend backend(int weight) {
    return new Routes.Backend(
        version,
        String.valueOf(version).repeat(64),
        "http://127.0.0.1:" + server.actualPort(),
        weight);
  }

  /** Connections are refused from now on. */
  void stop() {
    await(server.close());
  }
}
