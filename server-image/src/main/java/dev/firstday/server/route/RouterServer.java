package dev.firstday.server.route;

import dev.firstday.api.Capture;
import dev.firstday.contract.Contract;
import dev.firstday.contract.Routes;
import dev.firstday.sdk.store.CaptureFiles;
import dev.firstday.server.capture.Captures;
import dev.firstday.server.capture.FileSize;
import dev.firstday.server.http.AdminEndpoints;
import dev.firstday.server.http.GrpcEndpoints;
import dev.firstday.server.http.InFlight;
import dev.firstday.server.http.Listener;
import dev.firstday.server.http.Ports;
import dev.firstday.server.http.Reply;
import dev.firstday.server.http.ServerSettings;
import dev.firstday.server.http.V2Endpoints;
import dev.firstday.server.v2.ProtocolException;
import io.prometheus.client.CollectorRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A router: the protocol on one port, routes and report on the other. */
public final class RouterServer {
  private static final Logger LOG = LoggerFactory.getLogger(RouterServer.class);
  static final int CONNECTIONS = 64;
  static final int WAITING = 1024;
  private static final long LONGEST_READ_MINUTES = 10;

  /** Where routers hand labels to each other, before the model's name. */
  static final String LABELS_PATH = "/admin/labels/";

  /** Where they hand on what they remember, before the model's name. */
  static final String REMEMBERED_PATH = "/admin/remembered/";

  private final Vertx vertx;
  private final ServerSettings settings;
  private final CollectorRegistry registry;
  private final InFlight inFlight;
  private final Trials trials;
  private final RouterService service;
  private final Feedback feedback;
  private final Handover handover;
  private final Captures captures;

  /** A router without access to S3, which captures nothing. */
  public RouterServer(
      Vertx vertx,
      ServerSettings settings,
      CollectorRegistry registry,
      InFlight inFlight,
      Timeouts timeouts,
      int backendAdminPort) {
    this(
        vertx,
        settings,
        registry,
        inFlight,
        timeouts,
        backendAdminPort,
        Optional.empty(),
        FileSize.DEFAULT,
        Peers.NONE);
  }

  /**
   * @param timeouts of versions
   * @param backendAdminPort where versions tell their golden requests
   * @param files where captured requests are kept; empty without access to S3
   * @param fileSize when a file of them is written
   * @param peers the other routers of the Deployment
   */
  public RouterServer(
      Vertx vertx,
      ServerSettings settings,
      CollectorRegistry registry,
      InFlight inFlight,
      Timeouts timeouts,
      int backendAdminPort,
      Optional<CaptureFiles> files,
      FileSize fileSize,
      Peers peers) {
    this.vertx = vertx;
    this.settings = settings;
    this.registry = registry;
    this.inFlight = inFlight;
    RouterMetrics metrics = new RouterMetrics(registry);
    BackendClient stable =
        new HttpBackendClient(vertx, CONNECTIONS, WAITING, timeouts.stable(), backendAdminPort);
    BackendClient candidate =
        new HttpBackendClient(vertx, CONNECTIONS, WAITING, timeouts.candidate(), backendAdminPort);
    BackendClient aside =
        new HttpBackendClient(vertx, CONNECTIONS, WAITING, timeouts.candidate(), backendAdminPort);
    WorkerExecutor comparing = vertx.createSharedWorkerExecutor("compare", 1);
    String instance = UUID.randomUUID().toString();
    Clock clock = Clock.systemUTC();
    DoubleSupplier random = () -> ThreadLocalRandom.current().nextDouble();
    this.captures = new Captures(vertx, registry, instance, files, fileSize, clock, random);
    Recorder recorder = new Recorder(captures);
    WorkerExecutor reading =
        vertx.createSharedWorkerExecutor("replay", 1, LONGEST_READ_MINUTES, TimeUnit.MINUTES);
    Timer timer = (millis, work) -> vertx.setTimer(millis, id -> work.run());
    this.trials =
        new Trials(
            instance,
            timer,
            System::nanoTime,
            aside,
            comparing,
            metrics,
            new CapturedRequests(files, reading, clock));
    this.service =
        new RouterService(
            trials,
            stable,
            candidate,
            new Usability(vertx.createSharedWorkerExecutor("usable", 1)),
            new Shadow(aside, comparing, metrics, recorder),
            metrics,
            recorder,
            random);
    this.feedback = new Feedback(trials, comparing, metrics, peers);
    this.handover = new Handover(trials, comparing, peers, inFlight::draining);
  }

