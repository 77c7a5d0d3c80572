package dev.firstday.trainer;

import dev.firstday.sdk.store.FaultProxy.Fault;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What happens to the requests of histories that are played at the same time, each in a namespace
 * of its own: now and then a connection breaks, an answer is lost, a write meets its own success.
 */
public final class HistoryFaults {
  private static final double FAULTS = 0.1;

  private static final List<Fault> OF_ANY_REQUEST =
      List.of(Fault.BREAK, Fault.ANSWER_503, Fault.DO_AND_ANSWER_500);

  private static final List<Fault> OF_A_RECORD =
      List.of(
          Fault.BREAK,
          Fault.ANSWER_503,
          Fault.DO_AND_ANSWER_500,
          Fault.DO_AND_ANSWER_412,
          Fault.ANSWER_409);

  /** By namespace: what draws the faults of a history that is being played. */
  private final Map<String, Random> played = new ConcurrentHashMap<>();

  private final AtomicInteger met = new AtomicInteger();

  public void begin(String namespace, Random random) {
    played.put(namespace, random);
  }

  public void end(String namespace) {
    played.remove(namespace);
  }

  /** How many requests have met one. */
  public int met() {
    return met.get();
  }

  /** Null: nothing happens to the request with that first line. */
  public Fault of(String firstLine) {
    Random random =
        played.entrySet().stream()
            .filter(history -> firstLine.contains("/" + history.getKey() + "/"))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse(null);
    if (random == null || random.nextDouble() >= FAULTS) {
      return null;
    }
    met.incrementAndGet();
    boolean isConditional =
        firstLine.startsWith("PUT")
            && (firstLine.contains("/versions/") || firstLine.contains("/swept/"));
    List<Fault> faults = isConditional ? OF_A_RECORD : OF_ANY_REQUEST;
    return faults.get(random.nextInt(faults.size()));
  }
}
