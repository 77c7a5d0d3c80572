package dev.firstday.cluster;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Answers requests to a version with garbage, in the place of its pods: the node, which has to be
 * this machine, leads to here who asks for the version's Service. The pods live on and are ready.
 */
final class Impostor implements AutoCloseable {
  private static final String SERVICE_PORT = "80";
  private static final byte[] UNREADABLE = {'{', (byte) 0xff, 0, '"'};
  private static final byte[] NOT_A_NUMBER =
      """
      {"model_name": "iris", "model_version": "2", "outputs": [
        {"name": "species", "datatype": "BYTES", "shape": [1], "data": ["setosa"]},
        {"name": "probabilities", "datatype": "FP32", "shape": [1, 3], "data": [NaN, NaN, NaN]}]}
      """
          .getBytes(StandardCharsets.UTF_8);

  private final String address;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger answers = new AtomicInteger();

  /**
   * @param address of the version's Service
   */
  Impostor(String address) {
    this.address = address;
    try {
      server = HttpServer.create(new InetSocketAddress(0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
    redirect("--insert");
    // connections that are open would go on to the pods
    Kubectl.command(List.of("conntrack", "--delete", "--proto", "tcp", "--orig-dst", address));
  }

  /** How much garbage it gave. */
  int answers() {
    return answers.get();
  }

  private void redirect(String action) {
    String port = String.valueOf(server.getAddress().getPort());
    Kubectl.Result result =
        Kubectl.command(
            List.of(
                "iptables",
                "--wait",
                "--table",
                "nat",
                action,
                "PREROUTING",
                "--protocol",
                "tcp",
                "--destination",
                address,
                "--dport",
                SERVICE_PORT,
                "--jump",
                "REDIRECT",
                "--to-ports",
                port));
    if (result.code() != 0) {
      throw new IllegalStateException("iptables: " + result.output());
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    byte[] garbage = answers.getAndIncrement() % 2 == 0 ? UNREADABLE : NOT_A_NUMBER;
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, garbage.length);
    exchange.getResponseBody().write(garbage);
    exchange.close();
  }

  @Override
  public void close() {
    redirect("--delete");
    server.stop(0);
    threads.shutdownNow();
  }
}
