package dev.firstday.server.capture;

import dev.firstday.sdk.capture.CaptureDocument;
import dev.firstday.server.http.Call;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * A request with its answers, as they passed through the router.
 *
 * @param why it is kept: {@value CaptureDocument#SAMPLED}, or the names of the checks that it
 *     failed
 * @param redact columns whose values must not be kept
 */
public record Captured(
    Instant time, Call call, List<String> why, List<String> redact, List<Answer> answers) {
  private static final long OVERHEAD_BYTES = 1024;

  /**
   * How one version took it.
   *
   * @param variant stable or candidate
   * @param status of HTTP; null when there was no answer
   * @param failure why there was none; null when there was one
   * @param body null when there was none
   */
  public record Answer(
      String variant,
      int version,
      String digest,
      Integer status,
      String failure,
      long nanos,
      String jsonLength,
      Buffer body) {}

  /** The same, kept as a sample too. */
  Captured sampled() {
    List<String> both = Stream.concat(Stream.of(CaptureDocument.SAMPLED), why.stream()).toList();
    return new Captured(time, call, both, redact, answers);
  }

  /** About how much memory it takes. */
  long bytes() {
    long bytes = OVERHEAD_BYTES + call.body().length();
    for (Answer answer : answers) {
      bytes += answer.body() == null ? 0 : answer.body().length();
    }
    return bytes;
  }
}
