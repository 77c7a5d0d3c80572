package dev.firstday.server.http;

import dev.firstday.server.v2.ProtocolException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/** Reads the bodies of requests, as many bytes as are allowed. */
final class Bodies {
  private Bodies() {}

  /**
   * All of a body, decompressed.
   *
   * @return fails with 413 as soon as it is known to be larger; the rest of it is dropped
   */
  static Future<Buffer> read(HttpServerRequest request, int maxBytes) {
    if (announcedBytes(request) > maxBytes) {
      return Future.failedFuture(ProtocolException.tooLarge(maxBytes));
    }
    if (HttpHeaders.CONTINUE.toString().equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
      request.response().writeContinue();
    }
    Promise<Buffer> all = Promise.promise();
    Reading reading = new Reading(all, maxBytes);
    request.handler(reading::add);
    request.endHandler(end -> reading.end());
    request.exceptionHandler(
        broken -> all.tryFail(ProtocolException.badRequest("the body ends before its end")));
    return all.future();
  }

  private static long announcedBytes(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    try {
      return length == null ? 0 : Long.parseLong(length);
    } catch (NumberFormatException e) {
      throw ProtocolException.badRequest("Content-Length '" + length + "' is no number");
    }
  }

  /** Of one body, by the event loop of its connection. */
  private static final class Reading {
    private final Promise<Buffer> all;
    private final int maxBytes;
    private Buffer read = Buffer.buffer(0);

    Reading(Promise<Buffer> all, int maxBytes) {
      this.all = all;
      this.maxBytes = maxBytes;
    }

    void add(Buffer chunk) {
      if (all.future().isComplete()) {
        return;
      }
      if ((long) read.length() + chunk.length() > maxBytes) {
        read = Buffer.buffer(0);
        all.fail(ProtocolException.tooLarge(maxBytes));
      } else if (read.length() == 0) {
        read = chunk; // mostly all of it
      } else {
        read.appendBuffer(chunk);
      }
    }

    void end() {
      all.tryComplete(read);
    }
  }
}
