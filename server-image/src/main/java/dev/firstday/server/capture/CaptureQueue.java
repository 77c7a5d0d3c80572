package dev.firstday.server.capture;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** What waits to be written; threads may share it. */
final class CaptureQueue {
  private final Deque<Captured> waiting = new ArrayDeque<>();
  private long bytes;

  synchronized void add(Captured captured) {
    waiting.add(captured);
    bytes += captured.bytes();
  }

  /** About how many bytes wait. */
  synchronized long bytes() {
    return bytes;
  }

  /** Whether so many bytes wait, or one of them for so long. */
  synchronized boolean isDue(long enoughBytes, Duration age, Instant now) {
    return bytes >= enoughBytes
        || !waiting.isEmpty() && !now.isBefore(waiting.peek().time().plus(age));
  }

  /** Takes the oldest out, until they have that many bytes. */
  synchronized List<Captured> take(long atLeastBytes) {
    List<Captured> taken = new ArrayList<>();
    long takenBytes = 0;
    while (!waiting.isEmpty() && takenBytes < atLeastBytes) {
      Captured next = waiting.remove();
      takenBytes += next.bytes();
      taken.add(next);
    }
    bytes -= takenBytes;
    return taken;
  }

  synchronized int size() {
    return waiting.size();
  }
}
