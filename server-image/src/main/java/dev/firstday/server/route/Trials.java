package dev.firstday.server.route;

import dev.firstday.api.Comparison;
import dev.firstday.contract.RouterReport;
import dev.firstday.contract.Routes;
import dev.firstday.server.v2.ProtocolException;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Takes new routes, and keeps a {@link Trial} for as long as the pair in them stays the same. */
final class Trials {
  private final String instance;
  private final Timer timer;
  private final LongSupplier nanoTime;
  private final BackendClient client;
  private final WorkerExecutor comparing;
  private final CurrentRoutes routes = new CurrentRoutes();
  private final RouterMetrics metrics;
  private final CapturedRequests captured;
  private final NamedColumns columns;
  private Trial trial;

  /**
   * @param instance names this process
   * @param nanoTime a clock that only differences are taken of
   * @param client for golden and captured requests
   * @param comparing where answers are read and compared
   */
  Trials(
      String instance,
      Timer timer,
      LongSupplier nanoTime,
      BackendClient client,
      WorkerExecutor comparing,
      RouterMetrics metrics,
      CapturedRequests captured) {
    this.instance = instance;
    this.timer = timer;
    this.nanoTime = nanoTime;
    this.client = client;
    this.comparing = comparing;
    this.metrics = metrics;
    this.captured = captured;
    this.columns = new NamedColumns(client, timer, routes::get);
  }

  Optional<Routes> routes() {
    return routes.get();
  }

  /**
   * @throws ProtocolException 503 before there are any, 404 when they are of another model
   */
  Routes routesOf(String model) {
    Routes current =
        routes
            .get()
            .orElseThrow(
                () -> ProtocolException.unavailable("no routes yet; the operator will send them"));
    if (!current.model().equals(model)) {
      throw ProtocolException.notFound(
          "model '" + model + "' is not here; this is '" + current.model() + "'");
    }
    return current;
  }

  /** The trial that these routes belong to; empty without a candidate, or when they are over. */
  synchronized Optional<Trial> trialOf(Routes current) {
    return Optional.ofNullable(trial).filter(t -> t.isOf(current));
  }

  /** Follows the routes if they are newer than those in force, and reports. */
  synchronized RouterReport follow(Routes offered) {
    if (routes.offer(offered)) {
      metrics.follows(offered.revision());
      if (trial == null || !trial.isOf(offered)) {
        begin(offered);
      }
      goOn();
      columns.learn();
    }
    return report();
  }

  private void begin(Routes current) {
    if (trial != null) {
      trial.end();
      trial = null;
    }
    if (current.candidate() != null) {
      trial = new Trial(current, nanoTime);
      send(trial, new GoldenRequests(client)).onSuccess(through -> goOn());
    }
  }

  /** After the golden requests, and when the routes ask for it, whichever comes later. */
  private synchronized void goOn() {
    Routes current = routes.get().orElseThrow();
    if (trial == null || !trial.isOf(current)) {
      return;
    }
    trial.casesBegin(current).ifPresent(cases -> send(trial, cases));
    if (captured.isWanted(current) && trial.replayBegins()) {
      send(trial, captured);
    }
  }

  private Future<Void> send(Trial current, OwnRequests own) {
    return new PairRun(timer, client, comparing, metrics, current, routes::get, own).start();
  }

  synchronized RouterReport report() {
    Routes current = routes.get().orElse(null);
    if (trial != null) {
      return new RouterReport(
          instance,
          current.revision(),
          trial.stableDigest(),
          trial.candidateDigest(),
          trial.golden(),
          trial.counts(Source.REPLAY),
          trial.counts(Source.LIVE),
          trial.caseResults(),
          trial.waits(),
          columns.unknown(current));
    }
    boolean stable = current != null && current.stable() != null;
    return new RouterReport(
        instance,
        current == null ? 0 : current.revision(),
        stable ? current.stable().digest() : null,
        null,
        Comparison.NONE,
        Comparison.NONE,
        Comparison.NONE,
        null,
        null,
        current == null ? null : columns.unknown(current));
  }
}
