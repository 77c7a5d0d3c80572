package dev.firstday.operator.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Servers that are not as they should be: a pod may run anybody's code. */
class HttpQuestionsTest {
  private final HttpQuestions questions = new HttpQuestions(Duration.ofMillis(500));
  private final CountDownLatch end = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.setExecutor(threads);
    server.createContext("/good", exchange -> answer(exchange, "yes"));
    server.createContext("/endless", HttpQuestionsTest::endless);
    server.createContext("/stuck", this::stuck);
    server.start();
  }

  @AfterEach
  void stop() {
    end.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void oneThatNeverStopsIsCutOffAndOneThatGetsStuckIsGivenUp() {
    Map<String, String> answers =
        questions.ask(
            Map.of(
                "good", questions.to(url("/good")).build(),
                "endless", questions.to(url("/endless")).build(),
                "stuck", questions.to(url("/stuck")).build()),
            HttpResponse::body,
            words -> "silent: " + words);

    assertThat(answers.get("good")).isEqualTo("yes");
    assertThat(answers.get("endless")).contains("silent: ", "is longer than 4,194,304 bytes");
    assertThat(answers.get("stuck")).startsWith("silent: ");
  }

  private String url(String path) {
    return "http://127.0.0.1:%d%s".formatted(server.getAddress().getPort(), path);
  }

  private static void answer(HttpExchange exchange, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, bytes.length);
    try (OutputStream body = exchange.getResponseBody()) {
      body.write(bytes);
    }
  }

  private static void endless(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    byte[] chunk = new byte[65_536];
    try (OutputStream body = exchange.getResponseBody()) {
      while (!Thread.currentThread().isInterrupted()) {
        body.write(chunk);
      }
    }
  }

  private void stuck(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 10);
    try {
      exchange.getResponseBody().write('a');
      exchange.getResponseBody().flush();
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
