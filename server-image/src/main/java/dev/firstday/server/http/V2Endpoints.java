package dev.firstday.server.http;

import dev.firstday.server.v2.Encoded;
import dev.firstday.server.v2.ProtocolException;
import dev.firstday.server.v2.V2;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The protocol's paths, methods, media types and size cap, before any service. */
public final class V2Endpoints {
  private static final Logger LOG = LoggerFactory.getLogger(V2Endpoints.class);
  private static final String MODEL = "/v2/models/:model";
  private static final String VERSION = MODEL + "/versions/:version";

  private final V2Service service;
  private final InFlight inFlight;
  private final int maxRequestBytes;

  public V2Endpoints(V2Service service, InFlight inFlight, int maxRequestBytes) {
    this.service = service;
    this.inFlight = inFlight;
    this.maxRequestBytes = maxRequestBytes;
  }

  public Router router(Vertx vertx) {
    Router router = Router.router(vertx);
    for (int status : new int[] {400, 404, 405, 413, 414, 415, 500}) {
      router.errorHandler(status, this::fail);
    }
    router.route().handler(this::count).handler(V2Endpoints::identify);
    router.get("/v2").handler(c -> send(c, Reply.json(200, V2.write(service.metadata()))));
    router
        .get("/v2/health/live")
        .handler(c -> send(c, Reply.json(200, V2.health(null, service.ready()))));
    router.get("/v2/health/ready").handler(c -> send(c, ready()));
    router.get("/v2/models").handler(c -> send(c, Reply.json(200, V2.models(service.models()))));
    for (String path : new String[] {MODEL, VERSION}) {
      router.get(path).handler(c -> answer(c, service::modelMetadata));
      router.get(path + "/ready").handler(c -> answer(c, service::modelReady));
      post(router, path + "/infer", service::infer);
    }
    return router;
  }

  /** Adds {@code POST /v2/models/NAME/ACTION}, which the protocol itself does not have. */
  public void addAction(Router router, String action, Function<Call, Future<Reply>> work) {
    post(router, MODEL + "/" + action, work);
  }

  private void post(Router router, String path, Function<Call, Future<Reply>> work) {
    router
        .post(path)
        .handler(BodyHandler.create(false).setBodyLimit(maxRequestBytes))
        .handler(this::checkMediaType)
        .handler(c -> answer(c, work));
  }

  private Reply ready() {
    boolean ready = service.ready() && !inFlight.draining();
    return Reply.json(ready ? 200 : 503, V2.health(null, ready));
  }

  private void count(RoutingContext context) {
    inFlight.enter();
    context.addEndHandler(ended -> inFlight.leave());
    context.next();
  }

  /** Before anything can fail, so that a refusal has an id too. */
  private static void identify(RoutingContext context) {
    String id = RequestIds.of(context.request().getHeader(RequestIds.HEADER));
    context.put(RequestIds.HEADER, id);
    context.response().putHeader(RequestIds.HEADER, id);
    context.next();
  }

  private void checkMediaType(RoutingContext context) {
    String given = context.request().getHeader(HttpHeaders.CONTENT_TYPE);
    String type = given == null ? "" : given.split(";", 2)[0].trim().toLowerCase();
    boolean binary = context.request().getHeader(Encoded.LENGTH_HEADER) != null;
    if (type.isEmpty() || type.equals(Encoded.JSON) || binary && type.equals(Encoded.BINARY)) {
      context.next();
    } else {
      send(
          context,
          Reply.error(
              ProtocolException.unsupportedMediaType(
                  "Content-Type '"
                      + given
                      + "' is not understood; send application/json, or application/octet-stream"
                      + " with the header "
                      + Encoded.LENGTH_HEADER)));
    }
  }

  private void answer(RoutingContext context, Function<Call, Future<Reply>> work) {
    ask(() -> work.apply(call(context))).onSuccess(reply -> send(context, reply));
  }

  /** Never a failed future: what went wrong is a reply. */
  static Future<Reply> ask(Supplier<Future<Reply>> work) {
    Future<Reply> reply;
    try {
      reply = work.get();
    } catch (RuntimeException e) {
      reply = Future.failedFuture(e);
    }
    return reply.otherwise(failure -> Reply.error(protocolError(failure)));
  }

  private static Call call(RoutingContext context) {
    Buffer body = context.body() == null ? null : context.body().buffer();
    return new Call(
        context.get(RequestIds.HEADER),
        context.pathParam("model"),
        context.pathParam("version"),
        context.request().getHeader(Call.KEY_HEADER),
        context.request().getHeader(HttpHeaders.CONTENT_TYPE),
        context.request().getHeader(Encoded.LENGTH_HEADER),
        body == null ? Buffer.buffer() : body);
  }

  static ProtocolException protocolError(Throwable failure) {
    if (failure instanceof ProtocolException error) {
      return error;
    }
    LOG.error("a request failed", failure);
    return new ProtocolException(500, "the request failed inside the server; its log says why");
  }

  private void fail(RoutingContext context) {
    int status = context.statusCode();
    String path = context.request().path();
    String message =
        switch (status) {
          case 404 -> "nothing is at " + path + "; models are at /v2/models/NAME";
          case 405 ->
              context.request().method()
                  + " is not for "
                  + path
                  + "; infer and feedback take POST, the rest GET";
          case 413 -> ProtocolException.tooLarge(maxRequestBytes).getMessage();
          case 500 -> protocolError(context.failure()).getMessage();
          default -> "the request cannot be read";
        };
    send(context, Reply.error(new ProtocolException(status, message)));
  }

  private void send(RoutingContext context, Reply reply) {
    var response = context.response();
    if (response.ended() || response.closed()) {
      return;
    }
    inFlight.askToLeave(context.request());
    response.setStatusCode(reply.status());
    reply.headers().forEach(response::putHeader);
    response.end(reply.body());
  }
}
