package dev.firstday.server.route;

import dev.firstday.server.v2.Encoded;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** One request to a version, and the outcome of it. */
final class Exchange {
  private final long start = System.nanoTime();
  private volatile HttpClientRequest request;
  private volatile TimeoutException late;

  /**
   * @param sending writes the headers and the body
   * @return never a failed future: what went wrong is an outcome
   */
  Future<Outcome> over(
      HttpClient http,
      RequestOptions options,
      Function<HttpClientRequest, Future<HttpClientResponse>> sending) {
    return Future.succeededFuture(options)
        .compose(http::request)
        .compose(
            connected -> {
              request = connected;
              // in one go: whoever asks on another thread would come late to read a quick answer
              return sending.apply(connected).compose(this::read);
            })
        .otherwise(this::unreachable);
  }

  private Future<Outcome> read(HttpClientResponse response) {
    return response
        .body()
        .map(
            body ->
                new Outcome.Answered(
                    response.statusCode(),
                    response.getHeader(HttpHeaders.CONTENT_TYPE),
                    response.getHeader(Encoded.LENGTH_HEADER),
                    body,
                    nanos()));
  }

  private Outcome unreachable(Throwable failure) {
    Throwable cause = late == null ? failure : late;
    return new Outcome.Unreachable(
        String.valueOf(cause.getMessage()), cause instanceof TimeoutException, nanos());
  }

  private long nanos() {
    return System.nanoTime() - start;
  }

  /** Breaks it off if all of it, the body too, has taken longer than that. */
  void endAfter(Duration timeout) {
    HttpClientRequest sent = request;
    if (sent != null && late == null && nanos() > timeout.toNanos()) {
      late = new TimeoutException("no answer within " + timeout.toMillis() + " ms");
      sent.reset(0, late);
    }
  }
}
