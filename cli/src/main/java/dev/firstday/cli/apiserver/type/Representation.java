package dev.firstday.cli.apiserver.type;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstday.cli.apiserver.json.Json;
import dev.firstday.cli.apiserver.store.Stored;

/** Between what is stored and what a caller of one version reads and writes. */
public final class Representation {
  private Representation() {}

  /** The stored object in the words of {@code type}; a copy, unless they are the same. */
  public static ObjectNode read(ResourceType type, Stored stored) {
    if (isAsStored(type, stored)) {
      return stored.object();
    }
    ObjectNode object = stored.draft();
    if (type.storedIn().equals(Events.STORED)) {
      Events.fromCore(object);
    } else {
      object.put("apiVersion", type.apiVersion());
    }
    return object;
  }

  /** {@link #read} as it goes over the wire. */
  public static byte[] json(ResourceType type, Stored stored) {
    return isAsStored(type, stored) ? stored.json() : Json.bytes(read(type, stored));
  }

  /** Puts an object in the words of {@code type} into those of the store. */
  public static ObjectNode stored(ResourceType type, ObjectNode object) {
    if (type.group().equals(Events.GROUP)) {
      Events.toCore(object);
    }
    return object;
  }

  private static boolean isAsStored(ResourceType type, Stored stored) {
    return Json.text(stored.object(), "apiVersion").equals(type.apiVersion());
  }
}
