package dev.firstday.server.route;

import dev.firstday.contract.Routes;
import dev.firstday.server.http.Call;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends callers' requests to the other version too and compares the answers, off the callers' path:
 * over connections of its own, on a thread of its own, and not at all when too many are under way.
 */
final class Shadow {
  private static final Logger LOG = LoggerFactory.getLogger(Shadow.class);
  private static final int AT_MOST = 128;

  private final BackendClient client;
  private final WorkerExecutor comparing;
  private final RouterMetrics metrics;
  private final Semaphore room = new Semaphore(AT_MOST);

  /**
   * @param comparing where answers are read and compared
   */
  Shadow(BackendClient client, WorkerExecutor comparing, RouterMetrics metrics) {
    this.client = client;
    this.comparing = comparing;
    this.metrics = metrics;
  }

  /** The caller has the candidate's answer; stable is asked the same. */
  void askStable(Trial trial, Routes routes, Call call, Outcome candidate) {
    if (enter(trial)) {
      client
          .infer(routes.stable(), call)
          .onSuccess(
              stable -> {
                trial.stableAnswered(stable);
                compare(trial, routes, call, stable, candidate);
              });
    }
  }

  /** The caller has stable's answer; the candidate is asked the same. */
  void askCandidate(Trial trial, Routes routes, Call call, Outcome stable) {
    if (enter(trial)) {
      client
          .infer(routes.candidate(), call)
          .onSuccess(candidate -> compare(trial, routes, call, stable, candidate));
    }
  }

  /** Both were asked on the caller's path. */
  void both(Trial trial, Routes routes, Call call, Outcome stable, Outcome candidate) {
    if (enter(trial)) {
      compare(trial, routes, call, stable, candidate);
    }
  }

  private boolean enter(Trial trial) {
    if (!trial.comparing()) {
      return false;
    }
    if (room.tryAcquire()) {
      return true;
    }
    metrics.droppedShadow();
    return false;
  }

  private void compare(Trial trial, Routes routes, Call call, Outcome stable, Outcome candidate) {
    comparing
        .executeBlocking(
            () -> {
              metrics.compared(
                  Source.LIVE, trial.add(Source.LIVE, routes, call, stable, candidate));
              return null;
            },
            false)
        .onFailure(failure -> LOG.error("two answers could not be compared", failure))
        .onComplete(done -> room.release());
  }
}
