package dev.firstday.operator.worker;

import dev.firstday.operator.kube.Labels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The Jobs and pods of a resource, as they were seen this pass. */
public record WorkerObservation(List<Job> jobs, List<Pod> pods) {
  /** A pod on a node that is gone never ends; nobody waits for it for longer than this. */
  private static final Duration TERMINATION_PATIENCE = Duration.ofMinutes(1);

  /** The Job of that name. */
  Optional<Job> job(String name) {
    return jobs.stream().filter(job -> job.getMetadata().getName().equals(name)).findFirst();
  }

  /** Where the pod of that Job can be asked while it works. */
  public Optional<String> address(String job) {
    return job(job)
        .flatMap(
            there ->
                podsOf(there).stream()
                    .filter(pod -> pod.getStatus() != null)
                    .filter(pod -> "Running".equals(pod.getStatus().getPhase()))
                    .map(pod -> pod.getStatus().getPodIP())
                    .filter(ip -> ip != null && !ip.isEmpty())
                    .findFirst());
  }

  List<Pod> podsOf(Job job) {
    return pods.stream().filter(pod -> belongs(pod, job)).toList();
  }

  /**
   * A pod of an earlier attempt of the run that still works: two at a time would be one too many.
   */
  Optional<Pod> straggler(RunOrder order, String job, Instant now) {
    return pods.stream()
        .filter(pod -> order.shortUid().equals(labels(pod).get(Labels.RUN)))
        .filter(
            pod ->
                pod.getMetadata().getOwnerReferences().stream()
                    .noneMatch(owner -> job.equals(owner.getName())))
        .filter(pod -> !WorkerStates.ended(pod))
        .filter(pod -> !overdue(pod, now))
        .findFirst();
  }

  private static boolean overdue(Pod pod, Instant now) {
    String deletion = pod.getMetadata().getDeletionTimestamp();
    return deletion != null && now.isAfter(Instant.parse(deletion).plus(TERMINATION_PATIENCE));
  }

  private static boolean belongs(Pod pod, Job job) {
    return pod.getMetadata().getOwnerReferences().stream()
        .anyMatch(owner -> job.getMetadata().getUid().equals(owner.getUid()));
  }

  private static Map<String, String> labels(HasMetadata object) {
    Map<String, String> labels = object.getMetadata().getLabels();
    return labels == null ? Map.of() : labels;
  }
}
