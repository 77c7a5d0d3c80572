package dev.firstday.server.http;

import dev.firstday.server.v2.Encoded;
import dev.firstday.server.v2.V2;
import io.vertx.core.http.HttpHeaders;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.GrpcServerResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * A {@link Reply} in the words of gRPC.
 *
 * @param message null where the status is an error
 * @param error what went wrong, or null
 */
record GrpcAnswer<A>(A message, GrpcStatus status, String error, Map<String, String> headers) {
  /** It travels in a header, for which clients have little room. */
  private static final int MAX_ERROR_CHARACTERS = 2000;

  static <A> GrpcAnswer<A> ok(A message) {
    return new GrpcAnswer<>(message, GrpcStatus.OK, null, Map.of());
  }

  /**
   * @param read makes the message of a reply that is good
   */
  static <A> GrpcAnswer<A> of(Reply reply, Function<Reply, A> read) {
    Map<String, String> headers = new HashMap<>(reply.headers());
    headers.keySet().removeIf(GrpcAnswer::isOfBody);
    if (reply.status() == 200) {
      return new GrpcAnswer<>(read.apply(reply), GrpcStatus.OK, null, headers);
    }
    String error =
        V2.readError(reply.body().getBytes())
            .orElse("HTTP status " + reply.status() + " without a message");
    return new GrpcAnswer<>(
        null,
        status(reply.status()),
        error.substring(0, Math.min(error.length(), MAX_ERROR_CHARACTERS)),
        headers);
  }

  private static boolean isOfBody(String header) {
    return header.equalsIgnoreCase(HttpHeaders.CONTENT_TYPE.toString())
        || header.equalsIgnoreCase(Encoded.LENGTH_HEADER);
  }

  /**
   * What clients of gRPC make of a status of HTTP; 503 is the one that they may ask again after.
   */
  private static GrpcStatus status(int http) {
    return switch (http) {
      case 404 -> GrpcStatus.NOT_FOUND;
      case 413, 429 -> GrpcStatus.RESOURCE_EXHAUSTED;
      case 501 -> GrpcStatus.UNIMPLEMENTED;
      case 502, 503 -> GrpcStatus.UNAVAILABLE;
      case 504 -> GrpcStatus.DEADLINE_EXCEEDED;
      default -> http >= 400 && http < 500 ? GrpcStatus.INVALID_ARGUMENT : GrpcStatus.INTERNAL;
    };
  }

  void send(GrpcServerResponse<?, A> response) {
    headers.forEach(response.headers()::set);
    if (status == GrpcStatus.OK) {
      response.end(message);
    } else {
      response.status(status).statusMessage(error).end();
    }
  }
}
