package dev.firstday.cluster;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * Notes when a pod is ended for want of memory, also when it is gone by the time that one would
 * ask: a rollout that fails may end before the kubelet has said why.
 */
record MemoryWatch(AtomicBoolean outgrew) implements Sightings<Pod> {
  @Override
  public void note(Pod pod) {
    outgrew.compareAndSet(false, outgrewMemory(pod));
  }

  private static boolean outgrewMemory(Pod pod) {
    return pod.getStatus().getContainerStatuses().stream()
        .flatMap(container -> Stream.of(container.getState(), container.getLastState()))
        .filter(state -> state != null && state.getTerminated() != null)
        .anyMatch(state -> "OOMKilled".equals(state.getTerminated().getReason()));
  }
}
