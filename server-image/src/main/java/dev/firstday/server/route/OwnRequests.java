package dev.firstday.server.route;

import dev.firstday.contract.Routes;
import dev.firstday.server.http.Call;
import io.vertx.core.Future;
import java.util.List;

/** Requests that no caller waits for: a router sends them to both versions of its own accord. */
interface OwnRequests {
  /** As what they count. */
  Source source();

  /** Whether these routes ask for them. */
  boolean isWanted(Routes current);

  /** All of them; a failure is told, and they are asked for again. */
  Future<List<Call>> fetch(Routes current);

  /** How many go ahead uncounted. */
  int warmUps();

  /** How often one may be asked that the candidate fails beside a stable version. */
  int attempts();

  /**
   * Looks at the answers to one of them.
   *
   * @param stable null where there is no stable version, so that the candidate has to answer each
   *     well some time
   * @throws dev.firstday.server.v2.ProtocolException when they say nothing yet, and why
   */
  default Reading read(Call call, Outcome stable, Outcome candidate) {
    return new Reading(true, stable != null || Judge.read(candidate).isPresent());
  }

  /** All are answered. */
  default void through() {}

  /**
   * What is to be done with the answers to one request.
   *
   * @param counts whether they are compared, and count
   * @param settled whether the next may be sent; else the same one is sent again
   */
  record Reading(boolean counts, boolean settled) {}
}
