package dev.firstday.server.route;

import dev.firstday.api.Comparison;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The ids of the newest requests that show something, each once. */
final class NewestIds {
  private final Deque<String> ids = new ArrayDeque<>();

  void add(String id) {
    ids.remove(id);
    ids.addFirst(id);
    if (ids.size() > Comparison.Tally.EXAMPLES) {
      ids.removeLast();
    }
  }

  /** The newest first. */
  List<String> list() {
    return List.copyOf(ids);
  }
}
