package dev.firstday.server.predict;

import dev.firstday.server.http.InFlight;
import dev.firstday.server.http.Ports;
import dev.firstday.server.http.ServerSettings;
import io.prometheus.client.CollectorRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A predictor of the model {@code delays}, version 3, on ports of its own. */
final class RunningPredictor implements AutoCloseable {
  static final int MAX_BYTES = 1 << 20;

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client = HttpClient.newHttpClient();
  private final PredictorServer server;
  private final Ports ports;

  RunningPredictor() throws Exception {
    ServerSettings settings =
        new ServerSettings("127.0.0.1", 0, 0, MAX_BYTES, Duration.ZERO, Duration.ofSeconds(10));
    server =
        new PredictorServer(
            vertx, settings, new CollectorRegistry(), new InFlight(), "delays", "3");
    ports = server.start().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  RunningPredictor load(TinyModel model) {
    server.load(model.digest(), model::read);
    return this;
  }

  PredictorServer server() {
    return server;
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(uri(path)));
  }

  HttpResponse<String> getAdmin(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ports.admin() + path)));
  }

  HttpResponse<String> infer(String body) throws IOException, InterruptedException {
    return post("/v2/models/delays/infer", "application/json", body);
  }

  HttpResponse<String> post(String path, String type, String body)
      throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + ports.http() + path);
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
