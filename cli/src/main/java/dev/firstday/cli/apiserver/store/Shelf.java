package dev.firstday.cli.apiserver.store;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The objects of one resource and its latest changes. Not safe for several threads: the store is.
 */
final class Shelf {
  private final NavigableMap<ObjectKey, Stored> objects = new TreeMap<>();
  private final Deque<StoreEvent> changes = new ArrayDeque<>();
  private final List<Consumer<StoreEvent>> listeners = new CopyOnWriteArrayList<>();
  private final int remembered;
  private long forgottenUpTo;

  /**
   * @param remembered changes kept for watches that come back
   * @param forgottenUpTo the revision before which nothing is known
   */
  Shelf(int remembered, long forgottenUpTo) {
    this.remembered = remembered;
    this.forgottenUpTo = forgottenUpTo;
  }

  Optional<Stored> get(ObjectKey key) {
    return Optional.ofNullable(objects.get(key));
  }

  Collection<Stored> all() {
    return objects.values();
  }

  Collection<Stored> in(String namespace) {
    // U+0000 is below every character a name starts with, so this key is past the namespace's last
    return objects
        .subMap(new ObjectKey(namespace, ""), new ObjectKey(namespace + "\0", ""))
        .values();
  }

  /** Puts what a journal remembers; it is no change. */
  void load(Stored stored) {
    objects.put(stored.key(), stored);
  }

  void apply(StoreEvent event) {
    if (event instanceof StoreEvent.Deleted) {
      objects.remove(event.now().key());
    } else {
      objects.put(event.now().key(), event.now());
    }
    changes.addLast(event);
    if (changes.size() > remembered) {
      forgottenUpTo = changes.removeFirst().now().revision();
    }
    listeners.forEach(listener -> listener.accept(event));
  }

  List<StoreEvent> since(long revision) throws CompactedException {
    if (revision < forgottenUpTo) {
      throw new CompactedException(revision, forgottenUpTo);
    }
    return changes.stream().filter(change -> change.now().revision() > revision).toList();
  }

  Subscription subscribe(Consumer<StoreEvent> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }
}
