package dev.firstday.operator.worker;

import dev.firstday.contract.Contract;
import dev.firstday.contract.RunResult.Cure;
import dev.firstday.operator.kube.Labels;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the state of an attempt off its Job and pod, in the words of those who wrote it there. */
public final class WorkerStates {
  /** How long an image may be unavailable before the attempt counts as failed. */
  static final Duration START_PATIENCE = Duration.ofMinutes(5);

  /** What a JVM with ExitOnOutOfMemoryError, as the image has it, ends with. */
  private static final Integer HEAP_FULL = 3;

  private static final Set<String> CANNOT_START =
      Set.of(
          "ErrImagePull",
          "ImagePullBackOff",
          "InvalidImageName",
          "ErrImageNeverPull",
          "CreateContainerConfigError",
          "CreateContainerError",
          "RunContainerError");

  private WorkerStates() {}

  /** The state of the attempt with that Job. */
  public static WorkerState of(
      String jobName, RunOrder order, WorkerObservation seen, Instant now) {
    Optional<Job> job = seen.job(jobName);
    if (job.isEmpty()) {
      return new WorkerState.Absent();
    }
    if (isHeldBack(job.get())) {
      return queued(job.get());
    }
    return newest(seen.podsOf(job.get()))
        .map(pod -> ofPod(pod, order, now))
        .orElseGet(() -> withoutPod(job.get()));
  }

  static boolean ended(Pod pod) {
    return pod.getStatus() != null
        && ("Succeeded".equals(pod.getStatus().getPhase())
            || "Failed".equals(pod.getStatus().getPhase()));
  }

  static boolean ended(Job job) {
    return condition(job, "Complete").isPresent() || condition(job, "Failed").isPresent();
  }

  private static WorkerState ofPod(Pod pod, RunOrder order, Instant now) {
    String name = pod.getMetadata().getName();
    if (ended(pod)) {
      return afterEnd(pod, order);
    }
    Optional<ContainerStateWaiting> waiting = worker(pod).map(ContainerState::getWaiting);
    if (waiting.isPresent() && CANNOT_START.contains(waiting.get().getReason())) {
      return cannotStart(pod, waiting.get(), now);
    }
    if (worker(pod).map(ContainerState::getRunning).isPresent()) {
      return new WorkerState.Running(name);
    }
    return unschedulable(pod, order, now)
        .orElseGet(
            () -> new WorkerState.Waiting("PodStarting", "pod %s is starting".formatted(name)));
  }

  private static WorkerState afterEnd(Pod pod, RunOrder order) {
    Optional<ContainerStateTerminated> end = worker(pod).map(ContainerState::getTerminated);
    if (end.isPresent() && Integer.valueOf(0).equals(end.get().getExitCode())) {
      return Contract.readResult(end.get().getMessage(), order.uid())
          .filter(order::isAnsweredBy)
          .<WorkerState>map(WorkerState.Answered::new)
          .orElseGet(
              () ->
                  lost(
                      "AnswerUnreadable",
                      "pod %s ended without a readable answer; %s tells what it did"
                          .formatted(pod.getMetadata().getName(), logs(pod))));
    }
    return lossOf(pod, end);
  }

  private static WorkerState lossOf(Pod pod, Optional<ContainerStateTerminated> end) {
    String name = pod.getMetadata().getName();
    String podReason = pod.getStatus().getReason();
    String podMessage = pod.getStatus().getMessage();
    if ("DeadlineExceeded".equals(podReason)) {
      return new WorkerState.Lost(
          "DeadlineExceeded",
          "pod %s took longer than the %d s it may: raise spec.deadlineSeconds or give it less to do"
              .formatted(name, pod.getSpec().getActiveDeadlineSeconds()),
          Cure.FIX_SPEC);
    }
    if (end.map(ContainerStateTerminated::getReason).filter("OOMKilled"::equals).isPresent()) {
      return outOfMemory("OOMKilled", "was killed at", pod);
    }
    if (end.map(ContainerStateTerminated::getExitCode).filter(HEAP_FULL::equals).isPresent()) {
      return outOfMemory("HeapFull", "filled the heap that Java has of", pod);
    }
    if ("Evicted".equals(podReason) && tooMuchScratch(podMessage)) {
      return new WorkerState.Lost(
          "ScratchFull",
          "pod %s: %s It would need as much again: raise spec.resources.limits.ephemeral-storage (of a Model spec.verification.resources)"
              .formatted(name, podMessage.strip()),
          Cure.FIX_SPEC);
    }
    if (podReason != null) {
      return lost(podReason, "pod %s: %s".formatted(name, podMessage));
    }
    return lost(
        "WorkerFailed",
        end.map(
                e ->
                    "pod %s ended with exit code %d%s; %s tells more"
                        .formatted(name, e.getExitCode(), lastWords(e), logs(pod)))
            .orElse("pod %s failed without saying why".formatted(name)));
  }

  /**
   * The kubelet's words for a limit of the pod's own; a node that is low on disk is another pod's
   * fault as well.
   */
  private static boolean tooMuchScratch(String message) {
    return message != null
        && (message.startsWith("Usage of EmptyDir volume")
            || message.contains("ephemeral local storage usage exceeds")
            || message.contains("exceeded its local ephemeral storage limit"));
  }

  /** It would need as much the next time. */
  private static WorkerState outOfMemory(String reason, String what, Pod pod) {
    return new WorkerState.Lost(
        reason,
        "pod %s %s its memory limit of %s: raise spec.resources.limits.memory (of a Model spec.verification.resources)"
            .formatted(pod.getMetadata().getName(), what, memoryLimit(pod)),
        Cure.FIX_SPEC);
  }

