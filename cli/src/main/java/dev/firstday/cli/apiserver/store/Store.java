package dev.firstday.cli.apiserver.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * All objects. A write names the revision it was made from and happens only when that is still the
 * object's; every write gets the next number of one counter, and listeners hear of writes in that
 * order, before the writer does.
 *
 * <p>Listeners are called under the store's lock: they note what happened and return.
 */
public final class Store implements AutoCloseable {
  /** The revision of an object that is not there. */
  public static final long ABSENT = 0;

  private final Map<ResourceId, Shelf> shelves = new HashMap<>();
  private final List<Consumer<StoreEvent>> listeners = new CopyOnWriteArrayList<>();
  private final Journal journal;
  private final int remembered;
  private final long firstRevision;
  private long revision;

  /**
   * Opens a store with what its journal holds.
   *
   * @param remembered changes of each resource that are kept for watches that come back
   */
  public Store(Journal journal, int remembered) throws IOException {
    this.journal = journal;
    this.remembered = remembered;
    Journal.Contents contents = journal.open();
    this.firstRevision = contents.revision();
    this.revision = contents.revision();
    contents.objects().forEach(stored -> shelf(stored.resource()).load(stored));
  }

  public synchronized Optional<Stored> get(ResourceId resource, ObjectKey key) {
    return shelf(resource).get(key);
  }

  /**
   * @param namespace {@code ""} for all
   */
  public synchronized Snapshot list(ResourceId resource, String namespace) {
    Shelf shelf = shelf(resource);
    Collection<Stored> objects = namespace.isEmpty() ? shelf.all() : shelf.in(namespace);
    return new Snapshot(revision, List.copyOf(objects));
  }

  /** Every object of every resource. */
  public synchronized Snapshot everything() {
    List<Stored> objects = new ArrayList<>();
    shelves.values().forEach(shelf -> objects.addAll(shelf.all()));
    return new Snapshot(revision, objects);
  }

  /** The revision of the latest write. */
  public synchronized long revision() {
    return revision;
  }

  /**
   * Writes {@code object} if the stored one is still at {@code expected}, or still {@link #ABSENT}.
   *
   * @return what is stored now, or nothing when another write came first
   */
  public synchronized Optional<Stored> write(
      ResourceId resource, ObjectKey key, long expected, ObjectNode object) {
    Optional<Stored> before = shelf(resource).get(key);
    if (before.map(Stored::revision).orElse(ABSENT) != expected) {
      return Optional.empty();
    }
    Stored now = Stored.of(resource, key, ++revision, object);
    journal.written(now);
    publish(
        before
            .<StoreEvent>map(old -> new StoreEvent.Modified(old, now))
            .orElseGet(() -> new StoreEvent.Added(now)));
    return Optional.of(now);
  }

  /**
   * Removes the object if it is still at {@code expected}.
   *
   * @param last what watches get to see of it
   * @return its last state, or nothing when another write came first
   */
  public synchronized Optional<Stored> remove(
      ResourceId resource, ObjectKey key, long expected, ObjectNode last) {
    Optional<Stored> before = shelf(resource).get(key).filter(old -> old.revision() == expected);
    return before.map(
        old -> {
          Stored now = Stored.of(resource, key, ++revision, last);
          journal.removed(now);
          publish(new StoreEvent.Deleted(old, now));
          return now;
        });
  }

  /**
   * Calls {@code listener} for each change after {@code since}, those that happened already before
   * this returns.
   */
  public synchronized Subscription watch(
      ResourceId resource, long since, Consumer<StoreEvent> listener) throws CompactedException {
    if (since > revision) {
      // the client remembers another store: an older copy of this folder, or one that was removed
      throw new CompactedException(since, revision);
    }
    Shelf shelf = shelf(resource);
    shelf.since(since).forEach(listener);
    return shelf.subscribe(listener);
  }

  /** Calls {@code listener} for each change from now on. */
  public void listen(Consumer<StoreEvent> listener) {
    listeners.add(listener);
  }

  /** Ends the journal. Nothing may be written after this. */
  @Override
  public synchronized void close() throws IOException {
    journal.close();
  }

  private void publish(StoreEvent event) {
    shelf(event.now().resource()).apply(event);
    listeners.forEach(listener -> listener.accept(event));
    if (journal.wantsSnapshot()) {
      journal.snapshot(everything());
    }
  }

  private Shelf shelf(ResourceId resource) {
    return shelves.computeIfAbsent(resource, id -> new Shelf(remembered, firstRevision));
  }
}
