package dev.firstday.server.route;

import dev.firstday.contract.Routes;
import dev.firstday.server.http.Call;
import dev.firstday.server.http.Flushes;
import dev.firstday.server.http.RequestIds;
import dev.firstday.server.v2.Encoded;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Sends requests to versions, over a bounded number of connections of its own, so that who else is
 * slow cannot take them.
 */
final class HttpBackendClient implements BackendClient {
  private static final int CONNECT_TIMEOUT_MILLIS = 2_000;
  private static final int DEFAULT_PORT = 80;

  /**
   * One look at all of them now and then, since two timers a request are a twentieth of its cost.
   */
  private static final long LATE_EVERY_MILLIS = 50;

  private final HttpClient http;
  private final Duration timeout;
  private final int adminPort;
  private final Set<Exchange> underWay = ConcurrentHashMap.newKeySet();
  private volatile Base latest = new Base("", null);

  /** A version's base address, read once: a client is mostly asked for the same. */
  private record Base(String url, URI address) {}

  /**
   * @param connections at most, to one version
   * @param waiting requests that may wait for a connection; more fail at once
   * @param timeout of one request
   * @param adminPort of the versions
   */
  HttpBackendClient(Vertx vertx, int connections, int waiting, Duration timeout, int adminPort) {
    this.http =
        vertx
            .httpClientBuilder()
            .with(
                new HttpClientOptions()
                    .setConnectTimeout(CONNECT_TIMEOUT_MILLIS)
                    .setTcpNoDelay(true))
            // where there are such options, those of the client say nothing of the queue
            .with(new PoolOptions().setHttp1MaxSize(connections).setMaxWaitQueueSize(waiting))
            .withConnectHandler(Flushes::consolidate)
            .build();
    this.timeout = timeout;
    this.adminPort = adminPort;
    vertx.setPeriodic(
        LATE_EVERY_MILLIS, id -> underWay.forEach(exchange -> exchange.endAfter(timeout)));
  }

  @Override
  public Future<Outcome> infer(Routes.Backend backend, Call call) {
    return send(
        options(address(backend), "/v2/models/" + call.model() + "/infer", HttpMethod.POST),
        request -> withHeaders(request, call).send(call.body()));
  }

  private static HttpClientRequest withHeaders(HttpClientRequest request, Call call) {
    request.putHeader(RequestIds.HEADER, call.id());
    if (call.contentType() != null) {
      request.putHeader(HttpHeaders.CONTENT_TYPE, call.contentType());
    }
    if (call.jsonLength() != null) {
      request.putHeader(Encoded.LENGTH_HEADER, call.jsonLength());
    }
    return request;
  }

  @Override
  public Future<Outcome> getModel(Routes.Backend backend, String model, String path) {
    return send(
        options(address(backend), "/v2/models/" + model + path, HttpMethod.GET),
        HttpClientRequest::send);
  }

  @Override
  public Future<Outcome> getGolden(Routes.Backend backend) {
    return send(
        options(address(backend), "/admin/golden", HttpMethod.GET).setPort(adminPort),
        HttpClientRequest::send);
  }

  private URI address(Routes.Backend backend) {
    Base base = latest;
    if (!base.url().equals(backend.url())) {
      base = new Base(backend.url(), URI.create(backend.url()));
      latest = base;
    }
    return base.address();
  }

  private RequestOptions options(URI address, String path, HttpMethod method) {
    return new RequestOptions()
        .setHost(address.getHost())
        .setPort(address.getPort() < 0 ? DEFAULT_PORT : address.getPort())
        .setURI(path)
        .setMethod(method)
        .setConnectTimeout(timeout.toMillis());
  }

  private Future<Outcome> send(
      RequestOptions options, Function<HttpClientRequest, Future<HttpClientResponse>> sending) {
    Exchange exchange = new Exchange();
    underWay.add(exchange);
    return exchange.over(http, options, sending).onSuccess(outcome -> underWay.remove(exchange));
  }
}
