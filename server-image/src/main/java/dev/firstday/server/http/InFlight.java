package dev.firstday.server.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Counts the requests being answered, so that the process can end after the last one. */
public final class InFlight {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private int requests;
  private volatile boolean draining;

  void enter() {
    add(1);
  }

  void leave() {
    add(-1);
  }

  private void add(int difference) {
    lock.lock();
    try {
      requests += difference;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** From now on the server is not ready and asks callers to close their connections. */
  public void drain() {
    draining = true;
  }

  public boolean draining() {
    return draining;
  }

  /** While draining: the caller's next request should come over another connection. */
  void askToLeave(HttpServerRequest request) {
    if (!draining) {
      return;
    }
    if (request.version() == HttpVersion.HTTP_2) {
      request.connection().goAway(0);
    } else {
      request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
  }

  /**
   * Waits for the last request, but keeps on answering for {@code grace} at least, since callers
   * still come until all of the cluster has heard that this pod is not ready.
   *
   * @return whether none is left
   */
  public boolean await(Duration grace, Duration atMost) throws InterruptedException {
    long start = System.nanoTime();
    lock.lock();
    try {
      while (true) {
        long elapsed = System.nanoTime() - start;
        long bound = (requests == 0 ? grace : atMost).toNanos();
        if (elapsed >= bound) {
          return requests == 0;
        }
        changed.await(bound - elapsed, TimeUnit.NANOSECONDS);
      }
    } finally {
      lock.unlock();
    }
  }
}
