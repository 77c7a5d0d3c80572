package dev.firstday.server.route;

import dev.firstday.contract.Contract;
import dev.firstday.contract.RouterReport;
import dev.firstday.contract.Routes;
import dev.firstday.server.http.Call;
import dev.firstday.server.http.Reply;
import dev.firstday.server.v2.ProtocolException;
import io.prometheus.client.CollectorRegistry;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/** All of a router but its network and its threads. */
public final class SimulatedRouter {
  private static final int ACCEPTED = 202;
  private static final int NOT_FOUND = 404;

  private final Trials trials;
  private final RouterService service;
  private final Feedback feedback;
  private final Map<Runnable, Duration> waiting = new LinkedHashMap<>();
  private Duration age = Duration.ZERO;

  /**
   * @param instance names the process
   * @param versions by digest
   * @param random uniform in [0, 1)
   */
  public SimulatedRouter(
      String instance, Map<String, SimulatedVersion> versions, DoubleSupplier random) {
    RouterMetrics metrics = new RouterMetrics(new CollectorRegistry());
    BackendClient client = new SimulatedNetwork(versions);
    WorkerExecutor comparing = new SameThread();
    CapturedRequests nothingCaptured =
        new CapturedRequests(Optional.empty(), comparing, Clock.systemUTC());
    Recorder recorder = new Recorder((settings, call, failed, answers) -> {});
    trials =
        new Trials(
            instance, this::wait, () -> age.toNanos(), client, comparing, metrics, nothingCaptured);
    service =
        new RouterService(
            trials,
            client,
            client,
            new Usability(comparing),
            new Shadow(client, comparing, metrics, recorder),
            metrics,
            recorder,
            random);
    feedback = new Feedback(trials, comparing, metrics, Peers.NONE);
  }

  private void wait(long millis, Runnable work) {
    waiting.put(work, age.plusMillis(millis));
  }

  /** Lets that time pass, in which what the router waits for happens. */
  public void advance(Duration time) {
    age = age.plus(time);
    List<Runnable> due =
        waiting.entrySet().stream()
            .filter(entry -> entry.getValue().compareTo(age) <= 0)
            .map(Map.Entry::getKey)
            .toList();
    due.forEach(waiting::remove);
    due.forEach(Runnable::run);
  }

  /** What the operator pushes, and the report that answers it; both go as JSON. */
  public RouterReport follow(Routes routes) {
    return sent(trials.follow(Contract.read(Contract.write(routes), Routes.class)));
  }

  /** What the operator asks for. */
  public RouterReport report() {
    return sent(trials.report());
  }

  private static RouterReport sent(RouterReport report) {
    return Contract.read(Contract.write(report), RouterReport.class).complete();
  }

  /** A caller's request. */
  public Reply infer(Call call) {
    return result(service.infer(call));
  }

  /** Whether labels that a caller tells are taken: the request may not have been compared. */
  public boolean learn(Call call) {
    try {
      Future<Reply> taken = feedback.take(call);
      if (taken.cause() instanceof ProtocolException refused) {
        throw refused;
      }
      return result(taken).status() == ACCEPTED;
    } catch (ProtocolException e) {
      if (e.status() != NOT_FOUND) {
        throw e;
      }
      return false;
    }
  }

  private static Reply result(Future<Reply> reply) {
    if (!reply.succeeded()) {
      throw new AssertionError("the router gave no answer", reply.cause());
    }
    return reply.result();
  }
}
