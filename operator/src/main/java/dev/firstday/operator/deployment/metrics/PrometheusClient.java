package dev.firstday.operator.deployment.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstday.contract.Contract;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Prometheus' instant queries over HTTP. One that takes longer than two seconds counts as no data.
 */
public final class PrometheusClient implements MetricsClient {
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();
  private final String url;

  /**
   * @param url where Prometheus is, as {@code http://prometheus:9090}; empty: nowhere
   */
  public PrometheusClient(String url) {
    this.url = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }

  @Override
  public Map<String, MetricAnswer> query(Map<String, String> queries) {
    Map<String, CompletableFuture<MetricAnswer>> pending = new LinkedHashMap<>();
    queries.forEach((name, query) -> pending.put(name, ask(query)));
    Map<String, MetricAnswer> answers = new LinkedHashMap<>();
    pending.forEach((name, answer) -> answers.put(name, answer.join()));
    return answers;
  }

  private CompletableFuture<MetricAnswer> ask(String query) {
    if (url.isEmpty()) {
      return CompletableFuture.completedFuture(
          new MetricAnswer.NoData(
              "the operator knows no Prometheus; set prometheus.url in the chart's values"));
    }
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/api/v1/query"))
            .timeout(TIMEOUT)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(
                BodyPublishers.ofString(
                    "query=" + URLEncoder.encode(query, StandardCharsets.UTF_8)))
            .build();
    return http.sendAsync(request, BodyHandlers.ofString())
        .thenApply(PrometheusClient::read)
        .exceptionally(PrometheusClient::silent);
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

  private static MetricAnswer silent(Throwable failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    return new MetricAnswer.NoData(
        "Prometheus does not answer: "
            + (cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage()));
  }
}
