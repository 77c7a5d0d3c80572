package dev.firstday.server.http;

import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import dev.firstday.server.grpc.wire.ModelInferRequest;
import dev.firstday.server.grpc.wire.ModelInferResponse;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientResponse;
import io.vertx.grpc.common.GrpcMessage;
import io.vertx.grpc.common.GrpcMessageDecoder;
import io.vertx.grpc.common.GrpcMessageEncoder;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.common.ServiceMethod;
import io.vertx.grpc.common.ServiceName;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Calls a server over gRPC. */
public final class GrpcCaller {
  private static final ServiceName SERVICE = ServiceName.create("inference.GRPCInferenceService");
  private static final long SECONDS = 60;

  private final GrpcClient client;
  private final SocketAddress address;

  public GrpcCaller(Vertx vertx, int port) {
    this.client = GrpcClient.client(vertx);
    this.address = SocketAddress.inetSocketAddress(port, "127.0.0.1");
  }

  /**
   * @param message null where the status is an error
   */
  public record Answer<A>(
      GrpcStatus status, String error, A message, Map<String, String> headers) {}

  public Answer<ModelInferResponse> infer(ModelInferRequest request, String... headers)
      throws Exception {
    return call("ModelInfer", request, ModelInferResponse.parser(), headers);
  }

  /**
   * @param headers name, value, name, value
   */
  public <A> Answer<A> call(String method, MessageLite message, Parser<A> parser, String... headers)
      throws Exception {
    GrpcMessage bytes = GrpcMessageEncoder.<MessageLite>encoder().encode(message);
    return send(method, bytes, GrpcMessageDecoder.decoder(parser), headers);
  }

  /** Bytes that need not be a message. */
  public Answer<Buffer> callRaw(String method, byte[] message, String... headers) throws Exception {
    GrpcMessage bytes = GrpcMessage.message("identity", Buffer.buffer(message));
    return send(method, bytes, GrpcMessageDecoder.IDENTITY, headers);
  }

  private <A> Answer<A> send(
      String method, GrpcMessage message, GrpcMessageDecoder<A> decoder, String... headers)
      throws Exception {
    ServiceMethod<A, Buffer> described =
        ServiceMethod.client(SERVICE, method, GrpcMessageEncoder.IDENTITY, decoder);
    return client
        .request(address, described)
        .compose(
            request -> {
              for (int i = 0; i < headers.length; i += 2) {
                request.headers().set(headers[i], headers[i + 1]);
              }
              request.endMessage(message);
              return request.response();
            })
        .compose(GrpcCaller::answer)
        .toCompletionStage()
        .toCompletableFuture()
        .get(SECONDS, TimeUnit.SECONDS);
  }

  private static <A> Future<Answer<A>> answer(GrpcClientResponse<Buffer, A> response) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    response.headers().forEach(headers::put);
    if (response.status() != null && response.status() != GrpcStatus.OK) {
      return Future.succeededFuture(
          new Answer<>(response.status(), response.statusMessage(), null, headers));
    }
    return response
        .last()
        .map(
            message -> new Answer<>(response.status(), response.statusMessage(), message, headers));
  }
}
