package dev.firstday.server.http;

import io.netty.channel.ChannelHandler;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * When an event loop hands to the kernel what was written. Without this each answer goes out while
 * other connections' requests still wait to be read, and each wakes whoever waits for it: of a
 * router's system time a fifth. With it all of them go out after all that had come is read, which
 * finds the other side awake and takes less.
 */
public final class Flushes {
  private Flushes() {}

  /** For a connection that has just been made, of a server or of a client. */
  public static void consolidate(HttpConnection connection) {
    // Vert.x 4 shows its pipelines nowhere else
    if (connection instanceof ConnectionBase base) {
      base.channel().pipeline().addFirst(handler());
    }
  }

  static ChannelHandler handler() {
    return new FlushConsolidationHandler(
        FlushConsolidationHandler.DEFAULT_EXPLICIT_FLUSH_AFTER_FLUSHES, true);
  }
}
