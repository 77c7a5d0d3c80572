package dev.firstday.operator.deployment.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstday.contract.Contract;
import dev.firstday.operator.http.HttpQuestions;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Prometheus' instant queries over HTTP. One that takes longer than two seconds counts as no data.
 */
public final class PrometheusClient implements MetricsClient {
  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final int MAX_BYTES = 1024 * 1024;
  private static final MetricAnswer NOWHERE =
      new MetricAnswer.NoData(
          "the operator knows no Prometheus; set prometheus.url in the chart's values");

  private final HttpQuestions questions = new HttpQuestions(TIMEOUT, MAX_BYTES);
  private final String url;

  /**
   * @param url where Prometheus is, as {@code http://prometheus:9090}; empty: nowhere
   */
  public PrometheusClient(String url) {
    this.url = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }

  @Override
  public Map<String, MetricAnswer> query(Map<String, String> queries) {
    if (url.isEmpty()) {
      return queries.keySet().stream().collect(Collectors.toMap(name -> name, name -> NOWHERE));
    }
    Map<String, HttpRequest> requests = new LinkedHashMap<>();
    queries.forEach((name, query) -> requests.put(name, request(query)));
    return questions.ask(
        requests,
        PrometheusClient::read,
        words -> new MetricAnswer.NoData("Prometheus does not answer: " + words));
  }

  private HttpRequest request(String query) {
    return questions
        .to(url + "/api/v1/query")
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(BodyPublishers.ofString("query=" + URLEncoder.encode(query, StandardCharsets.UTF_8)))
        .build();
  }

  private static MetricAnswer read(HttpResponse<String> response) {
    JsonNode answer;
    try {
      answer = Contract.read(response.body(), JsonNode.class);
    } catch (IllegalArgumentException e) {
      return new MetricAnswer.NoData(
          "Prometheus answers with HTTP status %d and no JSON".formatted(response.statusCode()));
    }
    if (!answer.path("status").asText().equals("success")) {
      return new MetricAnswer.NoData(
          "Prometheus refuses the query: " + answer.path("error").asText("it does not say why"));
    }
    return number(answer.path("data"));
  }

  /** A scalar, or the only series of a vector: {@code [time, "value"]}. */
  private static MetricAnswer number(JsonNode data) {
    JsonNode result = data.path("result");
    if (data.path("resultType").asText().equals("scalar")) {
      return number(result.path(1).asText());
    }
    return switch (result.size()) {
      case 0 -> new MetricAnswer.NoData("the query gives no series");
      case 1 -> number(result.path(0).path("value").path(1).asText());
      default ->
          new MetricAnswer.NoData("the query gives %d series, not one".formatted(result.size()));
    };
  }

  private static MetricAnswer number(String text) {
    try {
      double value = Double.parseDouble(text);
      return Double.isFinite(value)
          ? new MetricAnswer.Value(value)
          : new MetricAnswer.NoData("the query gives " + text);
    } catch (NumberFormatException e) {
      // Prometheus writes infinities as +Inf and -Inf
      return new MetricAnswer.NoData("the query gives " + text);
    }
  }
}
