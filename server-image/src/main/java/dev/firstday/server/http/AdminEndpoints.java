package dev.firstday.server.http;

import dev.firstday.server.v2.V2;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.exporter.common.TextFormat;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.function.BooleanSupplier;

/** Health and metrics, on a port that callers do not see. */
public final class AdminEndpoints {
  private final CollectorRegistry metrics;
  private final BooleanSupplier ready;

  public AdminEndpoints(CollectorRegistry metrics, BooleanSupplier ready) {
    this.metrics = metrics;
    this.ready = ready;
  }

  /** The paths that both servers have; each adds its own below {@code /admin}. */
  public Router router(Vertx vertx) {
    Router router = Router.router(vertx);
    router.get("/healthz").handler(c -> send(c, 200, true));
    router
        .get("/readyz")
        .handler(c -> send(c, ready.getAsBoolean() ? 200 : 503, ready.getAsBoolean()));
    router.get("/metrics").handler(this::metrics);
    return router;
  }

  private static void send(RoutingContext context, int status, boolean ready) {
    context
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json")
        .end(Buffer.buffer(V2.health(null, ready)));
  }

  private void metrics(RoutingContext context) {
    String type = TextFormat.chooseContentType(context.request().getHeader("Accept"));
    StringWriter text = new StringWriter();
    try {
      TextFormat.writeFormat(type, text, metrics.metricFamilySamples());
    } catch (IOException e) {
      throw new UncheckedIOException("a string could not be written", e);
    }
    context.response().putHeader("Content-Type", type).end(text.toString());
  }
}
