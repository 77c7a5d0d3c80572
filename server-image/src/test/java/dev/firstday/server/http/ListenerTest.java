package dev.firstday.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ListenerTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

  /** Tells on which thread it was called. */
  private static final Handler<HttpServerRequest> THREAD =
      request -> request.response().end(Thread.currentThread().getName());

  private final Vertx vertx = EventLoops.start();
  private final Listener listener =
      new Listener(vertx, new ServerSettings("127.0.0.1", 0, 0, 1 << 20, Duration.ZERO, TIMEOUT));

  @AfterEach
  void close() throws Exception {
    await(vertx.close());
  }

  @Test
  void connectionsAreDividedBetweenAllProcessors() throws Exception {
    assertThat(threads(await(listener.protocolOnAllProcessors(THREAD)))).hasSize(PROCESSORS);
  }

  @Test
  void aHandlerWithAStateOfItsOwnIsCalledOnOneThread() throws Exception {
    assertThat(threads(await(listener.protocol(THREAD)))).hasSize(1);
  }

  /** Those that answer a connection each. */
  private static Set<String> threads(int port) throws Exception {
    Set<String> threads = new TreeSet<>();
    for (int connection = 0; connection < 2 * PROCESSORS; connection++) {
      threads.add(
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port))
                      .timeout(TIMEOUT)
                      .build(),
                  HttpResponse.BodyHandlers.ofString())
              .body());
    }
    return threads;
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future
        .toCompletionStage()
        .toCompletableFuture()
        .get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
  }
}
