package dev.firstday.server.http;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import dev.firstday.server.grpc.GrpcAnswers;
import dev.firstday.server.grpc.GrpcRequests;
import dev.firstday.server.grpc.wire.ModelInferRequest;
import dev.firstday.server.grpc.wire.ModelInferResponse;
import dev.firstday.server.grpc.wire.ModelMetadataRequest;
import dev.firstday.server.grpc.wire.ModelMetadataResponse;
import dev.firstday.server.grpc.wire.ModelReadyRequest;
import dev.firstday.server.grpc.wire.ModelReadyResponse;
import dev.firstday.server.grpc.wire.ServerLiveRequest;
import dev.firstday.server.grpc.wire.ServerLiveResponse;
import dev.firstday.server.grpc.wire.ServerMetadataRequest;
import dev.firstday.server.grpc.wire.ServerMetadataResponse;
import dev.firstday.server.grpc.wire.ServerReadyRequest;
import dev.firstday.server.grpc.wire.ServerReadyResponse;
import dev.firstday.server.v2.Encoded;
import dev.firstday.server.v2.ProtocolException;
import dev.firstday.server.v2.ServerMetadata;
import dev.firstday.server.v2.V2;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.grpc.common.CodecException;
import io.vertx.grpc.common.GrpcMessageDecoder;
import io.vertx.grpc.common.GrpcMessageEncoder;
import io.vertx.grpc.common.InvalidMessageException;
import io.vertx.grpc.common.MessageSizeOverflowException;
import io.vertx.grpc.common.ServiceMethod;
import io.vertx.grpc.common.ServiceName;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerOptions;
import io.vertx.grpc.server.GrpcServerRequest;
import java.util.Set;

/**
 * The protocol over gRPC, on the port of REST: a call is asked of the same {@link V2Service} in the
 * same way, so that whatever holds for requests of REST holds here.
 */
public final class GrpcEndpoints {
  private static final ServiceName SERVICE = ServiceName.create("inference.GRPCInferenceService");
  private static final Set<String> CONTENT_TYPES =
      Set.of("application/grpc", "application/grpc+proto");
  private static final String NO_COMPRESSION = "identity";

  /** Typed contents of more bytes take long to read and would hold up the event loop. */
  private static final int LARGE_BYTES = 128 << 10;

  private final Vertx vertx;
  private final V2Service service;
  private final InFlight inFlight;
  private final int maxRequestBytes;

  public GrpcEndpoints(Vertx vertx, V2Service service, InFlight inFlight, int maxRequestBytes) {
    this.vertx = vertx;
    this.service = service;
    this.inFlight = inFlight;
    this.maxRequestBytes = maxRequestBytes;
  }

  /** Takes the calls of gRPC and leaves all other requests to {@code rest}. */
  public Handler<HttpServerRequest> beside(Handler<HttpServerRequest> rest) {
    GrpcServer server = server();
    return request -> {
      if (!isGrpc(request)) {
        rest.handle(request);
        return;
      }
      inFlight.enter();
      request.response().endHandler(ended -> inFlight.leave());
      request
          .response()
          .headersEndHandler(
              sending -> {
                request.response().putHeader("grpc-accept-encoding", NO_COMPRESSION);
                inFlight.askCallerOfGrpcToLeave(request);
              });
      server.handle(request);
    };
  }

  private static boolean isGrpc(HttpServerRequest request) {
    String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
    return request.version() == HttpVersion.HTTP_2
        && type != null
        && CONTENT_TYPES.contains(type.split(";", 2)[0].trim());
  }

  private GrpcServer server() {
    GrpcServer server =
        GrpcServer.server(vertx, new GrpcServerOptions().setMaxMessageSize(maxRequestBytes));
    add(
        server,
        "ServerLive",
        ServerLiveRequest.parser(),
        (caller, request) -> done(ServerLiveResponse.newBuilder().setLive(true).build()));
    add(
        server,
        "ServerReady",
        ServerReadyRequest.parser(),
        (caller, request) ->
            done(
                ServerReadyResponse.newBuilder()
                    .setReady(service.ready() && !inFlight.draining())
                    .build()));
    add(
        server,
        "ServerMetadata",
        ServerMetadataRequest.parser(),
        (caller, request) -> done(metadata()));
    add(server, "ModelReady", ModelReadyRequest.parser(), this::modelReady);
    add(server, "ModelMetadata", ModelMetadataRequest.parser(), this::modelMetadata);
    add(server, "ModelInfer", ModelInferRequest.parser(), this::infer);
    return server;
  }

  private static <A> Future<GrpcAnswer<A>> done(A message) {
    return Future.succeededFuture(GrpcAnswer.ok(message));
  }

  private ServerMetadataResponse metadata() {
    ServerMetadata metadata = service.metadata();
    return ServerMetadataResponse.newBuilder()
        .setName(metadata.name())
        .setVersion(metadata.version())
        .addAllExtensions(metadata.extensions())
        .build();
  }

