package dev.firstday.cli.apiserver.objects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstday.cli.apiserver.json.Json;
import dev.firstday.cli.apiserver.store.ObjectKey;
import dev.firstday.cli.apiserver.store.ResourceId;
import dev.firstday.cli.apiserver.store.Store;
import dev.firstday.cli.apiserver.store.Stored;
import dev.firstday.cli.apiserver.type.Representation;
import dev.firstday.cli.apiserver.type.ResourceType;
import java.util.Optional;

/** The last step of a write: nothing where nothing changes, and an end where nothing holds. */
final class Commits {
  private static final ResourceId NAMESPACES = new ResourceId("", "namespaces");

  private final Store store;

  Commits(Store store) {
    this.store = store;
  }

  /** Stores a new object, unless there is one of that name. */
  Optional<ObjectNode> insert(ResourceType type, ObjectNode object, boolean dryRun) {
    JsonNode metadata = object.path("metadata");
    ObjectKey key = new ObjectKey(Json.text(metadata, "namespace"), Json.text(metadata, "name"));
    if (dryRun) {
      return store.get(type.storedIn(), key).isPresent() ? Optional.empty() : Optional.of(object);
    }
    return store
        .write(type.storedIn(), key, Store.ABSENT, Representation.stored(type, object.deepCopy()))
        .map(now -> Representation.read(type, now));
  }

  /**
   * Stores what an object has become, unless another write came first. An object that is being
   * deleted goes when its last finalizer does.
   */
  Optional<ObjectNode> replace(
      ResourceType type, Stored live, ObjectNode before, ObjectNode object, boolean dryRun) {
    if (dryRun || before.equals(object)) {
      return Optional.of(object);
    }
    ObjectNode stored = Representation.stored(type, object.deepCopy());
    Optional<Stored> now =
        isReleased(object)
            ? store.remove(type.storedIn(), live.key(), live.revision(), stored)
            : store.write(type.storedIn(), live.key(), live.revision(), stored);
    return now.map(written -> Representation.read(type, written));
  }

  /** Takes an object away. */
  boolean remove(ResourceType type, Stored live) {
    return store.remove(type.storedIn(), live.key(), live.revision(), live.draft()).isPresent();
  }

  /** New objects need a namespace that is there to stay. */
  void requireNamespace(ResourceType type, String namespace, JsonNode object) {
    if (!type.isNamespaced()) {
      return;
    }
    Stored found =
        store
            .get(NAMESPACES, new ObjectKey("", namespace))
            .orElseThrow(() -> ApiException.notFound(NAMESPACES, namespace));
    if (found.isTerminating()) {
      throw ApiException.forbidden(
          type.id(),
          Json.text(object, "metadata", "name"),
          "unable to create new content in namespace "
              + namespace
              + " because it is being terminated");
    }
  }

  static boolean isReleased(JsonNode object) {
    JsonNode metadata = object.path("metadata");
    return metadata.has("deletionTimestamp")
        && metadata.path("finalizers").isEmpty()
        && metadata.path("deletionGracePeriodSeconds").asLong() == 0
        && object.path("spec").path("finalizers").isEmpty();
  }
}
