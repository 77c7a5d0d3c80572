package dev.firstday.operator.deployment.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.firstday.api.Comparison;
import dev.firstday.api.Comparison.Tally;
import dev.firstday.api.GoldenResults;
import dev.firstday.contract.Contract;
import dev.firstday.contract.RouterReport;
import dev.firstday.contract.Routes;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpRouterClientTest {
  private static final String HOST = "127.0.0.1";
  private static final RouterReport REPORT =
      new RouterReport(
          "a",
          7,
          "s",
          "c",
          Comparison.NONE,
          new Comparison(true, 5, 0, Map.of("slow", new Tally(5, 0, List.of()))),
          new Comparison(false, 10, 1, Map.of("errors", new Tally(10, 1, List.of("a")))),
          GoldenResults.NONE,
          "captured requests: S3 is away",
          null);
  private static final Routes ROUTES =
      new Routes(
          "late-arrival", 7, new Routes.Backend(1, "s", "http://10.0.0.1:80", 100), null, 0, null);

  private final List<String> requests = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private HttpRouterClient client;
  private volatile int status = 200;
  private volatile String answer = Contract.write(REPORT);

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(HOST, 0), 0);
    server.createContext("/", this::handle);
    server.start();
    client = new HttpRouterClient(server.getAddress().getPort());
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void readsReports() {
    assertThat(client.reports(List.of(HOST)))
        .isEqualTo(Map.of(HOST, new RouterAnswer.Reported(REPORT)));
    assertThat(requests).containsExactly("GET /admin/report ");
  }

  @Test
  void pushesRoutes() {
    assertThat(client.push(List.of(HOST), ROUTES))
        .isEqualTo(Map.of(HOST, new RouterAnswer.Reported(REPORT)));
    assertThat(requests).containsExactly("PUT /admin/routes " + Contract.write(ROUTES));
  }

  @Test
  void countsThatAreLeftOutAreZeros() {
    answer = "{\"instance\": \"a\", \"revision\": 7, \"later\": true}";

    assertThat(client.reports(List.of(HOST)))
        .isEqualTo(
            Map.of(
                HOST,
                new RouterAnswer.Reported(
                    new RouterReport(
                        "a",
                        7,
                        null,
                        null,
                        Comparison.NONE,
                        Comparison.NONE,
                        Comparison.NONE,
                        GoldenResults.NONE,
                        null,
                        null))));
  }

  @ParameterizedTest
  @CsvSource({"500, {}, status 500", "404, {}, status 404", "200, garbage, not a RouterReport"})
  void whatIsNoReportCountsAsSilence(int code, String body, String words) {
    status = code;
    answer = body;

    assertThat(client.reports(List.of(HOST)).get(HOST))
        .isInstanceOf(RouterAnswer.Silent.class)
        .satisfies(said -> assertThat(said.words()).contains(words));
  }

  @Test
  void oneThatIsNotThereDoesNotKeepTheOthersFromAnswering() {
    Map<String, RouterAnswer> answers = client.reports(List.of("127.0.0.77", HOST));

    assertThat(answers.get("127.0.0.77").words()).contains("does not answer");
    assertThat(answers.get(HOST)).isInstanceOf(RouterAnswer.Reported.class);
  }

  @Test
  void oneThatHangsIsSilent() throws IOException {
    try (var hanging = new ServerSocket()) {
      hanging.bind(new InetSocketAddress(HOST, 0));

      assertThat(new HttpRouterClient(hanging.getLocalPort()).reports(List.of(HOST)).get(HOST))
          .isInstanceOf(RouterAnswer.Silent.class);
    }
  }

  @Test
  void routesReachTheOthersWhileOneHangs() throws IOException {
    String hangs = "127.0.0.78";
    try (var hanging = new ServerSocket()) {
      hanging.bind(new InetSocketAddress(hangs, server.getAddress().getPort()));
      var pushed = CompletableFuture.supplyAsync(() -> client.push(List.of(hangs, HOST), ROUTES));

      await().pollInterval(Duration.ofMillis(5)).until(() -> !requests.isEmpty());
      assertThat(pushed).as("one is waited for").isNotDone();
      assertThat(pushed.join().get(HOST)).isInstanceOf(RouterAnswer.Reported.class);
      assertThat(pushed.join().get(hangs)).isInstanceOf(RouterAnswer.Silent.class);
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body);
    byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
