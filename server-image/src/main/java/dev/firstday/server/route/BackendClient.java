package dev.firstday.server.route;

import dev.firstday.contract.Routes;
import dev.firstday.server.http.Call;
import io.vertx.core.Future;

/** Sends requests to versions. The futures never fail: what went wrong is an outcome. */
interface BackendClient {
  /** A caller's request. */
  Future<Outcome> infer(Routes.Backend backend, Call call);

  /**
   * @param path below the model's own, beginning with a slash, or empty
   */
  Future<Outcome> getModel(Routes.Backend backend, String model, String path);

  /** The requests that a version answered at the end of its training. */
  Future<Outcome> getGolden(Routes.Backend backend);
}
