package dev.firstday.server.http;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Counts the requests being answered, so that the process can end after the last one. */
public final class InFlight {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<HttpConnection, Integer> requestsOfHttp2 = new ConcurrentHashMap<>();
  private int requests;
  private volatile boolean draining;

  void enter() {
    add(1);
  }

  void leave() {
    add(-1);
  }

  /** The same for a request that may have company on its connection. */
  void enter(HttpServerRequest request) {
    if (request.version() == HttpVersion.HTTP_2) {
      requestsOfHttp2.merge(request.connection(), 1, Integer::sum);
    }
    enter();
  }

  /**
   * The same once it is answered. Over HTTP/2 the connection is given up after the last of its
   * requests: there are clients, Java's own among them, that take all answers that they wait for as
   * lost when they hear of it.
   */
  void leave(HttpServerRequest request) {
    if (request.version() == HttpVersion.HTTP_2) {
      boolean others =
          requestsOfHttp2.computeIfPresent(
                  request.connection(), (connection, n) -> n == 1 ? null : n - 1)
              != null;
      if (draining && !others) {
        request.connection().goAway(0);
      }
    }
    leave();
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
    if (draining && request.version() != HttpVersion.HTTP_2) {
      request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
  }

  /** The same of callers of gRPC, whose clients go on reading what they wait for. */
  void askCallerOfGrpcToLeave(HttpServerRequest call) {
    if (draining) {
      call.connection().goAway(0);
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
