package dev.firstday.cli.apiserver.http;

import dev.firstday.cli.apiserver.objects.ApiException;
import dev.firstday.cli.apiserver.store.CompactedException;
import dev.firstday.cli.apiserver.store.Snapshot;
import dev.firstday.cli.apiserver.store.Store;
import dev.firstday.cli.apiserver.store.Subscription;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** Tells callers of changes for as long as they listen. */
final class Watches {
  private static final Duration BOOKMARK_PERIOD = Duration.ofSeconds(60);
  private static final Duration USUAL_TIMEOUT = Duration.ofMinutes(45);

  private final Vertx vertx;
  private final Store store;
  private final Tables tables;
  private final Set<Watch> open = ConcurrentHashMap.newKeySet();

  Watches(Vertx vertx, Store store, Tables tables) {
    this.vertx = vertx;
    this.store = store;
    this.tables = tables;
  }

  static boolean isWanted(Call call) {
    return call.method().equals("GET") && call.flag("watch");
  }

  /**
   * Starts a watch; what it tells goes to {@code sink}, on its event loop.
   *
   * @throws ApiException when the request makes no sense
   */
  void start(Target target, Call call, WatchSink sink) {
    new Watch(new WatchEvents(target, call, tables), sink, target, call).start();
  }

  void endAll() {
    open.forEach(Watch::end);
  }

  private final class Watch {
    private final WatchEvents events;
    private final WatchSink sink;
    private final Target target;
    private final Call call;
    private final Context loop = vertx.getOrCreateContext();
    private final AtomicBoolean hasEnded = new AtomicBoolean();

    Watch(WatchEvents events, WatchSink sink, Target target, Call call) {
      this.events = events;
      this.sink = sink;
      this.target = target;
      this.call = call;
    }

    void start() {
      open.add(this);
      Subscription subscription;
      try {
        subscription = subscribe();
      } catch (CompactedException e) {
        sink.send(WatchEvents.error(ApiException.expired(e.getMessage())));
        end();
        return;
      }
      String asked = call.parameter("timeoutSeconds");
      Duration timeout =
          asked.isEmpty() ? USUAL_TIMEOUT : Duration.ofSeconds(Math.max(1, Long.parseLong(asked)));
      long timer = vertx.setTimer(timeout.toMillis(), expired -> end());
      long bookmarks = vertx.setPeriodic(BOOKMARK_PERIOD.toMillis(), due -> bookmark(false));
      sink.whenGone(
          () -> {
            hasEnded.set(true);
            open.remove(this);
            subscription.cancel();
            vertx.cancelTimer(timer);
            vertx.cancelTimer(bookmarks);
          });
    }

    private Subscription subscribe() throws CompactedException {
      String asked = call.parameter("resourceVersion");
      boolean fromNow = asked.isEmpty() || asked.equals("0") || call.flag("sendInitialEvents");
      if (!fromNow) {
        return follow(Long.parseLong(asked));
      }
      Snapshot snapshot = store.list(target.type().storedIn(), target.namespace());
      snapshot.objects().stream()
          .filter(events::concerns)
          .forEach(stored -> sink.send(events.line("ADDED", stored)));
      Subscription subscription = follow(snapshot.revision());
      if (call.flag("sendInitialEvents")) {
        bookmark(true);
      }
      return subscription;
    }

    private Subscription follow(long revision) throws CompactedException {
      // the store tells in order, and the loop keeps that order
      return store.watch(
          target.type().storedIn(),
          revision,
          event -> loop.runOnContext(turn -> tell(() -> events.line(event).ifPresent(sink::send))));
    }

    private void bookmark(boolean endsInitial) {
      if (call.flag("allowWatchBookmarks")) {
        long revision = store.revision();
        loop.runOnContext(turn -> tell(() -> sink.send(events.bookmark(revision, endsInitial))));
      }
    }

    private void tell(Runnable action) {
      if (!hasEnded.get()) {
        action.run();
      }
    }

    void end() {
      open.remove(this);
      if (hasEnded.compareAndSet(false, true)) {
        sink.end();
      }
    }
  }
}
