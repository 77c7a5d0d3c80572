package dev.firstday.cli.apiserver.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstday.cli.apiserver.control.OwnerIndex.Place;
import dev.firstday.cli.apiserver.json.Json;
import dev.firstday.cli.apiserver.objects.DeleteOptions;
import dev.firstday.cli.apiserver.objects.Deletion;
import dev.firstday.cli.apiserver.store.Store;
import dev.firstday.cli.apiserver.store.StoreEvent;
import dev.firstday.cli.apiserver.store.Stored;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Deletes what belongs to nobody any more, and lets owners go that wait for what they own
 * (foreground) or leave it behind (orphan).
 */
public final class GarbageCollector {
  private final Store store;
  private final Changes changes;
  private final OwnerIndex index = new OwnerIndex();

  public GarbageCollector(Store store, Changes changes) {
    this.store = store;
    this.changes = changes;
  }

  void index(Stored stored) {
    index.add(stored);
  }

  void note(StoreEvent event) {
    index.note(event);
  }

  void act(StoreEvent event) {
    Stored now = event.now();
    if (event instanceof StoreEvent.Deleted) {
      index.ownedBy(now.uid()).forEach(this::collect);
      owners(now).forEach(this::release);
      return;
    }
    collect(Place.of(now));
    if (now.isTerminating()) {
      end(now);
    }
  }

  /** Deletes an object if it had owners and none of them is left. */
  private void collect(Place place) {
    Optional<Stored> found = store.get(place.resource(), place.key());
    if (found.isEmpty() || found.get().isTerminating()) {
      return;
    }
    List<String> uids = uids(found.get());
    long present = uids.stream().filter(index::isPresent).count();
    if (uids.isEmpty() || present == uids.size()) {
      return;
    }
    if (present == 0) {
      changes.delete(found.get(), DeleteOptions.background(found.get().uid()));
    } else {
      changes.change(found.get(), live -> disown(live, uid -> !index.isPresent(uid)));
    }
  }

  private void end(Stored owner) {
    List<String> finalizers = Json.texts(owner.object().path("metadata").path("finalizers"));
    List<Place> owned = index.ownedBy(owner.uid());
    if (finalizers.contains(Deletion.ORPHAN)) {
      for (Place place : owned) {
        store
            .get(place.resource(), place.key())
            .ifPresent(stored -> changes.change(stored, live -> disown(live, owner.uid()::equals)));
      }
      changes.removeFinalizer(owner, Deletion.ORPHAN);
    } else if (finalizers.contains(Deletion.FOREGROUND)) {
      for (Place place : owned) {
        store
            .get(place.resource(), place.key())
            .filter(stored -> !stored.isTerminating())
            .ifPresent(stored -> changes.delete(stored, DeleteOptions.foreground(stored.uid())));
      }
      if (index.ownedBy(owner.uid()).stream().noneMatch(place -> blocks(place, owner.uid()))) {
        changes.removeFinalizer(owner, Deletion.FOREGROUND);
      }
    }
  }

  /** Lets an owner go that waited for the last of what it owns. */
  private void release(JsonNode reference) {
    index
        .place(Json.text(reference, "uid"))
        .flatMap(place -> store.get(place.resource(), place.key()))
        .filter(Stored::isTerminating)
        .ifPresent(this::end);
  }

  private boolean blocks(Place place, String owner) {
    return store
        .get(place.resource(), place.key())
        .map(
            stored ->
                Json.stream(OwnerIndex.owners(stored))
                    .anyMatch(
                        reference ->
                            Json.text(reference, "uid").equals(owner)
                                && reference.path("blockOwnerDeletion").asBoolean()))
        .orElse(false);
  }

  private static List<JsonNode> owners(Stored stored) {
    return Json.stream(OwnerIndex.owners(stored)).toList();
  }

  private static List<String> uids(Stored stored) {
    return owners(stored).stream().map(owner -> Json.text(owner, "uid")).toList();
  }

  private static ObjectNode disown(ObjectNode live, Predicate<String> gone) {
    ArrayNode left = Json.array();
    live.path("metadata")
        .path("ownerReferences")
        .forEach(
            reference -> {
              if (!gone.test(Json.text(reference, "uid"))) {
                left.add(reference);
              }
            });
    Json.metadata(live).set("ownerReferences", left);
    return live;
  }
}
