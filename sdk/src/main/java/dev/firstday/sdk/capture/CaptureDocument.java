package dev.firstday.sdk.capture;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.firstday.contract.Contract;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * A captured request as it lies in S3.
 *
 * @param id its X-Request-Id
 * @param why {@value #SAMPLED}, or the names of the checks that it failed
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
  /** Drawn at random, as any request could have been. */
  public static final String SAMPLED = "sampled";

  /** What a file may have, compressed: routers write smaller ones. */
  public static final int MAX_FILE_BYTES = 4 << 20;

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
    return why != null && why.contains(SAMPLED);
  }

  /**
   * The requests of a file, oldest first.
   *
   * @param gzip lines of JSON, as a router writes them
   * @throws IllegalArgumentException when it is something else; the message quotes nothing
   */
  public static List<CaptureDocument> read(byte[] gzip) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(new ByteArrayInputStream(gzip)), StandardCharsets.UTF_8))) {
      return lines.lines().map(line -> Contract.read(line, CaptureDocument.class)).toList();
    } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "it has no gzipped lines of JSON, a captured request each (%s)"
              .formatted(e.getClass().getSimpleName()));
    }
  }
}
