package dev.firstday.cli.dataset;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstday.api.Dataset;
import dev.firstday.api.Firstday;
import dev.firstday.cli.apiserver.json.Json;
import dev.firstday.cli.local.LocalCluster;
import dev.firstday.cli.local.LocalFolder;
import dev.firstday.cli.local.LocalRecord;
import dev.firstday.sdk.Names;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** A cluster and a namespace on it. */
record Cluster(KubernetesClient client, String namespace) implements AutoCloseable {
  private static final String DEFAULT_NAMESPACE = "default";

  /**
   * The one that kubectl would take; without {@code KUBECONFIG} the local one, if it runs.
   *
   * @param kubeconfig the variable's value; null when it is not set
   * @param namespace null: the kubeconfig's own
   * @throws CommandFailure when there is none
   */
  static Cluster find(String kubeconfig, LocalFolder local, String namespace)
      throws IOException, CommandFailure {
    Optional<LocalRecord> running =
        kubeconfig != null
            ? Optional.empty()
            : LocalRecord.read(local).filter(record -> record.process().isPresent());
    if (running.isPresent()) {
      URI server = URI.create("http://127.0.0.1:" + running.get().apiPort());
      return new Cluster(
          LocalCluster.client(server), namespace == null ? DEFAULT_NAMESPACE : namespace);
    }
    KubernetesClient client = new KubernetesClientBuilder().build();
    String own = client.getNamespace() == null ? DEFAULT_NAMESPACE : client.getNamespace();
    if (client.getConfiguration().getCurrentContext() == null && client.getNamespace() == null) {
      client.close();
      throw new CommandFailure(
          "there is no cluster: no kubeconfig (KUBECONFIG, ~/.kube/config) names one, and none runs in "
              + local.root()
              + " (firstday demo starts one)");
    }
    return new Cluster(client, namespace == null ? own : namespace);
  }

  private Resource<Dataset> dataset(String name) {
    return client.resources(Dataset.class).inNamespace(namespace).withName(name);
  }

  /**
   * @throws CommandFailure when there is none of that name, or no cluster that answers
   */
  Dataset get(String name) throws CommandFailure {
    try {
      Dataset found = dataset(name).get();
      if (found != null) {
        return found;
      }
      List<String> names =
          client.resources(Dataset.class).inNamespace(namespace).list().getItems().stream()
              .map(dataset -> dataset.getMetadata().getName())
              .toList();
      throw new CommandFailure(
          "there is no Dataset %s in namespace %s%s; %s"
              .formatted(
                  name,
                  namespace,
                  Names.hint(name, names),
                  names.isEmpty() ? "it has none" : "it has " + Names.list(names)));
    } catch (KubernetesClientException e) {
      throw away(e);
    }
  }

  /**
   * Asks for a refresh: a new value of the annotation.
   *
   * @throws CommandFailure when the API server does not take it
   */
  void refresh(String name, Instant now) throws CommandFailure {
    ObjectNode patch = Json.object();
    patch
        .putObject("metadata")
        .putObject("annotations")
        .put(Firstday.REFRESH_ANNOTATION, now.truncatedTo(ChronoUnit.SECONDS).toString());
    try {
      dataset(name).patch(PatchContext.of(PatchType.JSON_MERGE), patch.toString());
    } catch (KubernetesClientException e) {
      throw away(e);
    }
  }

  private CommandFailure away(KubernetesClientException e) {
    String cause = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
    return new CommandFailure(
        "the API server %s does not answer as it should: %s. Set KUBECONFIG, or start firstday demo"
            .formatted(client.getMasterUrl(), cause),
        e);
  }

  @Override
  public void close() {
    client.close();
  }
}
