package dev.firstday.operator.deployment.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrometheusClientTest {
  private static final String VECTOR =
      """
      {"status":"success","data":{"resultType":"vector","result":[%s]}}""";

  private final List<String> requests = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private volatile int status = 200;
  private volatile String answer = VECTOR.formatted("");

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void theOnlySeriesOfAVectorIsTheNumber() {
    answer = VECTOR.formatted(series("0.25"));

    assertThat(ask("sum(rate(x{a=\"b c\"}[5m]))")).isEqualTo(new MetricAnswer.Value(0.25));
    assertThat(requests).containsExactly("POST /api/v1/query query=sum(rate(x{a=\"b c\"}[5m]))");
  }

  @Test
  void aScalarIsTheNumber() {
    answer =
        """
        {"status":"success","data":{"resultType":"scalar","result":[1700000000.1,"3"]}}""";

    assertThat(ask("scalar(x)")).isEqualTo(new MetricAnswer.Value(3));
  }

  @ParameterizedTest
  @CsvSource({"NaN", "+Inf", "-Inf"})
  void whatIsNoNumberIsNoData(String value) {
    answer = VECTOR.formatted(series(value));

    assertThat(ask("x")).isEqualTo(new MetricAnswer.NoData("the query gives " + value));
  }

  @Test
  void noSeriesAndSeveralAreNoData() {
    assertThat(ask("x").words()).isEqualTo("the query gives no series");
    answer = VECTOR.formatted(series("1") + "," + series("2"));
    assertThat(ask("x").words()).isEqualTo("the query gives 2 series, not one");
  }

  @Test
  void aQueryThatIsRefusedIsNoDataWithTheReason() {
    status = 400;
    answer =
        """
        {"status":"error","errorType":"bad_data","error":"parse error: unexpected end"}""";

    assertThat(ask("sum("))
        .isEqualTo(
            new MetricAnswer.NoData("Prometheus refuses the query: parse error: unexpected end"));
  }

  @Test
  void anAnswerThatIsNotPrometheusIsNoData() {
    status = 502;
    answer = "<html>";

    assertThat(ask("x").words()).isEqualTo("Prometheus answers with HTTP status 502 and no JSON");
  }

  @Test
  void nobodyThereAndOneThatHangsAreNoData() throws IOException {
    try (var hanging = new ServerSocket()) {
      hanging.bind(new InetSocketAddress("127.0.0.1", 0));
      String url = "http://127.0.0.1:" + hanging.getLocalPort();
      assertThat(new PrometheusClient(url).query(Map.of("a", "x")).get("a").words())
          .contains("does not answer");
    }
    server.stop(0);
    assertThat(ask("x").words()).contains("does not answer");
  }

  @Test
  void withoutAPrometheusTheCureIsTold() {
    assertThat(new PrometheusClient("").query(Map.of("a", "x")).get("a").words())
        .contains("prometheus.url");
  }

  private MetricAnswer ask(String query) {
    return new PrometheusClient("http://127.0.0.1:" + server.getAddress().getPort() + "/")
        .query(Map.of("mine", query))
        .get("mine");
  }

  private static String series(String value) {
    return "{\"metric\":{},\"value\":[1700000000,\"%s\"]}".formatted(value);
  }

  private void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    requests.add(
        "%s %s %s"
            .formatted(
                exchange.getRequestMethod(),
                exchange.getRequestURI(),
                URLDecoder.decode(body, StandardCharsets.UTF_8)));
    byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
