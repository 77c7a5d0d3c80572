package dev.firstday.cli.apiserver;

import java.io.IOException;
import java.nio.file.Path;

/** An API server without resources and without pods. */
public final class InMemoryServer {
  private InMemoryServer() {}

  public static ApiServer start() throws IOException {
    return ApiServer.start(
        new ApiServerConfig(
            "127.0.0.1",
            0,
            new State.InMemory(),
            (namespace, service) -> "127.88.0.1",
            (namespace, pod, container, previous) -> Path.of("target", "no.log")));
  }
}
