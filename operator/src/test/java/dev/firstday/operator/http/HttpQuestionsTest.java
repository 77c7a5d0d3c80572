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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Servers that are not as they should be: a pod may run anybody's code. */
class HttpQuestionsTest {
  private static final int MAX_BYTES = 100_000;

  private final CountDownLatch cut = new CountDownLatch(2);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.setExecutor(threads);
    server.createContext("/good", exchange -> answer(exchange, "yes"));
    server.createContext("/endless", exchange -> write(exchange, 65_536, 0));
    server.createContext("/dripping", exchange -> write(exchange, 1, 50));
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void oneThatIsTooLongIsCutOffAndLosesItsConnection() throws InterruptedException {
    HttpQuestions questions = new HttpQuestions(Duration.ofSeconds(30), MAX_BYTES);
    Map<String, String> answers =
        questions.ask(
            Map.of(
                "good", questions.to(url("/good")).build(),
                "endless", questions.to(url("/endless")).build()),
            HttpResponse::body,
            words -> "silent: " + words);

    assertThat(answers.get("good")).isEqualTo("yes");
    assertThat(answers.get("endless")).contains("silent: ", "is longer than 100,000 bytes");
    cut.countDown();
    assertThat(cut.await(30, TimeUnit.SECONDS)).as("the connection is closed").isTrue();
  }

  @Test
  void oneThatDripsIsGivenUpAndLosesItsConnection() throws InterruptedException {
    HttpQuestions questions = new HttpQuestions(Duration.ofMillis(500), MAX_BYTES);
    Map<String, String> answers =
        questions.ask(
            Map.of("dripping", questions.to(url("/dripping")).build()),
            HttpResponse::body,
            words -> "silent: " + words);

    assertThat(answers.get("dripping")).startsWith("silent: ");
    cut.countDown();
    assertThat(cut.await(30, TimeUnit.SECONDS)).as("the connection is closed").isTrue();
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

  /** Writes until nobody reads any more, or for a minute. */
  private void write(HttpExchange exchange, int bytes, long pauseMillis) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    byte[] chunk = new byte[bytes];
    long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    try (OutputStream body = exchange.getResponseBody()) {
      while (System.nanoTime() < end) {
        body.write(chunk);
        body.flush();
        LockSupport.parkNanos(Duration.ofMillis(pauseMillis).toNanos());
      }
    } catch (IOException e) {
      cut.countDown();
    }
  }
}
