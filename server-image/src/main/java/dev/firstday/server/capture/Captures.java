package dev.firstday.server.capture;

import dev.firstday.api.Capture;
import dev.firstday.sdk.store.CaptureFiles;
import dev.firstday.sdk.store.StoreException;
import dev.firstday.server.capture.CaptureMetrics.Loss;
import dev.firstday.server.http.Call;
import io.prometheus.client.CollectorRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps requests with their answers in S3, never in the way of an answer: who offers one waits for
 * nothing, and what there is no room for is let go and counted.
 */
public final class Captures implements CaptureSink {
  private static final Logger LOG = LoggerFactory.getLogger(Captures.class);
  private static final long QUEUE_BYTES = 8 << 20;

  /** A router has little memory, and JSON as a tree takes ten times what it takes as text. */
  private static final long MAX_REQUEST_BYTES = 1 << 20;

  /**
   * Of the bytes, in memory and in an hour: the rest is for what failed, so that a rush of requests
   * does not keep it out.
   */
  private static final double SHARE_OF_SAMPLES = 0.75;

  private static final long LOOK_MILLIS = 250;
  private static final Duration CLEAN_EVERY = Duration.ofHours(1);
  private static final long MEGABYTE = 1_000_000;
  private static final long LONGEST_WRITE_MINUTES = 10;

  private final Vertx vertx;
  private final Optional<CaptureFiles> files;
  private final Clock clock;
  private final DoubleSupplier random;
  private final CaptureMetrics metrics;
  private final CaptureQueue queue = new CaptureQueue();
  private final HourlyBudget budget = new HourlyBudget();
  private final WorkerExecutor storing;
  private final AtomicBoolean busy = new AtomicBoolean();
  private final List<Long> timers = new CopyOnWriteArrayList<>();
  private final Optional<CaptureWriter> writer;
  private Cleaning last = new Cleaning(0, Instant.EPOCH);

  /** What was deleted last: what was older than so many days, at that time. */
  private record Cleaning(int keepDays, Instant at) {}

  /**
   * @param instance names this process
   * @param files where they are kept; empty in a router without access to S3
   * @param size when a file is written
   * @param random uniform in [0, 1)
   */
  public Captures(
      Vertx vertx,
      CollectorRegistry registry,
      String instance,
      Optional<CaptureFiles> files,
      FileSize size,
      Clock clock,
      DoubleSupplier random) {
    this.vertx = vertx;
    this.files = files;
    this.clock = clock;
    this.random = random;
    this.metrics = new CaptureMetrics(registry);
    this.storing =
        vertx.createSharedWorkerExecutor("capture", 1, LONGEST_WRITE_MINUTES, TimeUnit.MINUTES);
    this.writer =
        files.map(store -> new CaptureWriter(queue, store, metrics, instance, clock, size));
  }

  /**
   * Begins to write what is offered, to say how long it is kept, and to delete what is old.
   *
   * @param settings those in force; empty while nothing is to be captured
   */
  public void start(Supplier<Optional<Capture>> settings) {
    writer.ifPresent(w -> timers.add(vertx.setPeriodic(LOOK_MILLIS, timer -> write(w))));
    files.ifPresent(
        store ->
            timers.add(
                vertx.setPeriodic(
                    LOOK_MILLIS,
                    timer ->
                        settings
                            .get()
                            .filter(this::isCleaningDue)
                            .ifPresent(s -> clean(store, s)))));
  }

  @Override
  public void offer(
      Capture settings, Call call, List<String> failed, Supplier<List<Captured.Answer>> answers) {
    boolean drawn = random.getAsDouble() * 100 < settings.percent();
    if (drawn || !failed.isEmpty()) {
      Captured captured =
          new Captured(clock.instant(), call, failed, settings.redact(), answers.get());
      admit(settings, captured, drawn).ifPresent(loss -> metrics.dropped(loss, 1));
    }
  }

  /**
   * Whether a request is sampled does not depend on whether it failed: what failed and is beyond
   * the samples' share is kept, but not as a sample.
   */
  private synchronized Optional<Loss> admit(Capture settings, Captured captured, boolean drawn) {
    Optional<Loss> asSample = lack(settings, captured, SHARE_OF_SAMPLES);
    boolean sampled = drawn && asSample.isEmpty();
    Optional<Loss> loss =
        sampled || captured.why().isEmpty() ? asSample : lack(settings, captured, 1);
    if (loss.isEmpty()) {
      budget.spend(captured.bytes(), captured.time());
      queue.add(sampled ? captured.sampled() : captured);
    }
    return loss;
  }

  /** What there is too little of to keep it; empty when there is enough. */
  private Optional<Loss> lack(Capture settings, Captured captured, double share) {
    long bytes = captured.bytes();
    double anHour = share * settings.maxMegabytesPerHour() * MEGABYTE;
    if (writer.isEmpty()) {
      return Optional.of(Loss.STORAGE);
    }
    if (bytes > MAX_REQUEST_BYTES) {
      return Optional.of(Loss.SIZE);
    }
    if (!budget.has(bytes, (long) anHour, captured.time())) {
      return Optional.of(Loss.HOUR);
    }
    return queue.bytes() + bytes > share * QUEUE_BYTES
        ? Optional.of(Loss.MEMORY)
        : Optional.empty();
  }

  private void write(CaptureWriter due) {
    if (busy.compareAndSet(false, true)) {
      storing
          .executeBlocking(
              () -> {
                due.write();
                return null;
              },
              false)
          .onFailure(failure -> LOG.error("captured requests could not be written", failure))
          .onComplete(done -> busy.set(false));
    }
  }

  private synchronized boolean isCleaningDue(Capture settings) {
    return settings.keepDays() != last.keepDays()
        || !clock.instant().isBefore(last.at().plus(CLEAN_EVERY));
  }

  private synchronized void clean(CaptureFiles store, Capture settings) {
    last = new Cleaning(settings.keepDays(), clock.instant());
    LocalDate first =
        LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(settings.keepDays());
    storing
        .executeBlocking(
            () -> {
              store.keep(settings.keepDays());
              return store.deleteBefore(first);
            },
            false)
        .onSuccess(
            deleted -> {
              if (deleted > 0) {
                LOG.info("{} files of old captured requests are deleted", deleted);
              }
            })
        .onFailure(
            failure ->
                LOG.warn(
                    "old captured requests stay for another hour: {}",
                    failure instanceof StoreException ? failure.getMessage() : failure.toString()));
  }

  /** Writes what still waits; the future is over when that is done, or lost. */
  public Future<Void> close() {
    timers.forEach(vertx::cancelTimer);
    return writer
        .map(
            w ->
                storing.<Void>executeBlocking(
                    () -> {
                      w.writeAll();
                      return null;
                    },
                    false))
        .orElseGet(Future::succeededFuture);
  }
}
