package dev.firstday.server.route;

import dev.firstday.server.http.Reply;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/**
 * The other routers of the same Deployment: each remembers the requests that it was asked itself,
 * and a caller cannot choose whom to tell a label.
 */
public interface Peers {
  /** A router that is alone. */
  Peers NONE = (model, labels) -> Future.succeededFuture(Optional.empty());

  /**
   * Hands labels on.
   *
   * @param labels as a caller sent them
   * @return the answer of the one that remembers the request; empty when none does that can be
   *     asked
   */
  Future<Optional<Reply>> learn(String model, Buffer labels);
}
