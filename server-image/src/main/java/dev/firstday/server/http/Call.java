package dev.firstday.server.http;

import io.vertx.core.buffer.Buffer;

/**
 * A request about a model, as the HTTP layer hands it over.
 *
 * @param id see {@link RequestIds}
 * @param version from the path; null when the path names none
 * @param key value of the header {@value #KEY_HEADER}, which keeps a caller on one version of a
 *     rollout; null without it
 * @param jsonLength value of the binary extension's header, or null
 */
public record Call(
    String id,
    String model,
    String version,
    String key,
    String contentType,
    String jsonLength,
    Buffer body) {
  public static final String KEY_HEADER = "X-Firstday-Key";
}
