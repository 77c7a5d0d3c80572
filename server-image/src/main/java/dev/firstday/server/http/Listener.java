package dev.firstday.server.http;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.util.concurrent.atomic.AtomicInteger;

/** The two ports of a server. */
public final class Listener {
  private static final int MAX_PATH_BYTES = 8192;

  /** A negative number is to Vert.x a free port, the same one for all that say that number. */
  private static final AtomicInteger FREE_PORTS = new AtomicInteger();

  private final Vertx vertx;
  private final ServerSettings settings;

  public Listener(Vertx vertx, ServerSettings settings) {
    this.vertx = vertx;
    this.settings = settings;
  }

  /**
   * Listens on the port of the protocol, for a handler whose state belongs to one event loop, and
   * gives the port.
   */
  public Future<Integer> protocol(Handler<HttpServerRequest> handler) {
    return listen(handler, settings.httpPort());
  }

  /**
   * Listens on the port of the protocol and gives the port. Connections go to an event loop for
   * each processor in turn: with one, a server uses one processor alone.
   *
   * @param handler is called by several threads
   */
  public Future<Integer> protocolOnAllProcessors(Handler<HttpServerRequest> handler) {
    Promise<Integer> port = Promise.promise();
    HttpServerOptions options =
        options(settings.httpPort() == 0 ? FREE_PORTS.decrementAndGet() : settings.httpPort());
    return vertx
        .deployVerticle(
            () -> new Sharer(options, handler, port),
            new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors()))
        .compose(deployed -> port.future());
  }

  /** Listens on the port of health, metrics and administration and gives the port. */
  public Future<Integer> admin(Router router) {
    return listen(router, settings.adminPort());
  }

  private Future<Integer> listen(Handler<HttpServerRequest> handler, int port) {
    return listen(vertx, options(port), handler);
  }

  private static Future<Integer> listen(
      Vertx vertx, HttpServerOptions options, Handler<HttpServerRequest> handler) {
    return vertx
        .createHttpServer(options)
        .connectionHandler(Flushes::consolidate)
        .requestHandler(handler)
        .listen()
        .map(HttpServer::actualPort);
  }

  private HttpServerOptions options(int port) {
    return new HttpServerOptions()
        .setHost(settings.bindAddress())
        .setPort(port)
        .setTcpNoDelay(true)
        .setDecompressionSupported(true)
        // nobody speaks WebSocket here, and two handlers would look at each request for it
        .setPerFrameWebSocketCompressionSupported(false)
        .setPerMessageWebSocketCompressionSupported(false)
        .setMaxInitialLineLength(MAX_PATH_BYTES);
  }

  /** One of the servers that share a port, each on an event loop of its own. */
  private static final class Sharer extends AbstractVerticle {
    private final HttpServerOptions options;
    private final Handler<HttpServerRequest> handler;
    private final Promise<Integer> port;

    Sharer(HttpServerOptions options, Handler<HttpServerRequest> handler, Promise<Integer> port) {
      this.options = options;
      this.handler = handler;
      this.port = port;
    }

    @Override
    public void start(Promise<Void> started) {
      listen(vertx, options, handler)
          .onSuccess(port::tryComplete)
          .<Void>mapEmpty()
          .onComplete(started);
    }
  }
}
