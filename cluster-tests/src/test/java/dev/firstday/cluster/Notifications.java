package dev.firstday.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes what Alertmanager sends, in the place of a pager. */
final class Notifications implements AutoCloseable {
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  private final List<Notification> received = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  Notifications() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::take);
    server.start();
  }

  /**
   * One alert of a notification.
   *
   * @param at when it came
   */
  record Notification(Instant at, JsonNode alert) {
    String label(String name) {
      return alert.at("/labels/" + name).asText();
    }

    boolean isFiring() {
      return alert.get("status").asText().equals("firing");
    }
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** In the order in which they came. */
  List<Notification> all() {
    return List.copyOf(received);
  }

  /** The first of that alert on that resource. */
  Optional<Notification> first(String alert, String resource) {
    return received.stream()
        .filter(Notification::isFiring)
        .filter(one -> one.label("alertname").equals(alert) && one.label("name").equals(resource))
        .findFirst();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void take(HttpExchange exchange) throws IOException {
    Instant now = Instant.now();
    try (exchange) {
      JSON.readTree(exchange.getRequestBody())
          .get("alerts")
          .forEach(alert -> received.add(new Notification(now, alert)));
      exchange.sendResponseHeaders(HttpURLConnection.HTTP_OK, -1);
    }
  }
}
