package dev.firstday.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Applications of Argo CD, and what has been seen of each: health, and drift. */
final class Applications implements AutoCloseable {
  static final String NAMESPACE = "argocd";

  private static final ResourceDefinitionContext KIND =
      new ResourceDefinitionContext.Builder()
          .withGroup("argoproj.io")
          .withVersion("v1alpha1")
          .withKind("Application")
          .withPlural("applications")
          .withNamespaced(true)
          .build();

  private static final ObjectMapper JSON = JsonMapper.builder().build();

  /**
   * What differed from Git after it had been as Git has it, and Git had not changed.
   *
   * @param resources that differed
   */
  record Drift(String application, String resources) {}

  private final KubernetesClient client;
  private final String destination;
  private final String tenant;
  private final GitRepository repository;
  private final List<String> created = new ArrayList<>();
  private final Map<String, List<String>> health = new ConcurrentHashMap<>();
  private final Map<String, String> synced = new ConcurrentHashMap<>();
  private final List<Drift> drifts = new CopyOnWriteArrayList<>();
  private final SharedIndexInformer<GenericKubernetesResource> informer;

  /**
   * @param destination the cluster, as Argo CD calls it
   * @param tenant the namespace that Applications are for; their names begin with it
   */
  Applications(
      KubernetesClient client, String destination, String tenant, GitRepository repository) {
    this.client = client;
    this.destination = destination;
    this.tenant = tenant;
    this.repository = repository;
    informer =
        client
            .genericKubernetesResources(KIND)
            .inNamespace(NAMESPACE)
            .inform(
                new ResourceEventHandler<>() {
                  @Override
                  public void onAdd(GenericKubernetesResource application) {
                    see(application);
                  }

                  @Override
                  public void onUpdate(
                      GenericKubernetesResource before, GenericKubernetesResource application) {
                    see(application);
                  }

                  @Override
                  public void onDelete(GenericKubernetesResource application, boolean unknown) {
                    // what it was last has been seen
                  }
                });
  }

  /**
   * An Application that syncs by itself, mends what differs, and goes with all that it made.
   *
   * @param folder of the repository
   * @param syncOptions as {@code ServerSideApply=true}
   * @param compareOptions as {@code ServerSideDiff=true}; may be empty
   */
  void create(String name, String folder, List<String> syncOptions, String compareOptions) {
    created.add(name);
    new Tenant(client, new Kubectl(NAMESPACE))
        .apply(
            """
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata:
              name: %s
              annotations: {argocd.argoproj.io/compare-options: "%s"}
              finalizers: [resources-finalizer.argocd.argoproj.io]
            spec:
              project: default
              source: {repoURL: "%s", targetRevision: main, path: %s}
              destination: {name: %s, namespace: %s}
              syncPolicy:
                automated: {prune: true, selfHeal: true}
                # nothing is deleted while a sync is tried again
                retry: {limit: 1, backoff: {duration: 1s, maxDuration: 1s}}
                syncOptions: %s
            """
                .formatted(
                    fullName(name),
                    compareOptions,
                    repository.url(),
                    folder,
                    destination,
                    tenant,
                    Serialization.asJson(syncOptions)));
  }

  /** Another folder of the repository is what it is made from. */
  void move(String name, String folder) {
    patch(name, "{\"spec\": {\"source\": {\"path\": \"%s\"}}}".formatted(folder));
  }

  /** Argo CD looks at the repository now. */
  void refresh() {
    created.forEach(
        name ->
            patch(
                name,
                "{\"metadata\": {\"annotations\": {\"argocd.argoproj.io/refresh\": \"hard\"}}}"));
  }

  /** Deletes it, and it deletes what it made. */
  void delete(String name) {
    client
        .genericKubernetesResources(KIND)
        .inNamespace(NAMESPACE)
        .withName(fullName(name))
        .delete();
  }

  boolean isGone(String name) {
    return get(name) == null;
  }

  JsonNode status(String name) {
    GenericKubernetesResource application = get(name);
    return application == null ? json(Map.of()) : json(application).path("status");
  }

  String health(String name) {
    return status(name).at("/health/status").asText();
  }

  boolean isSynced(String name, String commit) {
    return status(name).at("/sync/status").asText().equals("Synced")
        && status(name).at("/sync/revision").asText().equals(commit);
  }

  /** One after the other, without repetitions. */
  List<String> healthSoFar(String name) {
    return health.getOrDefault(fullName(name), List.of());
  }

  List<Drift> drifts() {
    if (!informer.isWatching()) {
      throw new IllegalStateException("nobody watches the Applications any more");
    }
    return List.copyOf(drifts);
  }

  List<Drift> drifts(String name) {
    return drifts().stream().filter(drift -> drift.application().equals(fullName(name))).toList();
  }

  List<String> names() {
    return List.copyOf(created);
  }

  @Override
  public void close() {
    informer.close();
  }

  private void see(GenericKubernetesResource application) {
    String name = application.getMetadata().getName();
    if (!name.startsWith(tenant)) {
      return;
    }
    JsonNode status = json(application).path("status");
    String now = status.at("/health/status").asText();
    List<String> seen = health.computeIfAbsent(name, n -> new CopyOnWriteArrayList<>());
    if (!now.isEmpty() && (seen.isEmpty() || !seen.get(seen.size() - 1).equals(now))) {
      seen.add(now);
    }
    String compared = status.at("/sync/comparedTo") + status.at("/sync/revision").asText();
    if (status.at("/sync/status").asText().equals("Synced")) {
      synced.put(name, compared);
    } else if (compared.equals(synced.get(name))) {
      List<String> resources = new ArrayList<>();
      for (JsonNode resource : status.path("resources")) {
        if (!resource.path("status").asText().equals("Synced")) {
          resources.add(resource.path("kind").asText() + "/" + resource.path("name").asText());
        }
      }
      drifts.add(new Drift(name, String.join(", ", resources)));
    }
  }

  private void patch(String name, String merge) {
    client
        .genericKubernetesResources(KIND)
        .inNamespace(NAMESPACE)
        .withName(fullName(name))
        .patch(PatchContext.of(PatchType.JSON_MERGE), merge);
  }

  private GenericKubernetesResource get(String name) {
    return client
        .genericKubernetesResources(KIND)
        .inNamespace(NAMESPACE)
        .withName(fullName(name))
        .get();
  }

  private String fullName(String name) {
    return tenant + "-" + name;
  }

  private static JsonNode json(Object value) {
    return JSON.valueToTree(value);
  }
}
