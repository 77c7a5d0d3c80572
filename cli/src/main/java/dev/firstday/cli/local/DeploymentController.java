package dev.firstday.cli.local;

import dev.firstday.contract.Contract;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.DeploymentConditionBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatusBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Plays the controller of apps/v1 Deployments, without ReplicaSets in between: a pod belongs to the
 * template whose hash it carries. One pod more than wanted may exist during a change, and none that
 * answers is taken away before another one does.
 */
final class DeploymentController {
  static final String HASH_LABEL = "pod-template-hash";

  private DeploymentController() {}

  static List<Write> plan(ClusterView view) {
    List<Write> writes = new ArrayList<>();
    for (Deployment deployment : view.deployments()) {
      if (deployment.getMetadata().getDeletionTimestamp() == null) {
        writes.addAll(plan(deployment, view.podsOf(deployment), view.now()));
      }
    }
    return writes;
  }

  static List<Write> plan(Deployment deployment, List<Pod> all, Instant now) {
    String hash = hash(deployment);
    List<Pod> pods =
        all.stream().filter(pod -> !Pods.isDeleted(pod) && !Pods.isFinished(pod)).toList();
    List<Pod> current = pods.stream().filter(pod -> isOf(pod, hash)).toList();
    List<Pod> former = pods.stream().filter(pod -> !isOf(pod, hash)).toList();
    List<Write> writes = new ArrayList<>();
    all.stream()
        .filter(pod -> Pods.isFinished(pod) && !Pods.isDeleted(pod))
        .forEach(pod -> writes.add(new Write.DeletePod(pod)));
    if (!Boolean.TRUE.equals(deployment.getSpec().getPaused())) {
      writes.addAll(scale(deployment, hash, all, current, former));
    }
    DeploymentStatus status = status(deployment, pods, current, now);
    if (!Objects.equals(status, deployment.getStatus())) {
      writes.add(new Write.SetDeploymentStatus(deployment, status));
    }
    return writes;
  }

  private static List<Write> scale(
      Deployment deployment, String hash, List<Pod> all, List<Pod> current, List<Pod> former) {
    int wanted = replicas(deployment);
    boolean recreate =
        deployment.getSpec().getStrategy() != null
            && "Recreate".equals(deployment.getSpec().getStrategy().getType());
    int room =
        recreate && !former.isEmpty()
            ? 0
            : Math.min(wanted - current.size(), wanted + 1 - current.size() - former.size());
    List<Write> writes = new ArrayList<>();
    names(deployment, hash, all)
        .limit(Math.max(0, room))
        .forEach(name -> writes.add(new Write.CreatePod(pod(deployment, hash, name))));
    current.stream()
        .sorted((a, b) -> Boolean.compare(Pods.isReady(a), Pods.isReady(b)))
        .limit(Math.max(0, current.size() - wanted))
        .forEach(pod -> writes.add(new Write.DeletePod(pod)));
    long ready = Stream.concat(current.stream(), former.stream()).filter(Pods::isReady).count();
    for (Pod pod : former) {
      if (recreate || !Pods.isReady(pod)) {
        writes.add(new Write.DeletePod(pod));
      } else if (ready > wanted) {
        writes.add(new Write.DeletePod(pod));
        ready--;
      }
    }
    return writes;
  }

  /** Free names in order: a name says which template and which of its pods. */
  private static Stream<String> names(Deployment deployment, String hash, List<Pod> taken) {
    Set<String> used = new HashSet<>();
    taken.forEach(pod -> used.add(pod.getMetadata().getName()));
    return Stream.iterate(0, i -> i + 1)
        .map(i -> deployment.getMetadata().getName() + "-" + hash + "-" + i)
        .filter(name -> !used.contains(name));
  }

  private static Pod pod(Deployment deployment, String hash, String name) {
    return Pods.fromTemplate(
        deployment, deployment.getSpec().getTemplate(), name, Map.of(HASH_LABEL, hash));
  }

  private static DeploymentStatus status(
      Deployment deployment, List<Pod> pods, List<Pod> current, Instant now) {
    int wanted = replicas(deployment);
    int ready = (int) pods.stream().filter(Pods::isReady).count();
    boolean rolledOut =
        current.size() == wanted
            && pods.size() == wanted
            && current.stream().allMatch(Pods::isReady);
    List<DeploymentCondition> before =
        deployment.getStatus() == null ? List.of() : deployment.getStatus().getConditions();
    return new DeploymentStatusBuilder()
        .withObservedGeneration(deployment.getMetadata().getGeneration())
        .withReplicas(orAbsent(pods.size()))
        .withUpdatedReplicas(orAbsent(current.size()))
        .withReadyReplicas(orAbsent(ready))
        .withAvailableReplicas(orAbsent(ready))
        .withUnavailableReplicas(orAbsent(Math.max(0, wanted - ready)))
        .withConditions(
            condition(
                before,
                "Available",
                ready >= wanted,
                ready >= wanted ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable",
                now),
            condition(
                before,
                "Progressing",
                true,
                rolledOut ? "NewReplicaSetAvailable" : "ReplicaSetUpdated",
                now))
        .build();
  }

  private static DeploymentCondition condition(
      List<DeploymentCondition> before, String type, boolean is, String reason, Instant now) {
    String status = is ? "True" : "False";
    var same =
        before.stream()
            .filter(c -> c.getType().equals(type) && c.getStatus().equals(status))
            .findFirst();
    String since = same.map(DeploymentCondition::getLastTransitionTime).orElse(now.toString());
    String updated =
        same.filter(c -> reason.equals(c.getReason()))
            .map(DeploymentCondition::getLastUpdateTime)
            .orElse(now.toString());
    return new DeploymentConditionBuilder()
        .withType(type)
        .withStatus(status)
        .withReason(reason)
        .withLastTransitionTime(since)
        .withLastUpdateTime(updated)
        .build();
  }

  static String hash(Deployment deployment) {
    String template = Serialization.asJson(deployment.getSpec().getTemplate());
    return Contract.sha256(template.getBytes(StandardCharsets.UTF_8)).substring(0, 8);
  }

  private static boolean isOf(Pod pod, String hash) {
    return hash.equals(pod.getMetadata().getLabels().get(HASH_LABEL));
  }

  private static int replicas(Deployment deployment) {
    Integer replicas = deployment.getSpec().getReplicas();
    return replicas == null ? 1 : replicas;
  }

  private static Integer orAbsent(int count) {
    return count == 0 ? null : count;
  }
}
