package dev.firstday.cli.local;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;

/**
 * One pod on this machine: its container's process from start to start. Used by the control loop's
 * thread alone.
 */
final class LocalPod {
  private static final Duration FIRST_BACKOFF = Duration.ofSeconds(1);
  private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(60);

  /** A container that ran this long starts its backoff anew. */
  private static final Duration PROVEN = Duration.ofMinutes(10);

  private final Tools tools;
  private final Pod pod;
  private final String ip;
  private final Instant acceptedAt;
  private final ContainerProcess.Paths paths;
  private ContainerState state;
  private ContainerState.Terminated last;
  private ContainerProcess process;
  private ContainerProbes probes = ContainerProbes.NONE;
  private int restarts;
  private Duration backoff = FIRST_BACKOFF;
  private Instant killAt;
  private boolean overdue;

  /** What pods are run with. */
  record Tools(
      Images images,
      ConfigSources sources,
      HttpClient http,
      ScheduledExecutorService timer,
      Runnable wake) {}

  /** Gives the ConfigMaps and Secrets of a namespace. */
  interface ConfigSources {
    ConfigSource of(String namespace);
  }

  LocalPod(
      Tools tools, Pod pod, String ip, ContainerProcess.Paths paths, int restarts, Instant now) {
    this.tools = tools;
    this.pod = pod;
    this.ip = ip;
    this.paths = paths;
    this.restarts = restarts;
    this.acceptedAt = now;
    this.state = new ContainerState.Waiting("ContainerCreating", null, now);
  }

  String ip() {
    return ip;
  }

  ContainerProcess.Paths paths() {
    return paths;
  }

  boolean isAlive() {
    return process != null && process.isAlive();
  }

  Optional<ContainerProcess> process() {
    return Optional.ofNullable(process);
  }

  /** Starts, restarts, and takes note of ends. */
  void advance(Instant now) throws IOException {
    if (state instanceof ContainerState.Running && !process.isAlive()) {
      ended(now);
    }
    overdue |= state instanceof ContainerState.Running && isPastDeadline(now);
    if (overdue || state instanceof ContainerState.Running && probes.isHopeless(now)) {
      stop(now);
    }
    if (killAt != null && isAlive() && !now.isBefore(killAt)) {
      process.kill();
    }
    if (state instanceof ContainerState.Waiting waiting && !now.isBefore(waiting.retryAt())) {
      start(now);
    }
  }

  /** SIGTERM now, SIGKILL when the pod's grace period is over. */
  void stop(Instant now) {
    if (isAlive() && killAt == null) {
      killAt = now.plus(grace());
      process.terminate();
    }
  }

  Duration grace() {
    Long asked = pod.getMetadata().getDeletionGracePeriodSeconds();
    Long seconds = asked == null ? pod.getSpec().getTerminationGracePeriodSeconds() : asked;
    return Duration.ofSeconds(seconds == null ? 30 : seconds);
  }

  PodFacts facts() {
    boolean running = state instanceof ContainerState.Running;
    return new PodFacts(
        ip,
        acceptedAt,
        state,
        last,
        restarts,
        running && probes.started(),
        running && probes.ready(),
        overdue);
  }

  void close() {
    probes.close();
  }

  private void start(Instant now) throws IOException {
    Container container = pod.getSpec().getContainers().get(0);
    try {
      Image image =
          tools
              .images()
              .find(container.getImage())
              .orElseThrow(
                  () ->
                      new CannotStartException(
                          "ErrImagePull",
                          "local mode has the images "
                              + tools.images().byRepository().keySet()
                              + ", not "
                              + container.getImage()));
      ConfigSource source = tools.sources().of(pod.getMetadata().getNamespace());
      var environment = new ContainerEnvironment(pod, ip, source).resolve(container);
      Mounts mounts = new Volumes(paths.folder(), source).prepare(pod, container);
      probes.close();
      process = ContainerProcess.start(container, image, environment, mounts, paths, now);
      killAt = null;
      state = new ContainerState.Running(now);
      probes = ContainerProbes.start(tools, container, ip, now);
      process.onExit(tools.wake());
    } catch (CannotStartException e) {
      state = new ContainerState.Waiting(e.reason(), e.getMessage(), now.plus(nextBackoff()));
      if (isAlive()) {
        process.kill();
      }
    }
  }

  private void ended(Instant now) throws IOException {
    probes.close();
    ContainerState.Terminated end = process.end(now);
    if (!restarts(end)) {
      state = end;
      return;
    }
    if (end.startedAt().plus(PROVEN).isBefore(now)) {
      backoff = FIRST_BACKOFF;
    }
    last = end;
    restarts++;
    Duration wait = nextBackoff();
    state =
        new ContainerState.Waiting(
            "CrashLoopBackOff",
            "back-off " + wait.toSeconds() + "s restarting failed container",
            now.plus(wait));
  }

  private boolean restarts(ContainerState.Terminated end) {
    String policy = pod.getSpec().getRestartPolicy();
    if (overdue || pod.getMetadata().getDeletionTimestamp() != null || "Never".equals(policy)) {
      return false;
    }
    return !("OnFailure".equals(policy) && end.exitCode() == 0);
  }

  private boolean isPastDeadline(Instant now) {
    Long deadline = pod.getSpec().getActiveDeadlineSeconds();
    return deadline != null && !acceptedAt.plusSeconds(deadline).isAfter(now);
  }

  private Duration nextBackoff() {
    Duration now = backoff;
    Duration doubled = backoff.multipliedBy(2);
    backoff = doubled.compareTo(LONGEST_BACKOFF) > 0 ? LONGEST_BACKOFF : doubled;
    return now;
  }
}
