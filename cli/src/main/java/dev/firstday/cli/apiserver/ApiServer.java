package dev.firstday.cli.apiserver;

import dev.firstday.cli.apiserver.control.Changes;
import dev.firstday.cli.apiserver.control.Controllers;
import dev.firstday.cli.apiserver.control.DefaultAccounts;
import dev.firstday.cli.apiserver.control.Draining;
import dev.firstday.cli.apiserver.control.Furniture;
import dev.firstday.cli.apiserver.control.GarbageCollector;
import dev.firstday.cli.apiserver.http.HttpApi;
import dev.firstday.cli.apiserver.kinds.KindRulebook;
import dev.firstday.cli.apiserver.objects.Deletion;
import dev.firstday.cli.apiserver.objects.Moment;
import dev.firstday.cli.apiserver.objects.ObjectApi;
import dev.firstday.cli.apiserver.schema.CelEngine;
import dev.firstday.cli.apiserver.store.FolderJournal;
import dev.firstday.cli.apiserver.store.Journal;
import dev.firstday.cli.apiserver.store.NoJournal;
import dev.firstday.cli.apiserver.store.Store;
import dev.firstday.cli.apiserver.type.BuiltIns;
import dev.firstday.cli.apiserver.type.Registry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.CompletionException;

/** A running API server. Everything goes through its HTTP API; there is no other door. */
public final class ApiServer implements AutoCloseable {
  private static final int REMEMBERED_CHANGES = 4096;
  private static final int MAX_FRAME_BYTES = 16 << 20;

  private final Store store;
  private final Controllers controllers;
  private final HttpApi api;
  private final Vertx vertx;
  private final HttpServer http;
  private final URI url;

  private ApiServer(
      Store store, Controllers controllers, HttpApi api, Vertx vertx, HttpServer http, URI url) {
    this.store = store;
    this.controllers = controllers;
    this.api = api;
    this.vertx = vertx;
    this.http = http;
    this.url = url;
  }

  /**
   * Starts a server; it answers when this returns.
   *
   * @throws IOException when the port is taken, or the state cannot be read or is in use
   */
  public static ApiServer start(ApiServerConfig config) throws IOException {
    Clock clock = Clock.systemUTC();
    CelEngine cel = new CelEngine();
    Moment moment = new Moment(clock, new SecureRandom());
    Store store = new Store(journal(config.state()), REMEMBERED_CHANGES);
    Registry registry = new Registry(store, BuiltIns.load());
    ObjectApi objects =
        new ObjectApi(store, new KindRulebook(config.clusterIps(), cel, clock), cel, moment);
    Deletion deletion = new Deletion(store, moment);
    Changes changes = new Changes(registry, objects, deletion);
    Controllers controllers =
        new Controllers(
            store,
            new GarbageCollector(store, changes),
            new Draining(store, changes),
            new DefaultAccounts(changes));
    new Furniture(changes).install();

    Vertx vertx = Vertx.vertx();
    HttpApi api = new HttpApi(vertx, store, registry, objects, deletion, config.podLogs(), clock);
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost(config.host())
            .setPort(config.port())
            .setCompressionSupported(true)
            .setMaxWebSocketFrameSize(MAX_FRAME_BYTES)
            .setMaxWebSocketMessageSize(MAX_FRAME_BYTES);
    HttpServer http = vertx.createHttpServer(options).requestHandler(api);
    try {
      await(http.listen());
    } catch (IOException e) {
      controllers.close();
      store.close();
      await(vertx.close());
      throw new IOException(
          "cannot listen on " + config.host() + ":" + config.port() + ": " + e.getMessage(), e);
    }
    URI url = URI.create("http://" + config.host() + ":" + http.actualPort());
    return new ApiServer(store, controllers, api, vertx, http, url);
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
    api.endWatches();
    await(http.close());
    controllers.close();
    await(vertx.close());
    store.close();
  }

  private static Journal journal(State state) throws IOException {
    if (state instanceof State.Folder folder) {
      return new FolderJournal(folder.directory());
    }
    return new NoJournal();
  }

  private static void await(Future<?> future) throws IOException {
    try {
      future.toCompletionStage().toCompletableFuture().join();
    } catch (CompletionException e) {
      throw new IOException(e.getCause().getMessage(), e.getCause());
    }
  }
}
