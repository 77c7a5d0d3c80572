package dev.firstday.operator.deployment.routing;

import dev.firstday.api.Comparison;
import dev.firstday.contract.Contract;
import dev.firstday.contract.PodEnvironment;
import dev.firstday.contract.RouterReport;
import dev.firstday.contract.Routes;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Over HTTP, on the admin port. A router that takes longer than a second counts as silent. */
public final class HttpRouterClient implements RouterClient {
  private static final Duration TIMEOUT = Duration.ofSeconds(1);

  private final HttpClient http;
  private final int port;

  public HttpRouterClient() {
    this(PodEnvironment.ADMIN_PORT);
  }

  HttpRouterClient(int port) {
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();
    this.port = port;
  }

  @Override
  public Map<String, RouterAnswer> reports(Collection<String> addresses) {
    return all(addresses, address -> request(address, "/admin/report").GET().build());
  }

  @Override
  public Map<String, RouterAnswer> push(Collection<String> addresses, Routes routes) {
    String body = Contract.write(routes);
    return all(
        addresses,
        address ->
            request(address, "/admin/routes")
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(body))
                .build());
  }

  private Map<String, RouterAnswer> all(
      Collection<String> addresses, Function<String, HttpRequest> requestTo) {
    Map<String, CompletableFuture<RouterAnswer>> pending = new LinkedHashMap<>();
    for (String address : addresses) {
      pending.put(
          address,
          http.sendAsync(requestTo.apply(address), BodyHandlers.ofString())
              .thenApply(HttpRouterClient::read)
              .exceptionally(HttpRouterClient::silent));
    }
    Map<String, RouterAnswer> answers = new LinkedHashMap<>();
    pending.forEach((address, answer) -> answers.put(address, answer.join()));
    return answers;
  }

  private HttpRequest.Builder request(String address, String path) {
    String host = address.contains(":") ? "[" + address + "]" : address;
    return HttpRequest.newBuilder(URI.create("http://%s:%d%s".formatted(host, port, path)))
        .timeout(TIMEOUT);
  }

  private static RouterAnswer read(HttpResponse<String> response) {
    if (response.statusCode() != HttpURLConnection.HTTP_OK) {
      return new RouterAnswer.Silent("answers with HTTP status " + response.statusCode());
    }
    try {
      RouterReport report = Contract.read(response.body(), RouterReport.class);
      return report == null
          ? new RouterAnswer.Silent("answers with nothing")
          : new RouterAnswer.Reported(complete(report));
    } catch (IllegalArgumentException e) {
      return new RouterAnswer.Silent("answers with what is " + e.getMessage());
    }
  }

  private static RouterReport complete(RouterReport report) {
    return new RouterReport(
        report.instance(),
        report.revision(),
        report.stableDigest(),
        report.candidateDigest(),
        Objects.requireNonNullElse(report.golden(), Comparison.NONE),
        Objects.requireNonNullElse(report.live(), Comparison.NONE));
  }

  private static RouterAnswer silent(Throwable failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    String words =
        cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    return new RouterAnswer.Silent("does not answer: " + words);
  }
}
