package dev.firstday.cluster;

import dev.firstday.contract.Contract;
import dev.firstday.contract.Routes;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** Notes when the operator has written down that a version answers every request. */
record RoutesWatch(int version, CompletableFuture<Instant> written)
    implements ResourceEventHandler<ConfigMap> {
  private static final int ALL = 100;

  @Override
  public void onAdd(ConfigMap routes) {
    note(routes);
  }

  @Override
  public void onUpdate(ConfigMap before, ConfigMap routes) {
    note(routes);
  }

  @Override
  public void onDelete(ConfigMap routes, boolean isOld) {}

  private void note(ConfigMap map) {
    Routes routes = Contract.read(map.getData().get("routes.json"), Routes.class);
    if (routes.stable().version() == version && routes.stable().weight() == ALL) {
      written.complete(Instant.now());
    }
  }
}
