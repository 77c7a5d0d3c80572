package dev.firstday.cli.apiserver;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;

/** A running API server. Everything goes through its HTTP API; there is no other door. */
public final class ApiServer implements AutoCloseable {
  private final Vertx vertx;
  private final HttpServer http;
  private final URI url;

  private ApiServer(Vertx vertx, HttpServer http, URI url) {
    this.vertx = vertx;
    this.http = http;
    this.url = url;
  }

  /**
   * Starts a server; it answers when this returns.
   *
   * @throws IOException when the port is taken or the state cannot be read
   */
  public static ApiServer start(ApiServerConfig config) throws IOException {
    Vertx vertx = Vertx.vertx();
    HttpServer http =
        vertx
            .createHttpServer(new HttpServerOptions().setHost(config.host()).setPort(config.port()))
            .requestHandler(request -> request.response().setStatusCode(404).end());
    try {
      await(http.listen());
    } catch (IOException e) {
      await(vertx.close());
      throw e;
    }
    return new ApiServer(
        vertx, http, URI.create("http://" + config.host() + ":" + http.actualPort()));
  }

  /** The address to give to clients, such as {@code http://127.0.0.1:7443}. */
  public URI url() {
    return url;
  }

  /** Writes a file that can be used as {@code KUBECONFIG}, replacing what is there. */
  public void kubeconfig(Path file) throws IOException {
    Kubeconfig.write(url, file);
  }

  /** Ends watches and connections; what was acknowledged is kept where the state is a folder. */
  @Override
  public void close() throws IOException {
    await(http.close());
    await(vertx.close());
  }

  private static void await(Future<?> future) throws IOException {
    try {
      future.toCompletionStage().toCompletableFuture().join();
    } catch (CompletionException e) {
      throw new IOException(e.getCause().getMessage(), e.getCause());
    }
  }
}
