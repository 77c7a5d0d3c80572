package dev.firstday.server.route;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The labels that two versions gave to the newest requests, by request id, until the truth comes;
 * threads may share it. When there is no room, the oldest is forgotten.
 */
final class Remembered {
  private static final long ENTRY_BYTES = 256;

  private final int maxRequests;
  private final long maxBytes;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private long bytes;

  /**
   * @param used whether its truth has come; the id is kept, so that it is not counted again
   */
  private record Entry(LabelPair pair, boolean used) {
    long bytes() {
      return ENTRY_BYTES + pair.bytes();
    }
  }

  Remembered(int maxRequests, long maxBytes) {
    this.maxRequests = maxRequests;
    this.maxBytes = maxBytes;
  }

  int maxRequests() {
    return maxRequests;
  }

  /** A later request with the same id takes the place of the earlier one. */
  synchronized void add(String id, LabelPair pair) {
    Entry before = entries.remove(id);
    bytes -= before == null ? 0 : before.bytes();
    Entry entry = new Entry(pair, before != null && before.used());
    entries.put(id, entry);
    bytes += entry.bytes();
    Iterator<Entry> oldest = entries.values().iterator();
    while (entries.size() > maxRequests || bytes > maxBytes) {
      bytes -= oldest.next().bytes();
      oldest.remove();
    }
  }

  synchronized Optional<LabelPair> find(String id) {
    return Optional.ofNullable(entries.get(id)).map(Entry::pair);
  }

  /**
   * Marks the request as one whose truth has come.
   *
   * @return true once for each id
   */
  synchronized boolean use(String id) {
    Entry entry = entries.get(id);
    if (entry == null || entry.used()) {
      return false;
    }
    entries.put(id, new Entry(entry.pair(), true));
    return true;
  }
}
