package dev.firstday.server.capture;

import dev.firstday.sdk.capture.CaptureDocument;
import dev.firstday.sdk.capture.CaptureDocument.Raw;
import dev.firstday.server.http.Call;
import dev.firstday.server.v2.Encoded;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A captured request that is sent again. */
public final class CapturedCall {
  private CapturedCall() {}

  /** Empty when the request was not kept, or when no version would take it. */
  public static Optional<Call> of(CaptureDocument captured) {
    boolean refused =
        captured.versions() != null
            && captured.versions().stream()
                .anyMatch(v -> v.status() != null && v.status() / 100 == 4);
    if (refused || captured.id() == null || captured.model() == null) {
      return Optional.empty();
    }
    Raw raw = captured.raw();
    if (raw != null && raw.base64() != null) {
      return Optional.of(
          call(captured, raw.contentType(), raw.jsonLength(), Buffer.buffer(raw.base64())));
    }
    return captured.request() == null
        ? Optional.empty()
        : Optional.of(
            call(
                captured,
                Encoded.JSON,
                null,
                Buffer.buffer(captured.request().toString().getBytes(StandardCharsets.UTF_8))));
  }

  private static Call call(
      CaptureDocument captured, String contentType, String jsonLength, Buffer body) {
    return new Call(captured.id(), captured.model(), null, null, contentType, jsonLength, body);
  }
}