  /**
   * How long versions may take.
   *
   * @param candidate shorter, since its callers are answered by stable afterwards
   */
  public record Timeouts(Duration stable, Duration candidate) {
    public static final Timeouts DEFAULT =
        new Timeouts(Duration.ofSeconds(30), Duration.ofSeconds(3));
  }

  /** Listens on both ports. */
  public Future<Ports> start() {
    captures.start(() -> trials.routes().map(Routes::capture));
    Listener listener = new Listener(vertx, settings);
    V2Endpoints protocol =
        new V2Endpoints(
            service, inFlight, settings.maxRequestBytes(), Map.of("feedback", feedback::take));
    return listener
        .protocol(
            new GrpcEndpoints(vertx, service, inFlight, settings.maxRequestBytes())
                .beside(protocol))
        .compose(http -> listener.admin(admin()).map(admin -> new Ports(http, admin)));
  }

  /**
   * Stores what was captured and is not stored yet, and hands on what is remembered; the future is
   * over when it is, or is lost.
   */
  public Future<Void> close() {
    return Future.join(captures.close(), handover.give()).mapEmpty();
  }

  private Router admin() {
    Router router =
        new AdminEndpoints(registry, () -> service.ready() && !inFlight.draining()).router(vertx);
    router
        .put("/admin/routes")
        .handler(BodyHandler.create(false).setBodyLimit(Routes.MAX_BYTES))
        .handler(this::putRoutes);
    router
        .post(LABELS_PATH + ":model")
        .handler(BodyHandler.create(false).setBodyLimit(settings.maxRequestBytes()))
        .handler(context -> take(context, feedback::takeHere));
    router
        .post(REMEMBERED_PATH + ":model")
        .handler(BodyHandler.create(false).setBodyLimit(Handover.MAX_BYTES))
        .handler(context -> take(context, handover::take));
    router.get("/admin/report").handler(context -> send(context, report(200, trials.report())));
    return router;
  }

  private void putRoutes(RoutingContext context) {
    Reply reply;
    try {
      Routes offered = Contract.read(context.body().asString(), Routes.class);
      check(offered);
      reply = report(200, trials.follow(offered));
    } catch (IllegalArgumentException e) {
      reply = Reply.error(ProtocolException.badRequest(e.getMessage()));
    }
    send(context, reply);
  }

  /** What another router sends about a model. */
  private static void take(
      RoutingContext context, BiFunction<String, Buffer, Future<Reply>> taking) {
    V2Endpoints.ask(() -> taking.apply(context.pathParam("model"), context.body().buffer()))
        .onSuccess(reply -> send(context, reply));
  }

  private static Reply report(int status, Object report) {
    return Reply.json(status, Contract.write(report).getBytes(StandardCharsets.UTF_8));
  }

  private static void send(RoutingContext context, Reply reply) {
    context.response().setStatusCode(reply.status());
    reply.headers().forEach(context.response()::putHeader);
    context.response().end(reply.body());
  }

  /**
   * Follows the routes in the file. A file that is not there or cannot be read is no reason to
   * stop: the operator sends the routes too.
   */
  public void readRoutes(Path file) {
    try {
      Routes routes = Contract.read(Files.readString(file), Routes.class);
      check(routes);
      trials.follow(routes);
    } catch (IOException | IllegalArgumentException e) {
      LOG.warn("no routes from {}, waiting for the operator's: {}", file, e.toString());
    }
  }

  private static void check(Routes routes) {
    if (routes == null || routes.model() == null) {
      throw new IllegalArgumentException("routes: model is missing");
    }
    check("stable", routes.stable());
    check("candidate", routes.candidate());
    Capture capture = routes.capture();
    if (capture != null) {
      complete(
          "capture",
          capture.percent(),
          capture.redact(),
          capture.maxMegabytesPerHour(),
          capture.keepDays());
    }
    if (routes.replay() != null) {
      complete("replay", routes.replay().requests(), routes.replay().maxAgeDays());
    }
  }

  private static void complete(String field, Object... values) {
    if (Stream.of(values).anyMatch(Objects::isNull)) {
      throw new IllegalArgumentException("routes: " + field + " lacks a value");
    }
  }

  private static void check(String field, Routes.Backend backend) {
    if (backend != null && (backend.url() == null || backend.digest() == null)) {
      throw new IllegalArgumentException("routes: " + field + " needs url and digest");
    }
  }
}
