package dev.firstday.trainer.train;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.firstday.contract.Contract;
import dev.firstday.contract.PodEnvironment;
import dev.firstday.contract.TrainingReport;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers how far training has come. Training goes on without it where it cannot listen. */
public final class ProgressServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ProgressServer.class);
  private static final int OK = 200;
  private static final int NO_CONTENT = 204;

  private final ProgressBoard board;
  private final Optional<HttpServer> server;

  private ProgressServer(ProgressBoard board, Optional<HttpServer> server) {
    this.board = board;
    this.server = server;
  }

  /** On the address that the environment names, or on all. */
  public static ProgressServer start(Map<String, String> environment) {
    String address = environment.getOrDefault(PodEnvironment.BIND_ADDRESS, "0.0.0.0");
    return start(
        new InetSocketAddress(address, TrainingReport.PORT), new ProgressBoard(System::nanoTime));
  }

  static ProgressServer start(InetSocketAddress address, ProgressBoard board) {
    try {
      HttpServer server = HttpServer.create(address, 0);
      server.createContext(TrainingReport.PATH, exchange -> answer(exchange, board.last()));
      server.start();
      return new ProgressServer(board, Optional.of(server));
    } catch (IOException e) {
      LOG.warn("nobody will see how far training has come: {} on {}", e.getMessage(), address);
      return new ProgressServer(board, Optional.empty());
    }
  }

  /** What it shows. */
  public ProgressBoard board() {
    return board;
  }

  /** Empty when it does not listen. */
  Optional<InetSocketAddress> address() {
    return server.map(HttpServer::getAddress);
  }

  private static void answer(HttpExchange exchange, Optional<TrainingReport> report)
      throws IOException {
    try (exchange) {
      if (report.isEmpty()) {
        exchange.sendResponseHeaders(NO_CONTENT, -1);
        return;
      }
      byte[] body = Contract.write(report.get()).getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(OK, body.length);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(body);
      }
    }
  }

  @Override
  public void close() {
    server.ifPresent(s -> s.stop(0));
  }
}
