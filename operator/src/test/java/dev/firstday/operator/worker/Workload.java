package dev.firstday.operator.worker;

import dev.firstday.contract.Contract;
import dev.firstday.contract.RunResult;
import dev.firstday.operator.kube.Labels;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Jobs and pods in every state that a cluster shows them in. */
public final class Workload {
  public static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
  private static final String IMAGE = "firstday/trainer:1";

  private Workload() {}

  public static WorkerObservation nothing() {
    return new WorkerObservation(List.of(), List.of());
  }

  public static WorkerObservation of(Job job, Pod... pods) {
    return new WorkerObservation(List.of(job), List.of(pods));
  }

  public static Job job(String name) {
    return new JobBuilder()
        .withNewMetadata()
        .withNamespace("ns")
        .withName(name)
        .withUid("uid-of-" + name)
        .endMetadata()
        .build();
  }

  /** With a condition: Complete or Failed. */
  public static Job ended(Job job, String condition, String message) {
    return job.edit()
        .withNewStatus()
        .addNewCondition()
        .withType(condition)
        .withStatus("True")
        .withMessage(message)
        .endCondition()
        .endStatus()
        .build();
  }

  /** The pod of a Job of that run, made a minute ago. */
  public static Pod pod(Job job, RunOrder order, PodStatus status) {
    return pod(job, status)
        .edit()
        .editMetadata()
        .withLabels(Map.of(Labels.RUN, order.shortUid()))
        .endMetadata()
        .build();
  }

  static Pod pod(Job job, PodStatus status) {
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace("ns")
        .withName(job.getMetadata().getName() + "-x")
        .withCreationTimestamp(NOW.minusSeconds(60).toString())
        .withOwnerReferences(
            new OwnerReferenceBuilder()
                .withName(job.getMetadata().getName())
                .withUid(job.getMetadata().getUid())
                .build())
        .endMetadata()
        .withNewSpec()
        .withActiveDeadlineSeconds(3600L)
        .addNewContainer()
        .withName("worker")
        .withImage(IMAGE)
        .withNewResources()
        .withLimits(Map.of("memory", new Quantity("2Gi")))
        .endResources()
        .endContainer()
        .endSpec()
        .withStatus(status)
        .build();
  }

  public static PodStatus pending() {
    return new PodStatusBuilder().withPhase("Pending").build();
  }

  public static PodStatus unschedulable(String message) {
    return new PodStatusBuilder()
        .withPhase("Pending")
        .addNewCondition()
        .withType("PodScheduled")
        .withStatus("False")
        .withReason("Unschedulable")
        .withMessage(message)
        .endCondition()
        .build();
  }

  public static PodStatus waiting(String reason, String message) {
    return status(
        "Pending",
        new ContainerStateBuilder()
            .withNewWaiting()
            .withReason(reason)
            .withMessage(message)
            .endWaiting()
            .build());
  }

  public static PodStatus running() {
    return status("Running", new ContainerStateBuilder().withNewRunning().endRunning().build());
  }

  public static PodStatus answered(RunResult result) {
    return ended(0, "Completed", Contract.write(result));
  }

  public static PodStatus ended(int exitCode, String reason, String message) {
    return status(
        exitCode == 0 ? "Succeeded" : "Failed",
        new ContainerStateBuilder()
            .withNewTerminated()
            .withExitCode(exitCode)
            .withReason(reason)
            .withMessage(message)
            .endTerminated()
            .build());
  }

  /** Failed as a whole: evicted, deadline exceeded. */
  public static PodStatus failed(String reason, String message) {
    return new PodStatusBuilder()
        .withPhase("Failed")
        .withReason(reason)
        .withMessage(message)
        .build();
  }

  private static PodStatus status(String phase, ContainerState state) {
    return new PodStatusBuilder()
        .withPhase(phase)
        .withContainerStatuses(
            new ContainerStatusBuilder().withName("worker").withState(state).build())
        .build();
  }
}
