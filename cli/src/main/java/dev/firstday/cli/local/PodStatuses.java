package dev.firstday.cli.local;

import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodIPBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import java.time.Instant;
import java.util.List;

/** Puts what the kubelet knows in the words of a pod's status. */
final class PodStatuses {
  private PodStatuses() {}

  static PodStatus of(Pod pod, PodFacts facts, Instant now) {
    List<PodCondition> before =
        pod.getStatus() == null ? List.of() : pod.getStatus().getConditions();
    String notReady =
        facts.state() instanceof ContainerState.Terminated t && t.exitCode() == 0
            ? "PodCompleted"
            : "ContainersNotReady";
    boolean overdue = facts.overdue() && facts.state() instanceof ContainerState.Terminated;
    return new PodStatusBuilder()
        .withPhase(overdue ? "Failed" : phase(pod, facts))
        .withReason(overdue ? "DeadlineExceeded" : null)
        .withMessage(
            overdue ? "Pod was active on the node longer than the specified deadline" : null)
        .withHostIP("127.0.0.1")
        .withPodIP(facts.podIp())
        .withPodIPs(new PodIPBuilder().withIp(facts.podIp()).build())
        .withStartTime(facts.acceptedAt().toString())
        .withConditions(
            condition(before, "PodScheduled", true, null, now),
            condition(before, "Initialized", true, null, now),
            condition(before, "ContainersReady", facts.ready(), notReady, now),
            condition(before, "Ready", facts.ready(), notReady, now))
        .withContainerStatuses(container(pod, facts))
        .build();
  }

  /** A pod that no node can take. */
  static PodStatus unschedulable(Pod pod, String message, Instant now) {
    List<PodCondition> before =
        pod.getStatus() == null ? List.of() : pod.getStatus().getConditions();
    PodCondition scheduled =
        new PodConditionBuilder(condition(before, "PodScheduled", false, "Unschedulable", now))
            .withMessage(message)
            .build();
    return new PodStatusBuilder().withPhase("Pending").withConditions(scheduled).build();
  }

  /** A pod that was to run once, and whose process ended with an earlier local cluster. */
  static PodStatus lost(Pod pod, Instant now) {
    List<PodCondition> before = pod.getStatus().getConditions();
    return new PodStatusBuilder(pod.getStatus())
        .withPhase("Failed")
        .withReason("NodeLost")
        .withMessage("the local cluster was stopped while this pod ran")
        .withConditions(
            condition(before, "PodScheduled", true, null, now),
            condition(before, "Ready", false, "NodeLost", now))
        .withContainerStatuses(List.of())
        .build();
  }

  private static String phase(Pod pod, PodFacts facts) {
    boolean restarts = !"Never".equals(pod.getSpec().getRestartPolicy());
    if (facts.state() instanceof ContainerState.Terminated ended && !restarts) {
      return ended.exitCode() == 0 ? "Succeeded" : "Failed";
    }
    if (facts.state() instanceof ContainerState.Terminated ended
        && ended.exitCode() == 0
        && "OnFailure".equals(pod.getSpec().getRestartPolicy())) {
      return "Succeeded";
    }
    return facts.state() instanceof ContainerState.Waiting && facts.last() == null
        ? "Pending"
        : "Running";
  }

  private static ContainerStatus container(Pod pod, PodFacts facts) {
    var container = pod.getSpec().getContainers().get(0);
    var builder =
        new ContainerStatusBuilder()
            .withName(container.getName())
            .withImage(container.getImage())
            .withImageID("")
            .withReady(facts.ready())
            .withStarted(facts.started())
            .withRestartCount(facts.restarts())
            .withState(state(facts.state()));
    if (facts.last() != null) {
      builder.withLastState(state(facts.last()));
    }
    return builder.build();
  }

  private static io.fabric8.kubernetes.api.model.ContainerState state(ContainerState state) {
    if (state instanceof ContainerState.Running running) {
      return new ContainerStateBuilder()
          .withNewRunning()
          .withStartedAt(running.startedAt().toString())
          .endRunning()
          .build();
    }
    if (state instanceof ContainerState.Terminated ended) {
      return new ContainerStateBuilder()
          .withNewTerminated()
          .withExitCode(ended.exitCode())
          .withReason(ended.exitCode() == 0 ? "Completed" : "Error")
          .withMessage(ended.message())
          .withStartedAt(ended.startedAt().toString())
          .withFinishedAt(ended.finishedAt().toString())
          .endTerminated()
          .build();
    }
    ContainerState.Waiting waiting = (ContainerState.Waiting) state;
    return new ContainerStateBuilder()
        .withNewWaiting()
        .withReason(waiting.reason())
        .withMessage(waiting.message())
        .endWaiting()
        .build();
  }

  private static PodCondition condition(
      List<PodCondition> before, String type, boolean is, String reasonIfNot, Instant now) {
    String status = is ? "True" : "False";
    String since =
        before.stream()
            .filter(c -> c.getType().equals(type) && c.getStatus().equals(status))
            .map(PodCondition::getLastTransitionTime)
            .findFirst()
            .orElse(now.toString());
    return new PodConditionBuilder()
        .withType(type)
        .withStatus(status)
        .withReason(is ? null : reasonIfNot)
        .withLastTransitionTime(since)
        .build();
  }
}
