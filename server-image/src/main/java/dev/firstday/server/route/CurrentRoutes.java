package dev.firstday.server.route;

import dev.firstday.contract.Routes;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** The routes in force: of all that were offered, those with the greatest revision. */
final class CurrentRoutes {
  private final AtomicReference<Routes> current = new AtomicReference<>();

  Optional<Routes> get() {
    return Optional.ofNullable(current.get());
  }

  /**
   * @return whether they are in force now; false when those in force are as new
   */
  boolean offer(Routes offered) {
    Routes before = current.get();
    while (before == null || before.revision() < offered.revision()) {
      if (current.compareAndSet(before, offered)) {
        return true;
      }
      before = current.get();
    }
    return false;
  }
}
