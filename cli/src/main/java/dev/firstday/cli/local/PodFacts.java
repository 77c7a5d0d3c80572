package dev.firstday.cli.local;

import java.time.Instant;

/**
 * What the kubelet knows of a pod.
 *
 * @param last how the container ended before it was started again, or null
 * @param started whether the startup probe passed, or there is none
 * @param ready whether it runs and its readiness probe passes, or there is none
 * @param overdue whether its activeDeadlineSeconds are over: it is told to end, and has failed
 */
record PodFacts(
    String podIp,
    Instant acceptedAt,
    ContainerState state,
    ContainerState.Terminated last,
    int restarts,
    boolean started,
    boolean ready,
    boolean overdue) {}
