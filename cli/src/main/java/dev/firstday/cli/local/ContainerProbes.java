package dev.firstday.cli.local;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Probe;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** The probes of one run of a container. */
record ContainerProbes(
    Optional<Prober> startup,
    Optional<Prober> readiness,
    Optional<Prober> liveness,
    Instant startBy)
    implements AutoCloseable {
  static final ContainerProbes NONE =
      new ContainerProbes(Optional.empty(), Optional.empty(), Optional.empty(), Instant.MAX);

  static ContainerProbes start(LocalPod.Tools tools, Container container, String ip, Instant now)
      throws CannotStartException {
    Probe startup = container.getStartupProbe();
    Optional<Prober> starting = prober(tools, container, startup, ip, () -> true, false);
    BooleanSupplier started = () -> starting.map(Prober::passing).orElse(true);
    return new ContainerProbes(
        starting,
        prober(tools, container, container.getReadinessProbe(), ip, started, false),
        prober(tools, container, container.getLivenessProbe(), ip, started, true),
        startup == null ? Instant.MAX : now.plusSeconds(patienceSeconds(startup)));
  }

  private static Optional<Prober> prober(
      LocalPod.Tools tools,
      Container container,
      Probe probe,
      String ip,
      BooleanSupplier due,
      boolean passingAtFirst)
      throws CannotStartException {
    if (probe == null) {
      return Optional.empty();
    }
    return Optional.of(
        Prober.start(
            tools.http(),
            tools.timer(),
            tools.wake(),
            probe,
            Prober.address(container, probe, ip),
            due,
            passingAtFirst));
  }

  private static long patienceSeconds(Probe probe) {
    long delay = probe.getInitialDelaySeconds() == null ? 0 : probe.getInitialDelaySeconds();
    long period = probe.getPeriodSeconds() == null ? 10 : probe.getPeriodSeconds();
    long times = probe.getFailureThreshold() == null ? 3 : probe.getFailureThreshold();
    return delay + period * times;
  }

  boolean started() {
    return startup.map(Prober::passing).orElse(true);
  }

  boolean ready() {
    return started() && readiness.map(Prober::passing).orElse(true);
  }

  /** Whether the container is to be ended: it does not come up, or no longer lives. */
  boolean isHopeless(Instant now) {
    return started() ? !liveness.map(Prober::passing).orElse(true) : !now.isBefore(startBy);
  }

  @Override
  public void close() {
    startup.ifPresent(Prober::close);
    readiness.ifPresent(Prober::close);
    liveness.ifPresent(Prober::close);
  }
}
