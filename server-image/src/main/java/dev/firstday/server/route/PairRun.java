package dev.firstday.server.route;

import dev.firstday.contract.Routes;
import dev.firstday.server.http.Call;
import dev.firstday.server.v2.ModelMetadata;
import dev.firstday.server.v2.ProtocolException;
import dev.firstday.server.v2.V2;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.WorkerExecutor;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends requests of the router's own to both versions, one after the other, so that callers hardly
 * feel it. What cannot be reached yet is asked again, for as long as the trial lasts and the routes
 * ask for it.
 */
final class PairRun {
  private static final Logger LOG = LoggerFactory.getLogger(PairRun.class);
  private static final long RETRY_MILLIS = 500;

  /** As many times as often a candidate is asked whose pod may have gone and come back. */
  private static final int PATIENCE_WHEN_BROKEN = 20;

  private final Timer timer;
  private final BackendClient client;
  private final WorkerExecutor comparing;
  private final RouterMetrics metrics;
  private final Trial trial;
  private final Supplier<Optional<Routes>> routes;
  private final OwnRequests own;
  private final Promise<Void> through = Promise.promise();

  /**
   * @param comparing where answers are read and compared
   * @param routes those in force, whose addresses may change while the trial lasts
   */
  PairRun(
      Timer timer,
      BackendClient client,
      WorkerExecutor comparing,
      RouterMetrics metrics,
      Trial trial,
      Supplier<Optional<Routes>> routes,
      OwnRequests own) {
    this.timer = timer;
    this.client = client;
    this.comparing = comparing;
    this.metrics = metrics;
    this.trial = trial;
    this.routes = routes;
    this.own = own;
  }

  /** The future is over when all are answered, which it never is when the trial ends before. */
  Future<Void> start() {
    begin();
    return through.future();
  }

  private void begin() {
    follow()
        .ifPresent(
            current ->
                learn(current)
                    .compose(known -> own.fetch(current))
                    .compose(requests -> warmUp(requests, 0).map(requests))
                    .onSuccess(
                        requests -> {
                          trial.waitsFor(null);
                          compare(requests, 0, 1);
                        })
                    .onFailure(failure -> again(failure, this::begin)));
  }

  /** The routes, while they are still those of the trial. */
  private Optional<Routes> follow() {
    return trial.over()
        ? Optional.empty()
        : routes.get().filter(r -> trial.isOf(r) && r.candidate() != null).filter(own::isWanted);
  }

  private void again(Throwable failure, Runnable step) {
    if (follow().isEmpty()) {
      return;
    }
    String why = own.source().words() + ": " + failure.getMessage();
    if (trial.waitsFor(why)) {
      LOG.info("waiting: {}", why);
    }
    timer.after(RETRY_MILLIS, step);
  }

  /** What stable says of its label decides how answers are compared; without it, the candidate. */
  private Future<Void> learn(Routes current) {
    if (trial.comparing()) {
      return Future.succeededFuture();
    }
    Routes.Backend version = current.stable() == null ? current.candidate() : current.stable();
    return client
        .getModel(version, current.model(), "")
        .map(
            outcome -> {
              String what = "version " + version.version();
              ModelMetadata metadata = V2.readModelMetadata(outcome.bodyOf("metadata of " + what));
              if (metadata.properties() == null
                  || !metadata.properties().containsKey(ModelMetadata.Property.LABEL)) {
                throw ProtocolException.unavailable(what + " does not name its label");
              }
              trial.compareAs(metadata);
              return null;
            });
  }

  private Future<Void> warmUp(List<Call> requests, int sent) {
    if (sent == own.warmUps() || requests.isEmpty()) {
      return Future.succeededFuture();
    }
    return both(requests.get(sent % requests.size()))
        .compose(
            pair ->
                pair.candidate().failed() ? Future.succeededFuture() : warmUp(requests, sent + 1));
  }

  private void compare(List<Call> requests, int next, int attempt) {
    if (next == requests.size()) {
      trial.done(own.source());
      own.through();
      through.complete();
      LOG.info("{} are through: {}", own.source().words(), trial.counts(own.source()));
      return;
    }
    Call call = requests.get(next);
    both(call)
        .compose(pair -> judge(call, pair, attempt))
        .onSuccess(
            answered -> {
              trial.waitsFor(null);
              if (answered) {
                compare(requests, next + 1, 1);
              } else {
                timer.after(RETRY_MILLIS, () -> compare(requests, next, attempt + 1));
              }
            })
        .onFailure(failure -> again(failure, () -> compare(requests, next, attempt)));
  }

  /** Whether the next may be sent. */
  private Future<Boolean> judge(Call call, Pair pair, int attempt) {
    Optional<Routes> current = follow();
    if (current.isEmpty()) {
      return Future.failedFuture("the trial is over");
    }
    if (pair.stable() != null && pair.candidate().failed() && attempt < attempts(pair)) {
      return Future.succeededFuture(false);
    }
    return comparing.executeBlocking(
        () -> {
          OwnRequests.Reading reading = own.read(call, pair.stable(), pair.candidate());
          if (reading.counts()) {
            count(current.get(), call, pair);
          }
          return reading.settled();
        },
        false);
  }

  private int attempts(Pair pair) {
    boolean broken =
        pair.candidate() instanceof Outcome.Unreachable unreachable && !unreachable.timedOut();
    return broken ? own.attempts() * PATIENCE_WHEN_BROKEN : own.attempts();
  }

  private void count(Routes current, Call call, Pair pair) {
    Verdict verdict =
        pair.stable() == null
            ? trial.add(own.source(), current, call, pair.candidate())
            : trial.add(own.source(), current, call, pair.stable(), pair.candidate());
    metrics.compared(own.source(), verdict);
  }

  private Future<Pair> both(Call call) {
    Optional<Routes> current = follow();
    if (current.isEmpty()) {
      return Future.failedFuture("the trial is over");
    }
    Routes.Backend stable = current.get().stable();
    Future<Outcome> first = stable == null ? Future.succeededFuture() : client.infer(stable, call);
    return first.compose(
        expected -> {
          if (expected != null) {
            trial.stableAnswered(expected);
          }
          return client
              .infer(current.get().candidate(), call)
              .map(given -> new Pair(expected, given));
        });
  }

  /** The answers to one request; stable's is null where there is no stable version. */
  private record Pair(Outcome stable, Outcome candidate) {}
}
