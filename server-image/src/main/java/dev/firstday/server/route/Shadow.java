package dev.firstday.server.route;

import dev.firstday.contract.Routes;
import dev.firstday.server.http.Call;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends callers' requests to the other version too and compares the answers, off the callers' path:
 * over connections of its own, large answers on a thread of its own, and not at all when too many
 * are under way.
 */
final class Shadow {
  private static final Logger LOG = LoggerFactory.getLogger(Shadow.class);
  static final int AT_MOST = 128;

  private final BackendClient client;
  private final WorkerExecutor comparing;
  private final RouterMetrics metrics;
  private final Recorder recorder;
  private final Semaphore room = new Semaphore(AT_MOST);

  /**
   * @param comparing where large answers are read and compared
   */
  Shadow(BackendClient client, WorkerExecutor comparing, RouterMetrics metrics, Recorder recorder) {
    this.client = client;
    this.comparing = comparing;
    this.metrics = metrics;
    this.recorder = recorder;
  }

  /**
   * The caller has the candidate's answer; stable is asked the same.
   *
   * @return false when there is no room for it
   */
  boolean askStable(Trial trial, Routes routes, Call call, Outcome candidate) {
    boolean entered = enter(trial);
    if (entered) {
      client
          .infer(routes.stable(), call)
          .onSuccess(
              stable -> {
                trial.stableAnswered(stable);
                compare(trial, routes, call, stable, candidate);
              });
    }
    return entered;
  }

  /** The same, where the caller has stable's answer and the candidate is asked. */
  boolean askCandidate(Trial trial, Routes routes, Call call, Outcome stable) {
    boolean entered = enter(trial);
    if (entered) {
      client
          .infer(routes.candidate(), call)
          .onSuccess(candidate -> compare(trial, routes, call, stable, candidate));
    }
    return entered;
  }

  /** The same, where both were asked on the caller's path. */
  boolean both(Trial trial, Routes routes, Call call, Outcome stable, Outcome candidate) {
    boolean entered = enter(trial);
    if (entered) {
      compare(trial, routes, call, stable, candidate);
    }
    return entered;
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
    if (stable.bytes() + candidate.bytes() + call.body().length() <= Outcome.SMALL_BYTES) {
      try {
        judge(trial, routes, call, stable, candidate);
      } catch (RuntimeException e) {
        LOG.error("two answers could not be compared", e);
      } finally {
        room.release();
      }
      return;
    }
    comparing
        .executeBlocking(
            () -> {
              judge(trial, routes, call, stable, candidate);
              return null;
            },
            false)
        .onFailure(failure -> LOG.error("two answers could not be compared", failure))
        .onComplete(done -> room.release());
  }

  private void judge(Trial trial, Routes routes, Call call, Outcome stable, Outcome candidate) {
    Verdict verdict = trial.add(Source.LIVE, routes, call, stable, candidate);
    metrics.compared(Source.LIVE, verdict);
    recorder.pair(routes, call, stable, candidate, verdict);
  }
}
