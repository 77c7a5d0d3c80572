package dev.firstday.operator.kube;

import io.fabric8.kubernetes.api.model.DeleteOptions;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.SSABasedGenericKubernetesResourceMatcher;
import java.net.HttpURLConnection;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes, changes and deletes children. Nothing is sent for a child that is as it should be. */
public final class Applier {
  /** Owns the fields that the operator sets; the API server's audit log and diffs show it. */
  public static final String FIELD_MANAGER = "firstday";

  /**
   * Owns the number of pods that an autoscaler is given to start from. It is no one else's: what
   * only {@link #FIELD_MANAGER} owned would be gone, and 1 again, once it is no longer applied.
   */
  public static final String SIZE_MANAGER = "firstday-size";

  private static final int UNPROCESSABLE = 422;

  private final KubernetesClient client;

  public Applier(KubernetesClient client) {
    this.client = client;
  }

  /** Applies each child that differs from what the cache holds of it, whoever changed it. */
  public void apply(Collection<? extends HasMetadata> desired, Context<?> context) {
    desired.forEach(child -> applyOne(child, context));
  }

  /** Deletes the children of that kind that belong to the resource and are not among the kept. */
  public <R extends HasMetadata> void prune(
      Class<R> kind, Owner owner, Collection<? extends HasMetadata> keep, Context<?> context) {
    Set<String> names =
        keep.stream()
            .filter(kind::isInstance)
            .map(child -> child.getMetadata().getName())
            .collect(Collectors.toSet());
    context.getSecondaryResources(kind).stream()
        .filter(owner::owns)
        .filter(child -> !names.contains(child.getMetadata().getName()))
        .forEach(this::delete);
  }

  /**
   * Sets a Deployment's number of pods and nothing else, so that it stays when {@link #apply} says
   * nothing of it, and whoever scales the Deployment may change it.
   *
   * @throws KubernetesClientException 409 when somebody changed the Deployment since it was cached,
   *     an autoscaler maybe
   */
  public void resize(Deployment cached, int replicas) {
    Deployment size =
        new DeploymentBuilder()
            .withNewMetadata()
            .withNamespace(cached.getMetadata().getNamespace())
            .withName(cached.getMetadata().getName())
            .withUid(cached.getMetadata().getUid())
            .withResourceVersion(cached.getMetadata().getResourceVersion())
            .endMetadata()
            .withNewSpec()
            .withReplicas(replicas)
            .endSpec()
            .build();
    client.resource(size).fieldManager(SIZE_MANAGER).forceConflicts().serverSideApply();
  }

  /**
   * Creates an object that is never changed afterwards. One that is there already under this name
   * is adopted if it belongs to the resource: an earlier pass made it, and the cache was late.
   *
   * @return why the API server will not have the object, or empty when it is there
   * @throws KubernetesClientException when the API server could not be asked
   */
  public Optional<Rejection> create(HasMetadata object, Owner owner) {
    try {
      client.resource(object).create();
      return Optional.empty();
    } catch (KubernetesClientException e) {
      return switch (e.getCode()) {
        case HttpURLConnection.HTTP_CONFLICT -> adopt(object, owner);
        case HttpURLConnection.HTTP_BAD_REQUEST, UNPROCESSABLE ->
            Optional.of(new Rejection(Rejection.Why.INVALID, words(e)));
        case HttpURLConnection.HTTP_FORBIDDEN ->
            Optional.of(new Rejection(Rejection.Why.FORBIDDEN, words(e)));
        default -> throw e;
      };
    }
  }

  /** Deletes that very object, and not a namesake that took its place. */
  public void delete(HasMetadata object) {
    DeleteOptions options =
        new DeleteOptionsBuilder()
            .withPropagationPolicy("Background")
            .withNewPreconditions()
            .withUid(object.getMetadata().getUid())
            .endPreconditions()
            .build();
    try {
      client.raw(path(object), "DELETE", options);
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND
          && e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw e;
      }
    }
  }

  @SuppressWarnings("unchecked")
  private <R extends HasMetadata> void applyOne(R desired, Context<?> context) {
    Class<R> kind = (Class<R>) desired.getClass();
    String name = desired.getMetadata().getName();
    apply(
        desired,
        context
            .getSecondaryResourcesAsStream(kind)
            .filter(actual -> actual.getMetadata().getName().equals(name))
            .findFirst(),
        context);
  }

  /** Applies the object if it differs from the one that was read, which no cache need hold. */
  public <R extends HasMetadata> void apply(R desired, Optional<R> actual, Context<?> context) {
    boolean matches =
        actual
            .filter(
                there ->
                    SSABasedGenericKubernetesResourceMatcher.<R>getInstance()
                        .matches(there, desired, context))
            .isPresent();
    if (!matches) {
      client.resource(desired).fieldManager(FIELD_MANAGER).forceConflicts().serverSideApply();
    }
  }

  private Optional<Rejection> adopt(HasMetadata object, Owner owner) {
    HasMetadata there = client.resource(object).get();
    if (there == null || owner.owns(there)) {
      return Optional.empty();
    }
    return Optional.of(
        new Rejection(
            Rejection.Why.NAME_TAKEN,
            "%s %s is there and belongs to something else; delete or rename it"
                .formatted(object.getKind(), object.getMetadata().getName())));
  }

  /** What the API server said, which is for people, without what the client puts around it. */
  public static String words(KubernetesClientException e) {
    return e.getStatus() == null || e.getStatus().getMessage() == null
        ? e.getMessage()
        : e.getStatus().getMessage();
  }

  private static String path(HasMetadata object) {
    String version = object.getApiVersion();
    return "%s/%s/namespaces/%s/%s/%s"
        .formatted(
            version.contains("/") ? "/apis" : "/api",
            version,
            object.getMetadata().getNamespace(),
            object.getPlural(),
            object.getMetadata().getName());
  }
}
