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
  Peers NONE =
      new Peers() {
        @Override
        public Future<Optional<Reply>> learn(String model, Buffer labels) {
          return Future.succeededFuture(Optional.empty());
        }

        @Override
        public Future<Boolean> remember(String model, Buffer requests) {
          return Future.succeededFuture(false);
        }
      };

  /**
   * Hands labels on.
   *
   * @param labels as a caller sent them
   * @return the answer of the one that remembers the request; empty when none does that can be
   *     asked
   */
  Future<Optional<Reply>> learn(String model, Buffer labels);

  /**
   * Hands on what a router remembers that is about to end.
   *
   * @param requests as {@link Handover} writes them
   * @return whether one of them has taken it
   */
  Future<Boolean> remember(String model, Buffer requests);
}
