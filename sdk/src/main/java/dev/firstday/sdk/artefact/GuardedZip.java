package dev.firstday.sdk.artefact;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Unpacks a network's zip into memory, and only what a network needs: each name on the list once,
 * no path, no entry larger than its cap, nothing that unpacks to many times its size.
 */
final class GuardedZip {
  private static final Set<String> ENTRIES = Set.of(ModelZip.CONFIGURATION, ModelZip.COEFFICIENTS);
  private static final int MAX_CONFIGURATION = 16 * 1024 * 1024;
  private static final int MAX_COEFFICIENTS = 1024 * 1024 * 1024;

  /** Weights hardly shrink and JSON does by a factor of tens. */
  private static final long MAX_RATIO = 200;

  private GuardedZip() {}

  static Map<String, byte[]> entries(byte[] zip) {
    Map<String, byte[]> entries = new HashMap<>();
    try (ZipInputStream stream = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = stream.getNextEntry(); entry != null; entry = stream.getNextEntry()) {
        String name = entry.getName();
        if (!ENTRIES.contains(name)) {
          throw ArtefactException.unsafe(
              "model.zip holds '%s'; only %s and %s may be in it"
                  .formatted(shown(name), ModelZip.CONFIGURATION, ModelZip.COEFFICIENTS));
        }
        if (entries.put(name, content(stream, name, zip.length)) != null) {
          throw ArtefactException.unsafe("model.zip holds '%s' twice".formatted(name));
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new ArtefactException("ArtefactDamaged", "model.zip is no zip: " + e.getMessage(), e);
    }
    for (String name : ENTRIES) {
      if (!entries.containsKey(name)) {
        throw ArtefactException.damaged("model.zip holds no " + name);
      }
    }
    return entries;
  }

  private static byte[] content(ZipInputStream stream, String name, int packed) throws IOException {
    long cap = name.equals(ModelZip.CONFIGURATION) ? MAX_CONFIGURATION : MAX_COEFFICIENTS;
    int limit = (int) Math.min(cap, packed * MAX_RATIO);
    byte[] content = stream.readNBytes(limit + 1);
    if (content.length > limit) {
      throw ArtefactException.unsafe(
          "model.zip's %s unpacks to more than %,d bytes from a zip of %,d"
              .formatted(name, limit, packed));
    }
    return content;
  }

  private static String shown(String name) {
    return name.length() > 80 ? name.substring(0, 80) + "..." : name;
  }
}
