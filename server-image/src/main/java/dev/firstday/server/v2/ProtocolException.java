package dev.firstday.server.v2;

/**
 * A request that gets an error for an answer: the HTTP status and, as message, the text of {@code
 * {"error": ...}}, which names the place and the cure.
 */
public final class ProtocolException extends RuntimeException {
  private final int status;

  public ProtocolException(int status, String message) {
    super(message, null, false, false);
    this.status = status;
  }

  public static ProtocolException badRequest(String message) {
    return new ProtocolException(400, message);
  }

  public static ProtocolException notFound(String message) {
    return new ProtocolException(404, message);
  }

  public static ProtocolException tooLarge(int maxBytes) {
    return new ProtocolException(
        413, "the request is larger than " + maxBytes + " bytes; send fewer rows");
  }

  public static ProtocolException unsupportedMediaType(String message) {
    return new ProtocolException(415, message);
  }

  public static ProtocolException unavailable(String message) {
    return new ProtocolException(503, message);
  }

  public int status() {
    return status;
  }
}
