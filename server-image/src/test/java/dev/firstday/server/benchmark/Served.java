package dev.firstday.server.benchmark;

import dev.firstday.contract.Contract;
import dev.firstday.server.http.Call;
import dev.firstday.server.http.EventLoops;
import dev.firstday.server.http.InFlight;
import dev.firstday.server.http.Listener;
import dev.firstday.server.http.Reply;
import dev.firstday.server.http.ServerSettings;
import dev.firstday.server.http.V2Endpoints;
import dev.firstday.server.http.V2Service;
import dev.firstday.server.predict.PredictorServer;
import dev.firstday.server.v2.ServerMetadata;
import io.prometheus.client.CollectorRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A server to measure, until its standard input ends: {@code Served predict WEIGHTS-FOLDER} is a
 * predictor of the model {@code mlp}, {@code Served constant FILE} the same server without a model,
 * which answers with the file. Prints one line of JSON with its port.
 */
public final class Served {
  private static final String MODEL = "mlp";
  private static final ServerSettings SETTINGS =
      new ServerSettings("127.0.0.1", 0, 0, 1 << 24, Duration.ZERO, Duration.ofSeconds(10));

  private Served() {}

  public static void main(String[] arguments) throws Exception {
    Vertx vertx = EventLoops.start();
    Path path = Path.of(arguments[1]);
    int port =
        switch (arguments[0]) {
          case "predict" -> predict(vertx, path);
          case "constant" -> constant(vertx, path);
          default -> throw new IllegalArgumentException("predict or constant: " + arguments[0]);
        };
    System.out.println(Contract.write(Map.of("port", port)));
    while (System.in.read() >= 0) {}
    vertx.close();
  }

  private static int predict(Vertx vertx, Path weights) throws Exception {
    PredictorServer server =
        new PredictorServer(vertx, SETTINGS, new CollectorRegistry(), new InFlight(), MODEL, "1");
    int port = await(server.start()).http();
    Mlp mlp = Mlp.of(weights);
    server.load(mlp.digest(), mlp::read);
    return port;
  }

  private static int constant(Vertx vertx, Path answer) throws Exception {
    V2Service service = new Constant(Reply.json(200, Files.readAllBytes(answer)));
    return await(
        new Listener(vertx, SETTINGS)
            .protocolOnAllProcessors(
                new V2Endpoints(service, new InFlight(), SETTINGS.maxRequestBytes())));
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  private record Constant(Reply reply) implements V2Service {
    @Override
    public ServerMetadata metadata() {
      return new ServerMetadata("constant", "1", List.of());
    }

    @Override
    public boolean ready() {
      return true;
    }

    @Override
    public List<String> models() {
      return List.of(MODEL);
    }

    @Override
    public Future<Reply> modelMetadata(Call call) {
      return infer(call);
    }

    @Override
    public Future<Reply> modelReady(Call call) {
      return infer(call);
    }

    @Override
    public Future<Reply> infer(Call call) {
      return Future.succeededFuture(reply);
    }
  }
}
