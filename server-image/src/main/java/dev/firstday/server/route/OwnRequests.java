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
}
