package dev.firstday.cli.apiserver.http;

import dev.firstday.cli.apiserver.PodLogs;
import dev.firstday.cli.apiserver.objects.ApiException;
import dev.firstday.cli.apiserver.objects.Deletion;
import dev.firstday.cli.apiserver.objects.ObjectApi;
import dev.firstday.cli.apiserver.store.Store;
import dev.firstday.cli.apiserver.type.Registry;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes requests and sends answers. */
public final class HttpApi implements Handler<HttpServerRequest> {
  private static final long MOST_BYTES = 3L << 20;

  private final Logger log = LoggerFactory.getLogger(HttpApi.class);
  private final Vertx vertx;
  private final Registry registry;
  private final Discovery discovery;
  private final ResourceHandler resources;
  private final Watches watches;
  private final Logs logs;

  public HttpApi(
      Vertx vertx,
      Store store,
      Registry registry,
      ObjectApi objects,
      Deletion deletion,
      PodLogs podLogs,
      Clock clock)
      throws IOException {
    this.vertx = vertx;
    this.registry = registry;
    Tables tables = new Tables(new Columns(clock));
    this.discovery = new Discovery(registry);
    this.resources =
        new ResourceHandler(
            new Bodies(ProtobufBodies.load()), objects, deletion, new Lists(store, tables), tables);
    this.watches = new Watches(vertx, store, tables);
    this.logs = new Logs(vertx, store, objects, podLogs);
  }

  /** Ends every watch, so that clients come back to whoever listens then. */
  public void endWatches() {
    watches.endAll();
  }

  @Override
  public void handle(HttpServerRequest request) {
    try {
      Doorkeeper.check(request);
    } catch (ApiException e) {
      send(request.response(), Answer.of(e));
      return;
    }
    if ("websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
      startSocket(request, call(request, Buffer.buffer()));
      return;
    }
    Buffer body = Buffer.buffer();
    request.handler(
        chunk -> {
          if (body.length() <= MOST_BYTES) {
            body.appendBuffer(chunk);
          }
        });
    request.endHandler(
        end -> {
          if (body.length() > MOST_BYTES) {
            send(request.response(), Answer.of(ApiException.tooLarge(MOST_BYTES)));
          } else {
            dispatch(request, call(request, body));
          }
        });
  }

  private void dispatch(HttpServerRequest request, Call call) {
    try {
      if (isStream(call)) {
        stream(request.response(), call);
        return;
      }
    } catch (ApiException e) {
      send(request.response(), Answer.of(e));
      return;
    } catch (IOException | NumberFormatException e) {
      send(request.response(), Answer.of(ApiException.badRequest(e.getMessage())));
      return;
    }
    vertx
        .executeBlocking(() -> answer(call), false)
        .onComplete(
            done -> {
              if (done.succeeded()) {
                send(request.response(), done.result());
              } else {
                log.error("{} {} failed", call.method(), call.path(), done.cause());
                send(
                    request.response(),
                    Answer.of(ApiException.internal(String.valueOf(done.cause()))));
              }
            });
  }

  private boolean isStream(Call call) {
    return Watches.isWanted(call)
        || (call.path().endsWith("/log")
            && Logs.isWanted(Target.parse(registry, call.path()), call));
  }

  private void stream(HttpServerResponse response, Call call) throws IOException {
    Target target = Target.parse(registry, call.path());
    if (!Watches.isWanted(call)) {
      logs.send(target, call, response);
      return;
    }
    // a request that makes no sense is refused before the response begins
    Selection.of(target, call);
    response.setChunked(true).putHeader("Content-Type", "application/json");
    response.writeHead();
    watches.start(target, call, new WatchSink.Chunks(response));
  }

  private void startSocket(HttpServerRequest request, Call call) {
    Target target;
    try {
      target = Target.parse(registry, call.path());
      Selection.of(target, call);
      if (!Watches.isWanted(call)) {
        throw ApiException.methodNotAllowed();
      }
    } catch (ApiException e) {
      send(request.response(), Answer.of(e));
      return;
    }
    request
        .toWebSocket()
        .onSuccess(socket -> watches.start(target, call, new WatchSink.Messages(socket)))
        .onFailure(e -> log.warn("no web socket for {}: {}", call.path(), e.getMessage()));
  }

  private Answer answer(Call call) {
    try {
      Optional<Answer> document =
          call.method().equals("GET") ? discovery.answer(call.path()) : Optional.empty();
      if (document.isPresent()) {
        return document.get();
      }
      Target target = Target.parse(registry, call.path());
      if (!acceptsJson(call)) {
        throw ApiException.notAcceptable();
      }
      return resources.answer(target, call);
    } catch (ApiException e) {
      return Answer.of(e);
    } catch (NumberFormatException e) {
      return Answer.of(ApiException.badRequest(e.getMessage()));
    } catch (UncheckedIOException e) {
      log.error("{} {} failed", call.method(), call.path(), e);
      return Answer.of(ApiException.internal(e.getMessage()));
    }
  }

  private static boolean acceptsJson(Call call) {
    String accept = call.header("Accept");
    return accept.isEmpty() || accept.contains("json") || accept.contains("*/*");
  }

  private static Call call(HttpServerRequest request, Buffer body) {
    String path = URLDecoder.decode(request.path().replace("+", "%2B"), StandardCharsets.UTF_8);
    return new Call(request.method().name(), path, request.params(), request.headers(), body);
  }

  private static void send(HttpServerResponse response, Answer answer) {
    if (response.closed() || response.ended()) {
      return;
    }
    response.setStatusCode(answer.code()).putHeader("Content-Type", answer.contentType());
    answer
        .warnings()
        .forEach(
            warning ->
                response
                    .headers()
                    .add("Warning", "299 - \"" + warning.replace("\"", "\\\"") + '"'));
    response.end(Buffer.buffer(answer.body()));
  }
}