  private Future<GrpcAnswer<ModelReadyResponse>> modelReady(
      Caller caller, ModelReadyRequest request) {
    Call call = caller.asks(request.getName(), request.getVersion());
    return V2Endpoints.ask(() -> service.modelReady(call))
        .map(
            reply ->
                reply.status() == 503
                    ? GrpcAnswer.ok(ModelReadyResponse.getDefaultInstance())
                    : GrpcAnswer.of(
                        reply, good -> ModelReadyResponse.newBuilder().setReady(true).build()));
  }

  private Future<GrpcAnswer<ModelMetadataResponse>> modelMetadata(
      Caller caller, ModelMetadataRequest request) {
    Call call = caller.asks(request.getName(), request.getVersion());
    return V2Endpoints.ask(() -> service.modelMetadata(call))
        .map(
            reply ->
                GrpcAnswer.of(
                    reply, good -> GrpcAnswers.of(V2.readModelMetadata(good.body().getBytes()))));
  }

  private Future<GrpcAnswer<ModelInferResponse>> infer(Caller caller, ModelInferRequest request) {
    Future<Encoded> encoded =
        request.getSerializedSize() > LARGE_BYTES
            ? vertx.executeBlocking(() -> encode(request), false)
            : Future.succeededFuture(encode(request));
    return encoded
        .map(body -> caller.asks(request.getModelName(), request.getModelVersion(), body))
        .compose(call -> V2Endpoints.ask(() -> service.infer(call)))
        .map(reply -> GrpcAnswer.of(reply, good -> read(good, GrpcRequests.isRaw(request))));
  }

  /** Small numbers are smaller in typed contents than anywhere else. */
  private Encoded encode(ModelInferRequest request) {
    Encoded encoded = GrpcRequests.encode(request);
    if (encoded.body().length > maxRequestBytes) {
      throw ProtocolException.tooLarge(maxRequestBytes);
    }
    return encoded;
  }

  private static ModelInferResponse read(Reply reply, boolean raw) {
    try {
      return GrpcAnswers.of(
          V2.readResponse(reply.body().getBytes(), reply.headers().get(Encoded.LENGTH_HEADER)),
          raw);
    } catch (ProtocolException e) {
      throw new ProtocolException(500, "the version's answer cannot be read: " + e.getMessage());
    }
  }

  private <Q, A extends MessageLite> void add(
      GrpcServer server, String method, Parser<Q> parser, Work<Q, A> work) {
    ServiceMethod<Q, A> described =
        ServiceMethod.server(SERVICE, method, GrpcMessageEncoder.encoder(), decoder(parser));
    server.callHandler(
        described,
        request -> {
          Caller caller = Caller.of(request);
          request.response().headers().set(RequestIds.HEADER, caller.id());
          message(request)
              .compose(message -> work.answer(caller, message))
              .otherwise(
                  failure ->
                      GrpcAnswer.of(Reply.error(V2Endpoints.protocolError(failure)), good -> null))
              .onSuccess(answer -> answer.send(request.response()));
        });
  }

  private static <Q> GrpcMessageDecoder<Q> decoder(Parser<Q> parser) {
    return message -> {
      try {
        return parser.parseFrom(message.payload().getBytes());
      } catch (InvalidProtocolBufferException e) {
        throw new CodecException(e);
      }
    };
  }

  /** The one message of a call. */
  private <Q> Future<Q> message(GrpcServerRequest<Q, ?> request) {
    Promise<Q> message = Promise.promise();
    if (request.encoding() != null && !request.encoding().equals(NO_COMPRESSION)) {
      message.fail(
          new ProtocolException(
              501, "grpc-encoding '" + request.encoding() + "' is not understood; send identity"));
    }
    request.invalidMessageHandler(invalid -> message.tryFail(refusal(invalid)));
    request.handler(message::tryComplete);
    request.endHandler(
        ended -> message.tryFail(ProtocolException.badRequest("the call has no message")));
    return message.future();
  }

  private ProtocolException refusal(InvalidMessageException invalid) {
    return invalid instanceof MessageSizeOverflowException
        ? ProtocolException.tooLarge(maxRequestBytes)
        : ProtocolException.badRequest("the message is not the method's: " + invalid.getCause());
  }

  /** What a method does. */
  private interface Work<Q, A> {
    Future<GrpcAnswer<A>> answer(Caller caller, Q message);
  }

  /** What the call's metadata say of who calls; {@link Call} has the meaning. */
  private record Caller(String id, String key) {
    static Caller of(GrpcServerRequest<?, ?> request) {
      return new Caller(
          RequestIds.of(request.headers().get(RequestIds.HEADER)),
          request.headers().get(Call.KEY_HEADER));
    }

    Call asks(String model, String version) {
      return call(model, version, null, null, Buffer.buffer());
    }

    Call asks(String model, String version, Encoded body) {
      return call(
          model,
          version,
          body.contentType(),
          String.valueOf(body.jsonLength()),
          Buffer.buffer(body.body()));
    }

    private Call call(
        String model, String version, String contentType, String jsonLength, Buffer body) {
      return new Call(
          id, model, version.isEmpty() ? null : version, key, contentType, jsonLength, body);
    }
  }
}
