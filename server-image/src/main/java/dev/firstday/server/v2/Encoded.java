package dev.firstday.server.v2;

/**
 * A message as bytes.
 *
 * @param jsonLength bytes of JSON at the beginning of the body, when binary tensors follow; null
 *     when all of it is JSON
 */
public record Encoded(byte[] body, Integer jsonLength) {
  /** Header that carries {@code jsonLength}. */
  public static final String LENGTH_HEADER = "Inference-Header-Content-Length";

  public static final String JSON = "application/json";
  public static final String BINARY = "application/octet-stream";

  public String contentType() {
    return jsonLength == null ? JSON : BINARY;
  }
}
