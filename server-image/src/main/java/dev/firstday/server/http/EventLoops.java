package dev.firstday.server.http;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;

/** The threads of a server that wait for the network. */
public final class EventLoops {
  private EventLoops() {}

  /**
   * They use epoll without the JDK between where its library is on the library path, as in the
   * images; elsewhere the JDK's selectors, which are slower.
   */
  public static Vertx start() {
    // the file cache would be written below the working directory, which is read-only in a pod
    return Vertx.vertx(
        new VertxOptions()
            .setPreferNativeTransport(true)
            .setFileSystemOptions(
                new FileSystemOptions()
                    .setClassPathResolvingEnabled(false)
                    .setFileCachingEnabled(false)));
  }
}
