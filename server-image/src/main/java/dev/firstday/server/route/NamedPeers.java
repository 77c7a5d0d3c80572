package dev.firstday.server.route;

import dev.firstday.server.http.Reply;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Routers at the addresses that a name has at the moment, asked one after the other on their admin
 * ports. This one is among them: it says as before that it does not remember, and takes nothing
 * when it ends.
 */
public final class NamedPeers implements Peers {
  private static final Logger LOG = LoggerFactory.getLogger(NamedPeers.class);
  private static final long TIMEOUT_MILLIS = 2000;

  private final Vertx vertx;
  private final HttpClient client;
  private final Callable<List<String>> addresses;
  private final int port;

  /**
   * @param name of a headless Service, which has an address for each pod
   * @param port where routers take routes, and labels from each other
   */
  public NamedPeers(Vertx vertx, String name, int port) {
    this(vertx, () -> resolve(name), port);
  }

  /**
   * @param addresses looked up anew each time; may block
   */
  NamedPeers(Vertx vertx, Callable<List<String>> addresses, int port) {
    this.vertx = vertx;
    this.client = vertx.createHttpClient();
    this.addresses = addresses;
    this.port = port;
  }

  private static List<String> resolve(String name) throws UnknownHostException {
    return Stream.of(InetAddress.getAllByName(name)).map(InetAddress::getHostAddress).toList();
  }

  @Override
  public Future<Optional<Reply>> learn(String model, Buffer labels) {
    return askInTurn(
        RouterServer.LABELS_PATH + model,
        labels,
        reply -> reply.status() != HttpURLConnection.HTTP_NOT_FOUND);
  }

  @Override
  public Future<Boolean> remember(String model, Buffer requests) {
    return askInTurn(
            RouterServer.REMEMBERED_PATH + model,
            requests,
            reply -> reply.status() == HttpURLConnection.HTTP_ACCEPTED)
        .map(Optional::isPresent);
  }

  /**
   * Until one gives an answer that will do.
   *
   * @return that answer; empty without one
   */
  private Future<Optional<Reply>> askInTurn(String path, Buffer body, Predicate<Reply> willDo) {
    return vertx
        .executeBlocking(addresses, false)
        .compose(all -> askInTurn(all, path, body, willDo))
        .otherwise(
            failure -> {
              LOG.warn("other routers cannot be asked: {}", failure.toString());
              return Optional.empty();
            });
  }

  private Future<Optional<Reply>> askInTurn(
      List<String> left, String path, Buffer body, Predicate<Reply> willDo) {
    return left.isEmpty()
        ? Future.succeededFuture(Optional.empty())
        : ask(left.get(0), path, body)
            .map(answer -> answer.filter(willDo))
            .compose(
                found ->
                    found.isPresent()
                        ? Future.succeededFuture(found)
                        : askInTurn(left.subList(1, left.size()), path, body, willDo));
  }

  /** One that is about to end, or has just ended, has no answer. */
  private Future<Optional<Reply>> ask(String address, String path, Buffer body) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setHost(address)
            .setPort(port)
            .setURI(path)
            .setTimeout(TIMEOUT_MILLIS);
    return client
        .request(options)
        .compose(request -> request.send(body))
        .compose(
            response ->
                response.body().map(said -> new Reply(response.statusCode(), Map.of(), said)))
        .map(Optional::of)
        .otherwise(
            failure -> {
              LOG.info("the router at {} is not asked: {}", address, failure.toString());
              return Optional.empty();
            });
  }
}