  private static WorkerState cannotStart(Pod pod, ContainerStateWaiting waiting, Instant now) {
    String image = pod.getSpec().getContainers().get(0).getImage();
    String message =
        "pod %s cannot start with image %s: %s"
            .formatted(
                pod.getMetadata().getName(),
                image,
                waiting.getMessage() == null ? waiting.getReason() : waiting.getMessage());
    Instant since = Instant.parse(pod.getMetadata().getCreationTimestamp());
    return now.isBefore(since.plus(START_PATIENCE))
        ? new WorkerState.Waiting("PodCannotStart", message)
        : new WorkerState.Lost("PodCannotStart", message, Cure.FIX_DATA);
  }

  /** By Kueue: we never suspend a Job. Its pods, if it had any, are ended by that. */
  private static boolean isHeldBack(Job job) {
    return job.getSpec() != null && Boolean.TRUE.equals(job.getSpec().getSuspend());
  }

  private static WorkerState queued(Job job) {
    return new WorkerState.Waiting(
        "Queued",
        "Job %s waits in the queue %s until Kueue lets it begin: kubectl describe workloads tells why"
            .formatted(
                job.getMetadata().getName(),
                job.getMetadata().getLabels().getOrDefault(Labels.QUEUE, "(none)")));
  }

  private static Optional<WorkerState> unschedulable(Pod pod, RunOrder order, Instant now) {
    List<PodCondition> conditions =
        pod.getStatus() == null || pod.getStatus().getConditions() == null
            ? List.of()
            : pod.getStatus().getConditions();
    return conditions.stream()
        .filter(c -> "PodScheduled".equals(c.getType()) && "False".equals(c.getStatus()))
        .findFirst()
        .map(c -> withoutNode(pod, c.getMessage(), order.schedulingDeadline(), now));
  }

  private static WorkerState withoutNode(
      Pod pod, String schedulerSays, Duration deadline, Instant now) {
    String name = pod.getMetadata().getName();
    Optional<Instant> until =
        Optional.ofNullable(deadline)
            .map(Instant.parse(pod.getMetadata().getCreationTimestamp())::plus);
    return until.isPresent() && !now.isBefore(until.get())
        ? new WorkerState.Lost(
            "SchedulingDeadlineExceeded",
            "no node took pod %s within %d s: %s; ask for less in spec.resources, or raise spec.schedulingDeadlineSeconds"
                .formatted(name, deadline.toSeconds(), schedulerSays),
            Cure.FIX_SPEC)
        : new WorkerState.Waiting(
            "Unschedulable",
            "no node takes pod %s: %s. It waits%s: make room on a node or add one, or ask for less in spec.resources (of a Model spec.verification.resources)"
                .formatted(
                    name,
                    schedulerSays.replaceFirst("\\.\\s*$", ""),
                    until.map(end -> " until " + end).orElse(" until one does")),
            until);
  }

  private static WorkerState withoutPod(Job job) {
    String name = job.getMetadata().getName();
    return condition(job, "Failed")
        .<WorkerState>map(c -> lost("PodLost", "Job %s: %s".formatted(name, c.getMessage())))
        .or(
            () ->
                condition(job, "Complete")
                    .map(
                        c ->
                            lost(
                                "AnswerLost",
                                "the pod of Job %s was deleted before its answer was read"
                                    .formatted(name))))
        .orElseGet(
            () ->
                new WorkerState.Waiting(
                    "PodNotCreated",
                    "Job %s has no pod yet; if this stays, its events tell why: kubectl describe job %s"
                        .formatted(name, name)));
  }

  private static Optional<JobCondition> condition(Job job, String type) {
    return job.getStatus() == null || job.getStatus().getConditions() == null
        ? Optional.empty()
        : job.getStatus().getConditions().stream()
            .filter(c -> type.equals(c.getType()) && "True".equals(c.getStatus()))
            .findFirst();
  }

  private static Optional<Pod> newest(List<Pod> pods) {
    return pods.stream().max(Comparator.comparing(pod -> pod.getMetadata().getCreationTimestamp()));
  }

  private static Optional<ContainerState> worker(Pod pod) {
    return pod.getStatus() == null || pod.getStatus().getContainerStatuses() == null
        ? Optional.empty()
        : pod.getStatus().getContainerStatuses().stream()
            .filter(status -> WorkerJob.CONTAINER.equals(status.getName()))
            .findFirst()
            .map(ContainerStatus::getState);
  }

  private static String memoryLimit(Pod pod) {
    Quantity limit =
        pod.getSpec().getContainers().get(0).getResources() == null
                || pod.getSpec().getContainers().get(0).getResources().getLimits() == null
            ? null
            : pod.getSpec().getContainers().get(0).getResources().getLimits().get("memory");
    return limit == null ? "none (the node's memory was full)" : limit.toString();
  }

  private static String lastWords(ContainerStateTerminated end) {
    return end.getMessage() == null || end.getMessage().isBlank()
        ? ""
        : " (" + end.getMessage().strip() + ")";
  }

  private static String logs(Pod pod) {
    return "kubectl logs %s -n %s"
        .formatted(pod.getMetadata().getName(), pod.getMetadata().getNamespace());
  }

  private static WorkerState lost(String reason, String message) {
    return new WorkerState.Lost(reason, message, Cure.WAIT);
  }
}
