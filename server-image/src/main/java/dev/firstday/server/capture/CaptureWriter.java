package dev.firstday.server.capture;

import dev.firstday.contract.Contract;
import dev.firstday.sdk.store.CaptureFiles;
import dev.firstday.sdk.store.StoreException;
import dev.firstday.server.capture.CaptureMetrics.Loss;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what waits to S3, a file at a time; it blocks. A file that S3 does not take is kept and
 * tried again later, under the same name; meanwhile the queue fills up, and no more than that.
 */
final class CaptureWriter {
  private static final Logger LOG = LoggerFactory.getLogger(CaptureWriter.class);
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final CaptureQueue queue;
  private final CaptureFiles files;
  private final CaptureMetrics metrics;
  private final String instance;
  private final Clock clock;
  private final FileSize size;
  private Pending pending;
  private Instant notBefore = Instant.EPOCH;
  private long written;

  private record Pending(Instant at, long number, byte[] content, int requests) {}

  CaptureWriter(
      CaptureQueue queue,
      CaptureFiles files,
      CaptureMetrics metrics,
      String instance,
      Clock clock,
      FileSize size) {
    this.queue = queue;
    this.files = files;
    this.metrics = metrics;
    this.instance = instance;
    this.clock = clock;
    this.size = size;
  }

  /** Whether a file is to be written now. */
  synchronized boolean isDue() {
    Instant now = clock.instant();
    return pending == null ? queue.isDue(size.bytes(), size.age(), now) : !now.isBefore(notBefore);
  }

  /** Writes what is due. */
  synchronized void write() {
    while (isDue()) {
      if (!writeOne()) {
        return;
      }
    }
  }

  /** Writes all there is; what S3 does not take at once is lost. */
  synchronized void writeAll() {
    while (pending != null || queue.size() > 0) {
      if (!writeOne()) {
        int lost = pending.requests() + queue.size();
        metrics.dropped(Loss.END, lost);
        LOG.warn("{} captured requests are lost: S3 does not take them", lost);
        return;
      }
    }
  }

  private boolean writeOne() {
    boolean again = pending != null;
    if (!again) {
      pending = file(queue.take(size.bytes()));
    }
    try {
      files.write(pending.at(), instance, pending.number(), pending.content());
    } catch (StoreException e) {
      if (!again) {
        LOG.warn("captured requests wait, and are tried again: {}", e.getMessage());
      }
      notBefore = clock.instant().plus(PAUSE);
      return false;
    }
    if (again) {
      LOG.info("captured requests are written again");
    }
    metrics.written(pending.requests());
    pending = null;
    return true;
  }

  private Pending file(List<Captured> requests) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    int lines = 0;
    try (OutputStream gzip = new GZIPOutputStream(content)) {
      for (Captured request : requests) {
        byte[] line = line(request);
        gzip.write(line);
        lines += line.length > 0 ? 1 : 0;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("bytes in memory could not be written", e);
    }
    return new Pending(clock.instant(), written++, content.toByteArray(), lines);
  }

  /** One request that cannot be written down must not keep the others from it. */
  private byte[] line(Captured request) {
    try {
      return (Contract.write(DocumentWriter.write(request)) + "\n")
          .getBytes(StandardCharsets.UTF_8);
    } catch (RuntimeException e) {
      metrics.dropped(Loss.DOCUMENT, 1);
      // its message may quote the request, which has no place in a log
      LOG.error("request {} is not captured: {}", request.call().id(), e.getClass().getName());
      return new byte[0];
    }
  }
}
