package dev.firstday.server.route;

import dev.firstday.server.v2.Encoded;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
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
  private final Promise<Outcome> outcome = Promise.promise();
  private volatile HttpClientRequest request;
  private volatile boolean late;

  /**
   * @param sending writes the headers and the body
   * @return never a failed future: what went wrong is an outcome
   */
  Future<Outcome> over(
      HttpClient http,
      RequestOptions options,
      Function<HttpClientRequest, Future<HttpClientResponse>> sending) {
    Future.succeededFuture(options)
        .compose(http::request)
        .compose(
            connected -> {
              request = connected;
              return sending.apply(connected);
            })
        .onComplete(this::read, this::failed);
    return outcome.future();
  }

  private void read(HttpClientResponse response) {
    response.body().onComplete(body -> answered(response, body), this::failed);
  }

  private void answered(HttpClientResponse response, Buffer body) {
    outcome.tryComplete(
        new Outcome.Answered(
            response.statusCode(),
            response.getHeader(HttpHeaders.CONTENT_TYPE),
            response.getHeader(Encoded.LENGTH_HEADER),
            body,
            nanos()));
  }

  private void failed(Throwable failure) {
    outcome.tryComplete(
        new Outcome.Unreachable(
            String.valueOf(failure.getMessage()),
            late || failure instanceof TimeoutException,
            nanos()));
  }

  private long nanos() {
    return System.nanoTime() - start;
  }

  /** Breaks it off if all of it, the body too, has taken longer than that. */
  void endAfter(Duration timeout) {
    HttpClientRequest sent = request;
    if (sent != null && !late && nanos() > timeout.toNanos()) {
      late = true;
      sent.reset(0, new TimeoutException("no answer within " + timeout.toMillis() + " ms"));
    }
  }
}
