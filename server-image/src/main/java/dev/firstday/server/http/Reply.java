package dev.firstday.server.http;

import dev.firstday.server.v2.Encoded;
import dev.firstday.server.v2.ProtocolException;
import dev.firstday.server.v2.V2;
import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.Map;

/** An answer. */
public record Reply(int status, Map<String, String> headers, Buffer body) {
  private static final String CONTENT_TYPE = "Content-Type";
  private static final String RETRY_AFTER = "Retry-After";

  public static Reply json(int status, byte[] body) {
    return new Reply(status, Map.of(CONTENT_TYPE, Encoded.JSON), Buffer.buffer(body));
  }

  public static Reply of(Encoded encoded) {
    Map<String, String> headers = new HashMap<>();
    headers.put(CONTENT_TYPE, encoded.contentType());
    if (encoded.jsonLength() != null) {
      headers.put(Encoded.LENGTH_HEADER, String.valueOf(encoded.jsonLength()));
    }
    return new Reply(200, headers, Buffer.buffer(encoded.body()));
  }

  /** The error as the protocol wants it; 503 asks the caller to come back after a second. */
  public static Reply error(ProtocolException error) {
    Reply reply = json(error.status(), V2.error(error.getMessage()));
    return error.status() == 503 ? reply.with(RETRY_AFTER, "1") : reply;
  }

  /** The same with one more header. */
  public Reply with(String header, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(header, value);
    return new Reply(status, more, body);
  }
}
