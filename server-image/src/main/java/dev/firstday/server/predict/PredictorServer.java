package dev.firstday.server.predict;

import dev.firstday.api.Errand.Subject;
import dev.firstday.api.Signing;
import dev.firstday.sdk.RunFailure;
import dev.firstday.sdk.artefact.LoadedModel;
import dev.firstday.sdk.artefact.ObjectSource;
import dev.firstday.sdk.store.Store;
import dev.firstday.server.http.AdminEndpoints;
import dev.firstday.server.http.GrpcEndpoints;
import dev.firstday.server.http.InFlight;
import dev.firstday.server.http.Listener;
import dev.firstday.server.http.Ports;
import dev.firstday.server.http.ServerSettings;
import dev.firstday.server.http.V2Endpoints;
import io.prometheus.client.CollectorRegistry;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A predictor: one version of a model, ready when it gives the answers it gave at training. */
public final class PredictorServer {
  private static final Logger LOG = LoggerFactory.getLogger(PredictorServer.class);

  /** As much as a busy machine takes; an idle one takes two seconds. */
  private static final Duration WARM_UP_AT_MOST = Duration.ofSeconds(5);

  static final int MAX_WAITING_ROWS = 16_384;

  private final Vertx vertx;
  private final ServerSettings settings;
  private final CollectorRegistry registry;
  private final InFlight inFlight;
  private final String name;
  private final String version;
  private final PredictorMetrics metrics;
  private final CompletableFuture<ServedModel> model = new CompletableFuture<>();
  private final PredictorService service;

  /**
   * @param name what callers call the model
   * @param version its number
   */
  public PredictorServer(
      Vertx vertx,
      ServerSettings settings,
      CollectorRegistry registry,
      InFlight inFlight,
      String name,
      String version) {
    this.vertx = vertx;
    this.settings = settings;
    this.registry = registry;
    this.inFlight = inFlight;
    this.name = name;
    this.version = version;
    this.metrics = new PredictorMetrics(registry);
    this.service = new PredictorService(vertx, name, version, model, metrics);
  }

  /** Listens on both ports; answers are 503 until {@link #load} is through. */
  public Future<Ports> start() {
    Listener listener = new Listener(vertx, settings);
    return listener
        .protocolOnAllProcessors(handler(vertx, settings, inFlight, service))
        .compose(http -> listener.admin(admin()).map(admin -> new Ports(http, admin)));
  }

  /** What answers at the port of the protocol. */
  static Handler<HttpServerRequest> handler(
      Vertx vertx, ServerSettings settings, InFlight inFlight, PredictorService service) {
    int maxBytes = settings.maxRequestBytes();
    return new GrpcEndpoints(vertx, service, inFlight, maxBytes)
        .beside(new V2Endpoints(service, inFlight, maxBytes));
  }

  /**
   * As {@link #load(String, ObjectSource)}, if the version has the signature that it has to have.
   *
   * @throws RunFailure when it has not, or the version cannot be served; the reason says why
   */
  public void load(String digest, Signing signing, Store store) {
    new SignatureGate(signing, store)
        .judge(name, new Subject(Integer.valueOf(version), digest))
        .ifPresent(state -> metrics.signed(name, version, state.signer() != null));
    load(digest, store.objects()::read);
  }

  /**
   * Fetches the version, warms it up and checks its golden rows; blocks until it is ready.
   *
   * @param digest the version's
   * @throws RunFailure when the version cannot be served; the reason says why
   */
  public void load(String digest, ObjectSource objects) {
    ServedModel served =
        new ServedModel(
            name, version, LoadedModel.open(digest, objects), MAX_WAITING_ROWS, metrics);
    try {
      WarmUpRequests.run(served, settings, WARM_UP_AT_MOST);
      double worst = GoldenCheck.run(served);
      LOG.info(
          "version {} of '{}' gives the answers it gave at training: {} golden rows, the greatest"
              + " difference is {}",
          version,
          name,
          served.loaded().golden().size(),
          worst);
    } catch (RuntimeException e) {
      served.close();
      throw e;
    }
    metrics.serves(name, version, digest);
    model.complete(served);
  }

  private Router admin() {
    Router router =
        new AdminEndpoints(registry, () -> service.ready() && !inFlight.draining()).router(vertx);
    router.get("/admin/golden").handler(this::golden);
    return router;
  }

  private void golden(RoutingContext context) {
    if (!service.ready()) {
      context.response().setStatusCode(503).end();
      return;
    }
    Buffer body = Buffer.buffer("[");
    for (byte[] request : GoldenCheck.requests(model.join())) {
      body.appendString(body.length() > 1 ? "," : "").appendBytes(request);
    }
    context.response().putHeader("Content-Type", "application/json").end(body.appendString("]"));
  }
}
