package dev.firstday.operator.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class StatusServerTest {

  @Test
  void servesMetricsAndProbesAndNothingElse() throws IOException, InterruptedException {
    OperatorMetrics metrics = new OperatorMetrics(() -> 0);
    try (StatusServer server =
        new StatusServer(
            new InetSocketAddress("127.0.0.1", 0), metrics::scrape, () -> true, () -> false)) {
      assertThat(get(server, "/metrics").body()).contains("jvm_memory_bytes_used");
      assertThat(get(server, "/healthz").statusCode()).isEqualTo(200);
      assertThat(get(server, "/readyz").statusCode()).isEqualTo(503);
      assertThat(get(server, "/metrics/more").statusCode()).isEqualTo(404);
      assertThat(get(server, "/").statusCode()).isEqualTo(404);
      assertThat(get(server, "/healthz?fail=true").statusCode()).isEqualTo(200);
      assertThat(get(server, "/metrics?name[]=up").body()).contains("jvm_memory_bytes_used");
      assertThat(ask(server, "POST", "/metrics").statusCode()).isEqualTo(405);
      assertThat(ask(server, "DELETE", "/healthz").statusCode()).isEqualTo(405);
    }
  }

  private static HttpResponse<String> get(StatusServer server, String path)
      throws IOException, InterruptedException {
    return ask(server, "GET", path);
  }

  private static HttpResponse<String> ask(StatusServer server, String method, String path)
      throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(
                    URI.create("http://127.0.0.1:%d%s".formatted(server.port(), path)))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }
}
