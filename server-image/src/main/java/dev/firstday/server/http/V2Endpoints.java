package dev.firstday.server.http;

import dev.firstday.server.v2.Encoded;
import dev.firstday.server.v2.ProtocolException;
import dev.firstday.server.v2.V2;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The protocol's paths, methods, media types and size cap, before any service. */
public final class V2Endpoints implements Handler<HttpServerRequest> {
  private static final Logger LOG = LoggerFactory.getLogger(V2Endpoints.class);
  private static final String INFER = "infer";
  private static final Buffer NO_BODY = Buffer.buffer(0);

  private final V2Service service;
  private final InFlight inFlight;
  private final int maxRequestBytes;
  private final Map<String, Function<Call, Future<Reply>>> actions;

  public V2Endpoints(V2Service service, InFlight inFlight, int maxRequestBytes) {
    this(service, inFlight, maxRequestBytes, Map.of());
  }

  /**
   * @param actions what is done at {@code POST /v2/models/NAME/ACTION}, beside what the protocol
   *     itself has
   */
  public V2Endpoints(
      V2Service service,
      InFlight inFlight,
      int maxRequestBytes,
      Map<String, Function<Call, Future<Reply>>> actions) {
    this.service = service;
    this.inFlight = inFlight;
    this.maxRequestBytes = maxRequestBytes;
    this.actions = Map.copyOf(actions);
  }

  @Override
  public void handle(HttpServerRequest request) {
    inFlight.enter(request);
    request.response().endHandler(ended -> inFlight.leave(request));
    // before anything can fail, so that a refusal has an id too
    String id = RequestIds.of(request.getHeader(RequestIds.HEADER));
    request.response().putHeader(RequestIds.HEADER, id);
    ask(() -> answer(request, id)).onSuccess(reply -> send(request, reply));
  }

  private Future<Reply> answer(HttpServerRequest request, String id) {
    V2Path path = V2Path.of(request.path());
    if (path.model() == null) {
      return get(request, () -> Future.succeededFuture(ofServer(path, request.path())));
    }
    return switch (path.resource()) {
      case "" -> get(request, () -> service.modelMetadata(call(request, id, path, NO_BODY)));
      case "ready" -> get(request, () -> service.modelReady(call(request, id, path, NO_BODY)));
      case INFER -> post(request, id, path, service::infer);
      default -> {
        Function<Call, Future<Reply>> action = actions.get(path.resource());
        if (action == null || path.version() != null) {
          throw V2Path.unknown(request.path());
        }
        yield post(request, id, path, action);
      }
    };
  }

  private Reply ofServer(V2Path path, String asked) {
    return switch (path.resource()) {
      case "" -> Reply.json(200, V2.write(service.metadata()));
      case "health/live" -> Reply.json(200, V2.health(null, service.ready()));
      case "health/ready" -> ready();
      case "models" -> Reply.json(200, V2.models(service.models()));
      default -> throw V2Path.unknown(asked);
    };
  }

  private Reply ready() {
    boolean ready = service.ready() && !inFlight.draining();
    return Reply.json(ready ? 200 : 503, V2.health(null, ready));
  }

  private static Future<Reply> get(HttpServerRequest request, Supplier<Future<Reply>> work) {
    return request.method() == HttpMethod.GET ? work.get() : notFor(request, HttpMethod.GET);
  }

  private Future<Reply> post(
      HttpServerRequest request, String id, V2Path path, Function<Call, Future<Reply>> work) {
    if (request.method() != HttpMethod.POST) {
      return notFor(request, HttpMethod.POST);
    }
    checkMediaType(request);
    return Bodies.read(request, maxRequestBytes)
        .compose(body -> work.apply(call(request, id, path, body)));
  }

  private static Future<Reply> notFor(HttpServerRequest request, HttpMethod allowed) {
    String message = request.method() + " is not for " + request.path() + "; it takes " + allowed;
    return Future.succeededFuture(
        Reply.error(new ProtocolException(405, message)).with("Allow", allowed.name()));
  }

  private static void checkMediaType(HttpServerRequest request) {
    String given = request.getHeader(HttpHeaders.CONTENT_TYPE);
    String type = given == null ? "" : given.split(";", 2)[0].trim().toLowerCase();
    boolean binary = request.getHeader(Encoded.LENGTH_HEADER) != null;
    if (!type.isEmpty() && !type.equals(Encoded.JSON) && !(binary && type.equals(Encoded.BINARY))) {
      throw ProtocolException.unsupportedMediaType(
          "Content-Type '"
              + given
              + "' is not understood; send application/json, or application/octet-stream"
              + " with the header "
              + Encoded.LENGTH_HEADER);
    }
  }

  private static Call call(HttpServerRequest request, String id, V2Path path, Buffer body) {
    return new Call(
        id,
        path.model(),
        path.version(),
        request.getHeader(Call.KEY_HEADER),
        request.getHeader(HttpHeaders.CONTENT_TYPE),
        request.getHeader(Encoded.LENGTH_HEADER),
        body);
  }

  /** Never a failed future: what went wrong is a reply. */
  public static Future<Reply> ask(Supplier<Future<Reply>> work) {
    Future<Reply> reply;
    try {
      reply = work.get();
    } catch (RuntimeException e) {
      reply = Future.failedFuture(e);
    }
    return reply.otherwise(failure -> Reply.error(protocolError(failure)));
  }

  static ProtocolException protocolError(Throwable failure) {
    if (failure instanceof ProtocolException error) {
      return error;
    }
    LOG.error("a request failed", failure);
    return new ProtocolException(500, "the request failed inside the server; its log says why");
  }

  private void send(HttpServerRequest request, Reply reply) {
    HttpServerResponse response = request.response();
    if (response.ended() || response.closed()) {
      return;
    }
    inFlight.askToLeave(request);
    response.setStatusCode(reply.status());
    reply.headers().forEach(response::putHeader);
    response.end(reply.body());
  }
}
