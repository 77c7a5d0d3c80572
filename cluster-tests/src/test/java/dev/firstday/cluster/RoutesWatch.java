package dev.firstday.cluster;

import dev.firstday.contract.Contract;
import dev.firstday.contract.Routes;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** Notes when the operator has written down that a version answers every request. */
record RoutesWatch(int version, CompletableFuture<Instant> written)
    implements Sightings<ConfigMap> {
  private static final int ALL = 100;

  @Override
  public void note(ConfigMap map) {
    Routes routes = Contract.read(map.getData().get("routes.json"), Routes.class);
    if (routes.stable().version() == version && routes.stable().weight() == ALL) {
      written.complete(Instant.now());
    }
  }
}
