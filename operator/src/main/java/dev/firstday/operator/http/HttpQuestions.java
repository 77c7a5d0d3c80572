package dev.firstday.operator.http;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Asks several servers at once; one that does not answer in time, or does not stop, keeps none of
 * the others.
 */
public final class HttpQuestions {

  private final HttpClient http;
  private final Duration timeout;
  private final int maxBytes;

  /**
   * @param timeout of a connection, and of the beginning of an answer; all of it may take twice
   *     that
   * @param maxBytes that an answer may have
   */
  public HttpQuestions(Duration timeout, int maxBytes) {
    this.maxBytes = maxBytes;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(timeout)
            .build();
    this.timeout = timeout;
  }

  /** A request that is answered in time or not at all. */
  public HttpRequest.Builder to(String url) {
    return HttpRequest.newBuilder(URI.create(url)).timeout(timeout);
  }

  /**
   * The same, to a pod.
   *
   * @param address IPv4 or IPv6
   */
  public HttpRequest.Builder to(String address, int port, String path) {
    String host = address.contains(":") ? "[" + address + "]" : address;
    return to("http://%s:%d%s".formatted(host, port, path));
  }

  /**
   * What becomes of each request, by its name and in their order; never fails.
   *
   * @param read what an answer says
   * @param silence what there is to say without one, from words for people
   */
  public <A> Map<String, A> ask(
      Map<String, HttpRequest> requests,
      Function<HttpResponse<String>, A> read,
      Function<String, A> silence) {
    Map<String, CompletableFuture<A>> pending = new LinkedHashMap<>();
    requests.forEach(
        (name, request) ->
            pending.put(
                name,
                answer(request)
                    .thenApply(read)
                    .exceptionally(failure -> silence.apply(words(failure)))));
    Map<String, A> answers = new LinkedHashMap<>();
    pending.forEach((name, answer) -> answers.put(name, answer.join()));
    return answers;
  }

  /** The request's own time-out ends with the first bytes of the answer; this one does not. */
  private CompletableFuture<HttpResponse<String>> answer(HttpRequest request) {
    CompletableFuture<HttpResponse<String>> exchange =
        http.sendAsync(request, head -> new LimitedText(maxBytes));
    return exchange
        .copy()
        .orTimeout(2 * timeout.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete(
            (answer, failure) -> {
              if (failure != null) {
                // closes the connection of one that would drip for ever
                exchange.cancel(true);
              }
            });
  }

  private static String words(Throwable failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
