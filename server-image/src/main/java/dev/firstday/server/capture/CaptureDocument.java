package dev.firstday.server.capture;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.firstday.server.http.Call;
import dev.firstday.server.v2.Encoded;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A captured request as it lies in S3.
 *
 * @param id its X-Request-Id
 * @param why {@value Captured#SAMPLED}, or the names of the checks that it failed
 * @param redacted columns whose values are null in it; null when there are none
 * @param request what the caller sent, as JSON; null when that cannot be, or must not be kept
 * @param raw what the caller sent, where JSON cannot say it; null otherwise
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CaptureDocument(
    String id,
    Instant time,
    String model,
    List<String> why,
    List<String> redacted,
    JsonNode request,
    Raw raw,
    List<VersionAnswer> versions) {

  /**
   * A body as bytes.
   *
   * @param jsonLength the binary extension's header, or null
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Raw(String contentType, String jsonLength, byte[] base64) {}

  /**
   * What one version made of it.
   *
   * @param variant stable or candidate
   * @param status of HTTP; null when there was no answer
   * @param failure why there was none; null when there was one
   * @param answer as JSON; null when there was none, when JSON cannot say it, or when it must not
   *     be kept
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record VersionAnswer(
      String variant,
      int version,
      String digest,
      Integer status,
      String failure,
      double milliseconds,
      JsonNode answer) {}

  /** Whether it stands for the others: what failed is kept oftener than it happens. */
  public boolean isSampled() {
    return why != null && why.contains(Captured.SAMPLED);
  }

  /** The request to be sent again; empty when it was not kept, or when no version would take it. */
  public Optional<Call> call() {
    boolean refused =
        versions != null
            && versions.stream().anyMatch(v -> v.status() != null && v.status() / 100 == 4);
    if (refused || id == null || model == null) {
      return Optional.empty();
    }
    if (raw != null && raw.base64() != null) {
      return Optional.of(call(raw.contentType(), raw.jsonLength(), Buffer.buffer(raw.base64())));
    }
    return request == null
        ? Optional.empty()
        : Optional.of(
            call(
                Encoded.JSON,
                null,
                Buffer.buffer(request.toString().getBytes(StandardCharsets.UTF_8))));
  }

  private Call call(String contentType, String jsonLength, Buffer body) {
    return new Call(id, model, null, null, contentType, jsonLength, body);
  }
}
