package dev.firstday.cli.cluster;

import dev.firstday.cli.local.LocalCluster;
import dev.firstday.cli.local.LocalFolder;
import dev.firstday.cli.local.LocalRecord;
import dev.firstday.cli.terminal.CommandFailure;
import dev.firstday.contract.Names;
import dev.firstday.operator.kube.LeanClient;
import dev.firstday.operator.kube.Unreadable;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** A cluster and a namespace on it. */
public record Cluster(KubernetesClient client, String namespace) implements AutoCloseable {
  private static final String DEFAULT_NAMESPACE = "default";

  /**
   * The one that kubectl would take; without {@code KUBECONFIG} the local one, if it runs.
   *
   * @param kubeconfig the variable's value; null when it is not set
   * @param namespace null: the kubeconfig's own
   * @throws CommandFailure when there is none
   */
  public static Cluster find(String kubeconfig, LocalFolder local, String namespace)
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
    KubernetesClient client = ofKubeconfig();
    String own = client.getNamespace() == null ? DEFAULT_NAMESPACE : client.getNamespace();
    if (client.getConfiguration().getCurrentContext() == null && client.getNamespace() == null) {
      client.close();
      throw new CommandFailure(
          "there is no cluster: no kubeconfig (KUBECONFIG, ~/.kube/config) has a current-context that names one"
              + " (kubectl config use-context chooses), and none runs in "
              + local.root()
              + " (firstday demo starts one)");
    }
    return new Cluster(client, namespace == null ? own : namespace);
  }

  private static KubernetesClient ofKubeconfig() throws CommandFailure {
    try {
      return LeanClient.builder().build();
    } catch (YamlEngineException e) {
      throw new CommandFailure(
          "the kubeconfig (KUBECONFIG, ~/.kube/config) is not YAML: " + words(e), e);
    }
  }

  /** The resource of that name, to look at or to follow. */
  public <R extends CustomResource<?, ?>> Resource<R> resource(Class<R> kind, String name) {
    return client.resources(kind).inNamespace(namespace).withName(name);
  }

  /**
   * @throws CommandFailure when there is none of that name, it cannot be read, or no cluster
   *     answers
   */
  public <R extends CustomResource<?, ?>> R get(Class<R> kind, String name) throws CommandFailure {
    try {
      R found = resource(kind, name).get();
      if (found != null) {
        return readable(found);
      }
      List<String> names = all(kind).stream().map(other -> other.getMetadata().getName()).toList();
      throw new CommandFailure(
          "there is no %s %s in namespace %s%s; %s"
              .formatted(
                  HasMetadata.getKind(kind),
                  name,
                  namespace,
                  Names.hint(name, names),
                  names.isEmpty() ? "it has none" : "it has " + Names.list(names)));
    } catch (KubernetesClientException e) {
      throw away(e);
    }
  }

  /**
   * All of a kind, those that cannot be read too.
   *
   * @throws CommandFailure when the API server does not say
   */
  public <R extends CustomResource<?, ?>> List<R> all(Class<R> kind) throws CommandFailure {
    try {
      return client.resources(kind).inNamespace(namespace).list().getItems();
    } catch (KubernetesClientException e) {
      throw away(e);
    }
  }

  /**
   * Those of a kind that can be read.
   *
   * @param note gets a line about each of the others
   * @throws CommandFailure when the API server does not say
   */
  public <R extends CustomResource<?, ?>> List<R> readable(Class<R> kind, Consumer<String> note)
      throws CommandFailure {
    List<R> all = all(kind);
    all.forEach(resource -> unread(resource).ifPresent(note));
    return all.stream().filter(resource -> !Unreadable.is(resource)).toList();
  }

  /**
   * @return the resource
   * @throws CommandFailure when something of it cannot be read
   */
  public static <R extends HasMetadata> R readable(R resource) throws CommandFailure {
    Optional<String> fault = unread(resource);
    if (fault.isPresent()) {
      throw new CommandFailure(fault.get());
    }
    return resource;
  }

  /** That the resource cannot be read, and why, in a line; nothing where it can. */
  public static Optional<String> unread(HasMetadata resource) {
    return Unreadable.of(resource)
        .map(
            fault ->
                "%s %s cannot be read: %s"
                    .formatted(
                        resource.getKind(), resource.getMetadata().getName(), fault.getMessage()));
  }

  /**
   * Sets an annotation, whatever has become of the resource meanwhile.
   *
   * @throws CommandFailure when the API server does not take it
   */
  public <R extends CustomResource<?, ?>> void annotate(
      Class<R> kind, String name, String annotation, String value) throws CommandFailure {
    merge(kind, name, Map.of("metadata", Map.of("annotations", Map.of(annotation, value))));
  }

  /**
   * Sets what the value has, and leaves all else (JSON merge patch).
   *
   * @throws CommandFailure when the API server does not take it
   */
  public <R extends CustomResource<?, ?>> void merge(
      Class<R> kind, String name, Map<String, ?> patch) throws CommandFailure {
    try {
      resource(kind, name)
          .patch(PatchContext.of(PatchType.JSON_MERGE), Serialization.asJson(patch));
    } catch (KubernetesClientException e) {
      throw away(e);
    }
  }

  /** A failure that says which server it was, and how another one is named. */
  public CommandFailure away(KubernetesClientException e) {
    return new CommandFailure(
        "the API server %s does not answer as it should: %s. Set KUBECONFIG, or start firstday demo"
            .formatted(client.getMasterUrl(), words(e)),
        e);
  }

  /** What lies deepest says most; a refused connection has a name and no message. */
  private static String words(Throwable failure) {
    String words = String.valueOf(failure.getMessage());
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      words = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
    return words.lines().findFirst().orElse("");
  }

  @Override
  public void close() {
    client.close();
  }
}
