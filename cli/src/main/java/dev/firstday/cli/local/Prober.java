package dev.firstday.cli.local;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Probe;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/** Asks one address again and again until it is closed. */
final class Prober implements AutoCloseable {
  /** A fresh container is asked often: waiting for a long period would only delay the newcomer. */
  private static final Duration IMPATIENT = Duration.ofMillis(250);

  private final HttpClient http;
  private final ScheduledExecutorService timer;
  private final Runnable onChange;
  private final Probe probe;
  private final URI address;
  private final BooleanSupplier due;
  private final AtomicReference<ProbeState> state;
  private volatile boolean closed;

  private Prober(
      HttpClient http,
      ScheduledExecutorService timer,
      Runnable onChange,
      Probe probe,
      URI address,
      BooleanSupplier due,
      boolean passingAtFirst) {
    this.http = http;
    this.timer = timer;
    this.onChange = onChange;
    this.probe = probe;
    this.address = address;
    this.due = due;
    this.state = new AtomicReference<>(new ProbeState(passingAtFirst, 0));
  }

  /**
   * @param due whether it is this probe's turn; nothing is asked before
   * @param passingAtFirst what holds before the first answer
   */
  static Prober start(
      HttpClient http,
      ScheduledExecutorService timer,
      Runnable onChange,
      Probe probe,
      URI address,
      BooleanSupplier due,
      boolean passingAtFirst) {
    Prober prober = new Prober(http, timer, onChange, probe, address, due, passingAtFirst);
    Integer delay = probe.getInitialDelaySeconds();
    prober.schedule(Duration.ofSeconds(delay == null ? 0 : delay));
    return prober;
  }

  /**
   * Where a probe asks.
   *
   * @throws CannotStartException for a probe that is no httpGet, or a port without a name
   */
  static URI address(Container container, Probe probe, String podIp) throws CannotStartException {
    var get = probe.getHttpGet();
    if (get == null) {
      throw CannotStartException.configuration("probe: local mode asks by httpGet only");
    }
    Integer port = get.getPort().getIntVal();
    if (port == null) {
      String name = get.getPort().getStrVal();
      port =
          container.getPorts().stream()
              .filter(p -> name.equals(p.getName()))
              .map(ContainerPort::getContainerPort)
              .findFirst()
              .orElseThrow(
                  () -> CannotStartException.configuration("probe: no port named " + name));
    }
    String path = get.getPath() == null ? "/" : get.getPath();
    return URI.create("http://" + podIp + ":" + port + path);
  }

  boolean passing() {
    return state.get().passing();
  }

  @Override
  public void close() {
    closed = true;
  }

  private void schedule(Duration delay) {
    timer.schedule(this::ask, delay.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void ask() {
    if (closed) {
      return;
    }
    if (!due.getAsBoolean()) {
      schedule(IMPATIENT);
      return;
    }
    Integer seconds = probe.getTimeoutSeconds();
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(Duration.ofSeconds(seconds == null ? 1 : seconds))
            .build();
    http.sendAsync(request, HttpResponse.BodyHandlers.discarding())
        .handle((response, failure) -> failure == null && response.statusCode() / 100 <= 3)
        .thenAccept(this::answered);
  }

  private void answered(boolean answer) {
    ProbeState before = state.getAndUpdate(s -> s.next(answer, probe));
    if (closed) {
      return;
    }
    if (before.passing() != passing()) {
      onChange.run();
    }
    Integer period = probe.getPeriodSeconds();
    Duration regular = Duration.ofSeconds(period == null ? 10 : period);
    schedule(answer || before.passing() ? regular : IMPATIENT);
  }
}
