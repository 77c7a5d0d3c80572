package dev.firstday.server.route;

import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;

/**
 * Whether a caller can use an answer, which only its content tells: status 200 may come with
 * anything.
 *
 * @param reading where large answers are read, so that other requests do not wait meanwhile
 */
record Usability(WorkerExecutor reading) {

  Future<Boolean> of(Outcome outcome) {
    return outcome.bytes() > Outcome.SMALL_BYTES
        ? reading.executeBlocking(() -> Judge.read(outcome).isPresent(), false)
        : Future.succeededFuture(Judge.read(outcome).isPresent());
  }
}
