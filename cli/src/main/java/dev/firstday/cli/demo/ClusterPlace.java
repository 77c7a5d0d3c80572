package dev.firstday.cli.demo;

import dev.firstday.sdk.store.Store;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.LocalPortForward;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** A cluster with the chart installed; Services are reached by port forwarding. */
final class ClusterPlace implements Place {
  private final KubernetesClient client;
  private final String namespace;
  private final Store store;
  private final List<LocalPortForward> forwards = new ArrayList<>();

  ClusterPlace(KubernetesClient client, String namespace, Store store) {
    this.client = client;
    this.namespace = namespace;
    this.store = store;
  }

  @Override
  public KubernetesClient client() {
    return client;
  }

  @Override
  public String namespace() {
    return namespace;
  }

  @Override
  public Store store() {
    return store;
  }

  @Override
  public URI reach(Service service) {
    LocalPortForward forward =
        client
            .services()
            .resource(service)
            .portForward(service.getSpec().getPorts().get(0).getPort());
    forwards.add(forward);
    return URI.create("http://127.0.0.1:" + forward.getLocalPort());
  }

  @Override
  public String whereLogsAre() {
    return "kubectl logs -n " + namespace + " POD";
  }

  @Override
  public List<String> howToGoOn(ServedModel served) {
    return List.of(
        "kubectl get ml -n " + namespace,
        "kubectl port-forward -n " + namespace + " service/" + served.model() + " 8000:80 &",
        Curl.command(URI.create("http://127.0.0.1:8000"), served));
  }

  @Override
  public void close() throws IOException {
    for (LocalPortForward forward : forwards) {
      forward.close();
    }
    store.close();
    client.close();
  }
}
