package dev.firstday.server;

import dev.firstday.api.Signing;
import dev.firstday.contract.Contract;
import dev.firstday.contract.PodEnvironment;
import dev.firstday.contract.Run;
import dev.firstday.contract.RunResult;
import dev.firstday.contract.RunResult.Cure;
import dev.firstday.sdk.RunFailure;
import dev.firstday.sdk.store.CaptureFiles;
import dev.firstday.sdk.store.Store;
import dev.firstday.sdk.store.StoreException;
import dev.firstday.sdk.store.StoreSettings;
import dev.firstday.server.capture.FileSize;
import dev.firstday.server.http.EventLoops;
import dev.firstday.server.http.InFlight;
import dev.firstday.server.http.ServerSettings;
import dev.firstday.server.predict.Inspector;
import dev.firstday.server.predict.PredictorServer;
import dev.firstday.server.route.NamedPeers;
import dev.firstday.server.route.Peers;
import dev.firstday.server.route.RouterServer;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.hotspot.DefaultExports;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server image's program: {@code predict}, {@code route} or {@code inspect}; settings come as
 * variables.
 */
public final class Main {
  private static final Logger LOG = LoggerFactory.getLogger(Main.class);
  private static final String DEFAULT_TERMINATION_LOG = "/dev/termination-log";
  private static final int USAGE = 2;
  private static final long START_SECONDS = 30;
  private static final Duration LAST = Duration.ofSeconds(3);

  private final Map<String, String> environment;
  private final InFlight inFlight = new InFlight();
  private final CollectorRegistry registry = new CollectorRegistry();

  private Main(Map<String, String> environment) {
    this.environment = environment;
  }

  public static void main(String[] arguments) {
    Main main = new Main(System.getenv());
    String verb = arguments.length == 1 ? arguments[0] : "";
    try {
      switch (verb) {
        case "predict" -> main.predict();
        case "route" -> main.route();
        case Run.Inspect.VERB -> main.inspect();
        default -> {
          System.err.println("usage: predict | route | inspect");
          System.exit(USAGE);
        }
      }
    } catch (RunFailure e) {
      main.fail(e);
    } catch (Exception e) {
      main.fail(new RunFailure("ServerFailed", String.valueOf(e.getMessage()), Cure.WAIT, e));
    }
  }

  private void predict() throws Exception {
    String digest = required(PodEnvironment.MODEL_DIGEST);
    ServerSettings settings = ServerSettings.fromEnvironment(environment);
    DefaultExports.register(registry);
    Vertx vertx = EventLoops.start();
    PredictorServer server =
        new PredictorServer(
            vertx,
            settings,
            registry,
            inFlight,
            required(PodEnvironment.MODEL),
            required(PodEnvironment.MODEL_VERSION));
    Signing signing = signing();
    server.start().toCompletionStage().toCompletableFuture().get(START_SECONDS, TimeUnit.SECONDS);
    try (Store store = Store.open(environment, required(PodEnvironment.NAMESPACE))) {
      server.load(digest, signing, store);
    }
    drainAtEnd(vertx, settings, Future::succeededFuture);
    LOG.info("ready on {}:{}", settings.bindAddress(), settings.httpPort());
  }

  private void route() throws Exception {
    ServerSettings settings = ServerSettings.fromEnvironment(environment);
    DefaultExports.register(registry);
    Vertx vertx = EventLoops.start();
    RouterServer server =
        new RouterServer(
            vertx,
            settings,
            registry,
            inFlight,
            RouterServer.Timeouts.DEFAULT,
            PodEnvironment.ADMIN_PORT,
            captures(),
            FileSize.DEFAULT,
            peers(vertx));
    if (environment.containsKey(PodEnvironment.ROUTES_FILE)) {
      server.readRoutes(Path.of(environment.get(PodEnvironment.ROUTES_FILE)));
    }
    server.start().toCompletionStage().toCompletableFuture().get(START_SECONDS, TimeUnit.SECONDS);
    drainAtEnd(vertx, settings, server::close);
    LOG.info("routing on {}:{}", settings.bindAddress(), settings.httpPort());
  }

  private Peers peers(Vertx vertx) {
    String name = environment.get(PodEnvironment.ROUTER_PEERS);
    return name == null ? Peers.NONE : new NamedPeers(vertx, name, PodEnvironment.ADMIN_PORT);
  }

