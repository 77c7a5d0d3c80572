package dev.firstday.server.route;

import dev.firstday.server.v2.Encoded;
import dev.firstday.server.v2.ProtocolException;
import io.vertx.core.buffer.Buffer;

/** How a version took a request, and how long. */
sealed interface Outcome {
  /** So little is read in less time than another thread takes to begin. */
  int SMALL_BYTES = 8 << 10;

  long nanos();

  /** Of the body; 0 without one. */
  default int bytes() {
    return this instanceof Answered answered ? answered.body().length() : 0;
  }

  /** Whether the version answered as it should. */
  default boolean good() {
    return this instanceof Answered answered && answered.status() / 100 == 2;
  }

  /** Whether the version itself failed, rather than refused what the caller sent. */
  default boolean failed() {
    return !(this instanceof Answered answered) || answered.status() >= 500;
  }

  /**
   * What it answered.
   *
   * @param what was asked for, in messages
   * @throws ProtocolException 503 when it did not answer as it should
   */
  default byte[] bodyOf(String what) {
    if (good() && this instanceof Answered answered) {
      return answered.body().getBytes();
    }
    throw ProtocolException.unavailable(
        what
            + ": "
            + (this instanceof Answered answered
                ? "status " + answered.status()
                : ((Unreachable) this).message()));
  }

  /** It answered, be it with an error. */
  record Answered(int status, String contentType, String jsonLength, Buffer body, long nanos)
      implements Outcome {
    /** Whether the body is in the protocol's JSON or binary form, so that it can be compared. */
    boolean comparable() {
      return contentType != null
          && (contentType.startsWith(Encoded.JSON) || contentType.startsWith(Encoded.BINARY));
    }
  }

  /** It did not: no connection, time-out, a connection that broke. */
  record Unreachable(String message, boolean timedOut, long nanos) implements Outcome {}
}
