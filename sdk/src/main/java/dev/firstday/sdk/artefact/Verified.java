package dev.firstday.sdk.artefact;

import dev.firstday.contract.Contract;
import java.nio.charset.StandardCharsets;

/** Files whose bytes are those that were recorded. */
final class Verified {
  private Verified() {}

  static byte[] bytes(String name, String digest, int maxBytes, ObjectSource objects) {
    byte[] content = objects.read(digest, maxBytes);
    String found = Contract.sha256(content);
    if (!found.equals(digest)) {
      throw ArtefactException.damaged(
          "%s has sha256 %s instead of %s; restore the object or use another version"
              .formatted(name, found, digest));
    }
    return content;
  }

  static <T> T json(String name, String digest, int maxBytes, ObjectSource objects, Class<T> type) {
    String text = new String(bytes(name, digest, maxBytes, objects), StandardCharsets.UTF_8);
    try {
      return Contract.read(text, type);
    } catch (IllegalArgumentException e) {
      throw new ArtefactException("ArtefactDamaged", name + ": " + e.getMessage(), e);
    }
  }
}
