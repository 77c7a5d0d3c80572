package dev.firstday.operator.deployment.routing;

import dev.firstday.contract.Contract;
import dev.firstday.contract.PodEnvironment;
import dev.firstday.contract.RouterReport;
import dev.firstday.contract.Routes;
import dev.firstday.operator.http.HttpQuestions;
import java.net.HttpURLConnection;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** Over HTTP, on the admin port. A router that takes longer than a second counts as silent. */
public final class HttpRouterClient implements RouterClient {
  private static final Duration TIMEOUT = Duration.ofSeconds(1);
  private static final int MAX_BYTES = 4 * 1024 * 1024;

  private final HttpQuestions questions = new HttpQuestions(TIMEOUT, MAX_BYTES);
  private final int port;

  public HttpRouterClient() {
    this(PodEnvironment.ADMIN_PORT);
  }

  HttpRouterClient(int port) {
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
    Map<String, HttpRequest> requests = new LinkedHashMap<>();
    addresses.forEach(address -> requests.put(address, requestTo.apply(address)));
    return questions.ask(
        requests,
        HttpRouterClient::read,
        words -> new RouterAnswer.Silent("does not answer: " + words));
  }

  private HttpRequest.Builder request(String address, String path) {
    return questions.to(address, port, path);
  }

  private static RouterAnswer read(HttpResponse<String> response) {
    if (response.statusCode() != HttpURLConnection.HTTP_OK) {
      return new RouterAnswer.Silent("answers with HTTP status " + response.statusCode());
    }
    try {
      RouterReport report = Contract.read(response.body(), RouterReport.class);
      return report == null
          ? new RouterAnswer.Silent("answers with nothing")
          : new RouterAnswer.Reported(report.complete());
    } catch (IllegalArgumentException e) {
      return new RouterAnswer.Silent("answers with what is " + e.getMessage());
    }
  }
}
