package dev.firstday.trainer.export;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An OpenLineage server that remembers what it was sent. */
final class LineageSink implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final CountDownLatch closing = new CountDownLatch(1);

  private LineageSink(int status, boolean hangs, boolean hangsAfterHead) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          requests.add(
              new Request(
                  exchange.getRequestMethod() + " " + exchange.getRequestURI(),
                  exchange.getRequestHeaders().getFirst("Authorization"),
                  body));
          if (hangs) {
            hang();
          }
          exchange.sendResponseHeaders(status, hangsAfterHead ? 100 : -1);
          if (hangsAfterHead) {
            exchange.getResponseBody().write(1);
            exchange.getResponseBody().flush();
            hang();
          }
          exchange.close();
        });
    server.start();
  }

  private void hang() {
    try {
      closing.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static LineageSink answering(int status) {
    return new LineageSink(status, false, false);
  }

  /** One that reads everything and never answers. */
  static LineageSink hanging() {
    return new LineageSink(200, true, false);
  }

  /** One that begins to answer and never ends. */
  static LineageSink hangingInTheMiddle() {
    return new LineageSink(200, false, true);
  }

  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  List<Request> requests() {
    return List.copyOf(requests);
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  /**
   * @param line method and target
   */
  record Request(String line, String authorization, String body) {}
}
