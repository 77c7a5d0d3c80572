package dev.firstday.cli.local;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that the controllers decide on, read anew for each pass. A local cluster is small; reading it
 * whole spares the controllers every question of what a cache has not seen yet.
 */
record ClusterView(
    Instant now,
    List<Pod> pods,
    List<Job> jobs,
    List<Deployment> deployments,
    List<Service> services,
    List<Namespace> namespaces) {

  /** Pods come first: the owner of a pod in the view is then in the view, unless it is gone. */
  static ClusterView read(KubernetesClient client, Instant now) {
    return new ClusterView(
        now,
        client.pods().inAnyNamespace().list().getItems(),
        client.batch().v1().jobs().inAnyNamespace().list().getItems(),
        client.apps().deployments().inAnyNamespace().list().getItems(),
        client.services().inAnyNamespace().list().getItems(),
        client.namespaces().list().getItems());
  }

  List<Pod> podsOf(HasMetadata owner) {
    return pods.stream().filter(pod -> isControlledBy(pod, owner)).toList();
  }

  static boolean isControlledBy(Pod pod, HasMetadata owner) {
    return controller(pod)
        .filter(reference -> reference.getUid().equals(owner.getMetadata().getUid()))
        .isPresent();
  }

  static Optional<OwnerReference> controller(Pod pod) {
    return pod.getMetadata().getOwnerReferences().stream()
        .filter(reference -> Boolean.TRUE.equals(reference.getController()))
        .findFirst();
  }
}
