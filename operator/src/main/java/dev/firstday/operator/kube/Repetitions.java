package dev.firstday.operator.kube;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often each event has happened, and when that is written: a few times at once, then once a
 * minute. What is not written yet is counted in with the next that is.
 */
final class Repetitions {
  /** Writes of one event that need not wait. */
  static final int AT_ONCE = 10;

  /** After which another one need not. */
  static final Duration PAUSE = Duration.ofMinutes(1);

  private static final int REMEMBERED = 4096;

  private final Map<String, Told> events =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Told> eldest) {
          return size() > REMEMBERED;
        }
      };

  /**
   * What is to be written of an event.
   *
   * @param times that it has happened since the last write; 0: nothing is written now
   * @param written its count by then; 0: none is known
   */
  record Due(int times, int written) {}

  /**
   * @param written the count that was written last
   * @param pending times that it has happened since
   * @param writes that need not wait, by the time {@code at}
   */
  private record Told(int written, int pending, long writes, Instant at) {

    static Told never(Instant now) {
      return new Told(0, 0, AT_ONCE, now);
    }

    Told once(Instant now) {
      long pauses = Math.max(0, Duration.between(at, now).dividedBy(PAUSE));
      long allowed = Math.min(AT_ONCE, writes + pauses);
      Instant since = allowed == AT_ONCE ? now : at.plus(PAUSE.multipliedBy(pauses));
      return new Told(written, pending + 1, allowed, since);
    }

    Told afterTry() {
      return new Told(written, pending, writes - 1, at);
    }

    Told with(int count) {
      return new Told(count, 0, writes, at);
    }
  }

  /** It happens once more. */
  synchronized Due happens(String event, Instant now) {
    Told told = events.getOrDefault(event, Told.never(now)).once(now);
    boolean write = told.writes() > 0;
    events.put(event, write ? told.afterTry() : told);
    return new Due(write ? told.pending() : 0, told.written());
  }

  /** What was due is written, and this is the count now. */
  synchronized void written(String event, int count) {
    events.computeIfPresent(event, (name, told) -> told.with(count));
  }
}
