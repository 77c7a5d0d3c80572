package dev.firstday.cli.apiserver.control;

import dev.firstday.cli.apiserver.objects.ApiException;
import dev.firstday.cli.apiserver.store.Store;
import dev.firstday.cli.apiserver.store.StoreEvent;
import dev.firstday.cli.apiserver.store.Stored;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the controllers, one change after the other, on a thread of their own. */
public final class Controllers implements AutoCloseable {
  private final Logger log = LoggerFactory.getLogger(Controllers.class);
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "apiserver-controllers");
            thread.setDaemon(true);
            return thread;
          });
  private final GarbageCollector garbage;
  private final Draining draining;
  private final DefaultAccounts accounts;

  public Controllers(
      Store store, GarbageCollector garbage, Draining draining, DefaultAccounts accounts) {
    this.garbage = garbage;
    this.draining = draining;
    this.accounts = accounts;
    store.listen(this::note);
    for (Stored stored : store.everything().objects()) {
      garbage.index(stored);
    }
    // what was left undone when the last server on this state closed
    for (Stored stored : store.everything().objects()) {
      submit(() -> act(new StoreEvent.Added(stored)));
    }
  }

  @Override
  public void close() {
    worker.shutdownNow();
  }

  private void note(StoreEvent event) {
    garbage.note(event);
    submit(() -> act(event));
  }

  private void act(StoreEvent event) {
    try {
      garbage.act(event);
      draining.act(event);
      accounts.act(event);
    } catch (ApiException e) {
      log.warn("{} {}: {}", event.now().resource(), event.now().key(), e.getMessage());
    }
  }

  private void submit(Runnable task) {
    try {
      worker.execute(task);
    } catch (RejectedExecutionException e) {
      log.debug("closed: what is left is done after the next start");
    }
  }
}
