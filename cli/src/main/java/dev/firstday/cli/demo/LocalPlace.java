package dev.firstday.cli.demo;

import dev.firstday.cli.local.LocalFolder;
import dev.firstday.cli.local.ObjectStorage;
import dev.firstday.sdk.store.Store;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.util.List;

/** A cluster on this machine; Services have addresses of their own. */
final class LocalPlace implements Place {
  static final String NAMESPACE = "default";

  private final KubernetesClient client;
  private final LocalFolder folder;
  private final Store store;
  private final Closeable owned;

  /**
   * @param owned ended with this place: the cluster, or only the client
   */
  LocalPlace(
      KubernetesClient client, ObjectStorage.Access storage, LocalFolder folder, Closeable owned) {
    this.client = client;
    this.folder = folder;
    this.owned = owned;
    this.store = Store.open(storage.environment(), NAMESPACE);
  }

  @Override
  public KubernetesClient client() {
    return client;
  }

  @Override
  public String namespace() {
    return NAMESPACE;
  }

  @Override
  public Store store() {
    return store;
  }

  @Override
  public URI reach(Service service) {
    return URI.create(
        "http://"
            + service.getSpec().getClusterIP()
            + ":"
            + service.getSpec().getPorts().get(0).getPort());
  }

  @Override
  public String whereLogsAre() {
    return folder.logs().resolve(NAMESPACE).toString();
  }

  @Override
  public List<String> howToGoOn(ServedModel served) {
    return List.of(
        "export KUBECONFIG=" + folder.kubeconfig(),
        "kubectl get ml",
        Curl.command(served.endpoint(), served));
  }

  @Override
  public void close() throws IOException {
    store.close();
    owned.close();
  }
}
