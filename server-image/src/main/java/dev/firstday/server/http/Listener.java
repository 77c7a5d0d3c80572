package dev.firstday.server.http;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;

/** The two ports of a server. */
public final class Listener {
  private static final int MAX_PATH_BYTES = 8192;

  private final Vertx vertx;
  private final ServerSettings settings;

  public Listener(Vertx vertx, ServerSettings settings) {
    this.vertx = vertx;
    this.settings = settings;
  }

  /** Listens on the port of the protocol and gives the port. */
  public Future<Integer> protocol(Handler<HttpServerRequest> handler) {
    return listen(handler, settings.httpPort());
  }

  /** Listens on the port of health, metrics and administration and gives the port. */
  public Future<Integer> admin(Router router) {
    return listen(router, settings.adminPort());
  }

  private Future<Integer> listen(Handler<HttpServerRequest> handler, int port) {
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost(settings.bindAddress())
            .setPort(port)
            .setTcpNoDelay(true)
            .setDecompressionSupported(true)
            // nobody speaks WebSocket here, and two handlers would look at each request for it
            .setPerFrameWebSocketCompressionSupported(false)
            .setPerMessageWebSocketCompressionSupported(false)
            .setMaxInitialLineLength(MAX_PATH_BYTES);
    return vertx
        .createHttpServer(options)
        .connectionHandler(Flushes::consolidate)
        .requestHandler(handler)
        .listen()
        .map(HttpServer::actualPort);
  }
}
