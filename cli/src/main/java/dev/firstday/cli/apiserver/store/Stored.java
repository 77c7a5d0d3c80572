package dev.firstday.cli.apiserver.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstday.cli.apiserver.json.Json;

/**
 * One state of one object. Neither {@code object} nor {@code json} is ever changed: they are shared
 * by the store, its journal and every watch.
 *
 * @param revision its {@code metadata.resourceVersion}
 * @param json {@code object} as it goes over the wire
 */
public record Stored(
    ResourceId resource, ObjectKey key, long revision, ObjectNode object, byte[] json) {

  static Stored of(ResourceId resource, ObjectKey key, long revision, ObjectNode draft) {
    ObjectNode object = draft.deepCopy();
    Json.metadata(object).put("resourceVersion", Long.toString(revision));
    return new Stored(resource, key, revision, object, Json.bytes(object));
  }

  /** A copy that may be changed. */
  public ObjectNode draft() {
    return object.deepCopy();
  }

  /** {@code metadata.uid} */
  public String uid() {
    return Json.text(object, "metadata", "uid");
  }

  /** Whether it was deleted and waits for its finalizers. */
  public boolean isTerminating() {
    return object.path("metadata").hasNonNull("deletionTimestamp");
  }
}
