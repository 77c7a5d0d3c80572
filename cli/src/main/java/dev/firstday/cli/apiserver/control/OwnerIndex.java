package dev.firstday.cli.apiserver.control;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstday.cli.apiserver.json.Json;
import dev.firstday.cli.apiserver.store.ObjectKey;
import dev.firstday.cli.apiserver.store.ResourceId;
import dev.firstday.cli.apiserver.store.StoreEvent;
import dev.firstday.cli.apiserver.store.Stored;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who is there, and who belongs to whom, by uid. */
final class OwnerIndex {

  /** Where an object is. */
  record Place(ResourceId resource, ObjectKey key) {
    static Place of(Stored stored) {
      return new Place(stored.resource(), stored.key());
    }
  }

  private final Map<String, Place> present = new HashMap<>();
  private final Map<String, Set<Place>> ownedBy = new HashMap<>();

  synchronized void note(StoreEvent event) {
    if (event instanceof StoreEvent.Added) {
      add(event.now());
    } else if (event instanceof StoreEvent.Modified modified) {
      if (!owners(modified.before()).equals(owners(modified.now()))) {
        forget(modified.before());
        add(modified.now());
      }
    } else {
      forget(event.now());
      present.remove(event.now().uid());
    }
  }

  synchronized void add(Stored stored) {
    present.put(stored.uid(), Place.of(stored));
    for (JsonNode owner : owners(stored)) {
      ownedBy
          .computeIfAbsent(Json.text(owner, "uid"), uid -> new HashSet<>())
          .add(Place.of(stored));
    }
  }

  synchronized boolean isPresent(String uid) {
    return present.containsKey(uid);
  }

  synchronized Optional<Place> place(String uid) {
    return Optional.ofNullable(present.get(uid));
  }

  synchronized List<Place> ownedBy(String uid) {
    return List.copyOf(ownedBy.getOrDefault(uid, Set.of()));
  }

  private void forget(Stored stored) {
    for (JsonNode owner : owners(stored)) {
      String uid = Json.text(owner, "uid");
      ownedBy.computeIfPresent(
          uid,
          (same, places) -> {
            places.remove(Place.of(stored));
            return places.isEmpty() ? null : places;
          });
    }
  }

  static JsonNode owners(Stored stored) {
    return stored.object().path("metadata").path("ownerReferences");
  }
}
