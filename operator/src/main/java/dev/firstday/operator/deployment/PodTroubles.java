package dev.firstday.operator.deployment;

import dev.firstday.contract.Contract;
import dev.firstday.contract.RunResult;
import dev.firstday.operator.deployment.DeploymentObservation.Trouble;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads off a version's pods why they are not ready, in the words of those who know. */
final class PodTroubles {
  /** Of a container that ends again and again; fewer may be an accident, as a node's memory. */
  static final int RESTARTS = 3;

  private static final String BACK_OFF = "CrashLoopBackOff";

  private PodTroubles() {}

  /**
   * The worst of the pods: one that refuses the version counts before one that crashes, and that
   * before one that waits. A pod that is being deleted is not missed.
   */
  static Trouble of(Version version, List<Pod> pods) {
    List<Trouble> troubles =
        pods.stream()
            .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
            .filter(pod -> !isReady(pod))
            .map(pod -> of(version, pod))
            .filter(trouble -> !trouble.words().isEmpty())
            .toList();
    return first(troubles, Trouble.Refusal.class)
        .or(() -> first(troubles, Trouble.CrashLoop.class))
        .or(() -> first(troubles, Trouble.Passing.class))
        .orElse(DeploymentObservation.NO_TROUBLE);
  }

  private static Optional<Trouble> first(List<Trouble> troubles, Class<? extends Trouble> kind) {
    return troubles.stream().filter(kind::isInstance).findFirst();
  }

  private static Trouble of(Version version, Pod pod) {
    String name = pod.getMetadata().getName();
    Optional<ContainerStateTerminated> end = lastEnd(pod);
    Optional<RunResult> words =
        end.flatMap(e -> Contract.readResult(e.getMessage(), version.digest()));
    if (words.isPresent() && words.get() instanceof RunResult.Failure failure) {
      String said = "pod %s: %s".formatted(name, failure.message());
      return switch (failure.cure()) {
        case WAIT -> new Trouble.Passing(said);
        case FIX_DATA, FIX_SPEC -> new Trouble.Refusal(failure.reason(), said);
      };
    }
    String said =
        Stream.of(end.map(PodTroubles::exit), waiting(pod), unschedulable(pod))
            .flatMap(Optional::stream)
            .findFirst()
            .orElse("");
    return crashes(pod)
        .<Trouble>map(
            container ->
                new Trouble.CrashLoop(
                    "pod %s: restarted %d times, %s"
                        .formatted(name, container.getRestartCount(), said)))
        .orElseGet(
            () -> new Trouble.Passing(said.isEmpty() ? "" : "pod %s: %s".formatted(name, said)));
  }

  private static Optional<ContainerStatus> crashes(Pod pod) {
    return containers(pod)
        .filter(c -> c.getRestartCount() != null && c.getRestartCount() >= RESTARTS)
        .filter(c -> c.getState() != null && c.getState().getWaiting() != null)
        .filter(c -> BACK_OFF.equals(c.getState().getWaiting().getReason()))
        .findFirst();
  }

  static boolean isReady(Pod pod) {
    return conditions(pod)
        .anyMatch(c -> "Ready".equals(c.getType()) && "True".equals(c.getStatus()));
  }

  static Stream<ContainerStatus> containers(Pod pod) {
    return pod.getStatus() == null || pod.getStatus().getContainerStatuses() == null
        ? Stream.empty()
        : pod.getStatus().getContainerStatuses().stream();
  }

  private static Optional<ContainerStateTerminated> lastEnd(Pod pod) {
    return containers(pod)
        .flatMap(c -> Stream.of(c.getState(), c.getLastState()))
        .filter(Objects::nonNull)
        .map(ContainerState::getTerminated)
        .filter(Objects::nonNull)
        .findFirst();
  }

  private static String exit(ContainerStateTerminated end) {
    String message = end.getMessage() == null ? "" : end.getMessage().strip();
    return "ended with exit code %d%s%s"
        .formatted(
            end.getExitCode(),
            end.getReason() == null ? "" : " (" + end.getReason() + ")",
            message.isEmpty() ? "" : ": " + message);
  }

  private static Optional<String> waiting(Pod pod) {
    return containers(pod)
        .map(ContainerStatus::getState)
        .filter(Objects::nonNull)
        .map(ContainerState::getWaiting)
        .filter(Objects::nonNull)
        .map(w -> w.getMessage() == null ? w.getReason() : w.getReason() + ": " + w.getMessage())
        .findFirst();
  }

  private static Optional<String> unschedulable(Pod pod) {
    return conditions(pod)
        .filter(c -> "PodScheduled".equals(c.getType()) && "False".equals(c.getStatus()))
        .map(c -> "no node takes it: " + c.getMessage())
        .findFirst();
  }

  private static Stream<PodCondition> conditions(Pod pod) {
    return pod.getStatus() == null || pod.getStatus().getConditions() == null
        ? Stream.empty()
        : pod.getStatus().getConditions().stream();
  }
}
