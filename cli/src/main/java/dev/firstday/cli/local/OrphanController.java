package dev.firstday.cli.local;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Deletes pods whose Job or Deployment is gone. */
final class OrphanController {
  private OrphanController() {}

  static List<Write> plan(ClusterView view) {
    Set<String> owners = new HashSet<>();
    view.jobs().forEach(job -> owners.add(job.getMetadata().getUid()));
    view.deployments().forEach(deployment -> owners.add(deployment.getMetadata().getUid()));
    return view.pods().stream()
        .filter(pod -> !Pods.isDeleted(pod) && isOrphan(pod, owners))
        .<Write>map(Write.DeletePod::new)
        .toList();
  }

  private static boolean isOrphan(Pod pod, Set<String> owners) {
    return ClusterView.controller(pod)
        .filter(OrphanController::isOurs)
        .filter(reference -> !owners.contains(reference.getUid()))
        .isPresent();
  }

  private static boolean isOurs(OwnerReference owner) {
    return owner.getKind().equals("Job") && owner.getApiVersion().startsWith("batch/")
        || owner.getKind().equals("Deployment") && owner.getApiVersion().startsWith("apps/");
  }
}