  /** Ends with an answer, also where that is a failure; a bug ends without one. */
  private void inspect() throws IOException {
    Run.Inspect run = (Run.Inspect) Contract.read(required(Run.VARIABLE), Run.class);
    try (Store store = Store.open(environment, run.namespace())) {
      say(new Inspector(store).run(run));
      deleteOldCaptures(store);
    } catch (RunFailure e) {
      LOG.warn("{} ({}): {}", e.reason(), e.cure(), e.getMessage(), e);
      say(shortened(e.toResult(run.uid())));
    }
    // libraries leave threads behind that are no reason to stay
    System.exit(0);
  }

  /** Here, since each model is inspected every day, whatever becomes of its deployments. */
  private static void deleteOldCaptures(Store store) {
    try {
      long deleted = store.captureRetention().deleteOld(LocalDate.now(ZoneOffset.UTC));
      LOG.info("{} files of old captured requests are deleted", deleted);
    } catch (StoreException e) {
      LOG.warn("old captured requests stay until the next inspection: {}", e.getMessage());
    }
  }

  /** A router serves without S3 too: then it captures nothing, and says so. */
  private Optional<CaptureFiles> captures() {
    String deployment = environment.getOrDefault(PodEnvironment.DEPLOYMENT, "");
    if (deployment.isEmpty()) {
      return Optional.empty();
    }
    try {
      StoreSettings settings =
          StoreSettings.fromEnvironment(environment).withPatience(Duration.ZERO);
      Store store = Store.open(settings, environment, required(PodEnvironment.NAMESPACE));
      return Optional.of(store.captures(deployment));
    } catch (StoreException e) {
      LOG.error("no request is captured: {}", e.getMessage());
      return Optional.empty();
    }
  }

  /** Whose signature the version has to have; where that cannot be read, none is loaded. */
  private Signing signing() {
    try {
      return Contract.read(required(PodEnvironment.SIGNING), Signing.class);
    } catch (IllegalArgumentException e) {
      throw new RunFailure(
          "ServerMisconfigured",
          "%s: %s".formatted(PodEnvironment.SIGNING, e.getMessage()),
          Cure.FIX_SPEC,
          e);
    }
  }

  private String required(String name) {
    String value = environment.getOrDefault(name, "");
    if (value.isBlank()) {
      throw new RunFailure("ServerMisconfigured", name + " is not set", Cure.FIX_SPEC);
    }
    return value;
  }

  /**
   * On SIGTERM: not ready any more, then the requests under way are answered.
   *
   * @param last what is to be done before the process ends; it gets the time that those requests
   *     have left, and a few seconds at least
   */
  private void drainAtEnd(Vertx vertx, ServerSettings settings, Supplier<Future<Void>> last) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  Instant cutOff = Instant.now().plus(settings.drainTimeout());
                  inFlight.drain();
                  try {
                    if (!inFlight.await(settings.drainGrace(), settings.drainTimeout())) {
                      LOG.warn(
                          "requests are cut off: they took more than {}", settings.drainTimeout());
                    }
                    last.get()
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get(lastTime(cutOff).toMillis(), TimeUnit.MILLISECONDS);
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  } catch (ExecutionException | TimeoutException e) {
                    LOG.warn("captured requests, or labels that are to come, may be lost", e);
                  }
                  vertx.close();
                },
                "drain"));
  }

  /** A first write to S3 takes longer than these seconds where many pods end at once. */
  private static Duration lastTime(Instant cutOff) {
    Duration left = Duration.between(Instant.now(), cutOff);
    return left.isNegative() ? LAST : left.plus(LAST);
  }

  private void fail(RunFailure failure) {
    LOG.error("{}: {}", failure.reason(), failure.getMessage(), failure);
    String uid = environment.getOrDefault(PodEnvironment.MODEL_DIGEST, "");
    try {
      say(shortened(failure.toResult(uid)));
    } catch (IOException e) {
      LOG.error("the last words could not be written", e);
    }
    System.exit(1);
  }

  private void say(RunResult lastWords) throws IOException {
    Files.writeString(
        Path.of(environment.getOrDefault(PodEnvironment.TERMINATION_LOG, DEFAULT_TERMINATION_LOG)),
        Contract.write(lastWords));
  }

  /** The kubelet would cut the JSON in the middle. */
  private static RunResult.Failure shortened(RunResult.Failure failure) {
    int most = RunResult.MAX_BYTES / 4;
    String message = failure.message();
    return message.length() <= most
        ? failure
        : new RunResult.Failure(
            failure.uid(), failure.reason(), message.substring(0, most), failure.cure());
  }
}
