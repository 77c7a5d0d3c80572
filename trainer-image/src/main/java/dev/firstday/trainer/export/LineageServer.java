package dev.firstday.trainer.export;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where events of lineage go. It is tried once, for a few seconds; whatever comes of it is in the
 * log and nowhere else, and neither credentials nor what a server answers are in the log.
 */
final class LineageServer {
  private static final Logger LOG = LoggerFactory.getLogger(LineageServer.class);
  private static final String USUAL_PATH = "/api/v1/lineage";

  private final URI endpoint;
  private final String place;
  private final Optional<String> authorization;
  private final Duration patience;

  private LineageServer(
      URI endpoint, String place, Optional<String> authorization, Duration patience) {
    this.endpoint = endpoint;
    this.place = place;
    this.authorization = authorization;
    this.patience = patience;
  }

  /**
   * @param url http(s)://[user:password@]host[:port][/path][?query]; without a path, that of
   *     OpenLineage's HTTP transport
   * @return nothing when that is no such URL, which is logged
   */
  static Optional<LineageServer> of(String url, Duration patience) {
    try {
      URI given = new URI(url.strip());
      boolean http = "http".equals(given.getScheme()) || "https".equals(given.getScheme());
      if (http && given.getHost() != null) {
        String path = given.getRawPath();
        String place =
            given.getScheme()
                + "://"
                + given.getHost()
                + (given.getPort() < 0 ? "" : ":" + given.getPort())
                + (path == null || path.isEmpty() || path.equals("/") ? USUAL_PATH : path);
        String query = given.getRawQuery() == null ? "" : "?" + given.getRawQuery();
        return Optional.of(
            new LineageServer(
                URI.create(place + query),
                place,
                Optional.ofNullable(given.getUserInfo()).map(LineageServer::basic),
                patience));
      }
    } catch (URISyntaxException e) {
      // its message holds the whole text, and so perhaps a password
      LOG.debug("not a URL");
    }
    LOG.warn(
        "no event of lineage is sent: the URL of the OpenLineage server is none; give it as"
            + " http://host:port in FIRSTDAY_OPENLINEAGE_URL");
    return Optional.empty();
  }

  private static String basic(String user) {
    return "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends an event; false, and a line in the log, when it did not arrive. */
  boolean post(String event) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint)
            .timeout(patience)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(event));
    authorization.ifPresent(value -> request.header("Authorization", value));
    CompletableFuture<HttpResponse<Void>> answer =
        HttpClient.newBuilder()
            .connectTimeout(patience)
            .build()
            .sendAsync(request.build(), HttpResponse.BodyHandlers.discarding());
    try {
      // the request's own time-out ends with the answer's head
      int status = answer.get(patience.toMillis(), TimeUnit.MILLISECONDS).statusCode();
      return status / 100 == 2 || failed("it answers " + status);
    } catch (ExecutionException e) {
      return failed(e.getCause().getClass().getSimpleName());
    } catch (TimeoutException e) {
      answer.cancel(true);
      return failed("no answer in " + patience.toMillis() + " ms");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return failed("interrupted");
    }
  }

  private boolean failed(String why) {
    LOG.warn(
        "the event of lineage did not reach {} ({}); the version is recorded all the same: is the"
            + " server up, and FIRSTDAY_OPENLINEAGE_URL right?",
        place,
        why);
    return false;
  }
}
