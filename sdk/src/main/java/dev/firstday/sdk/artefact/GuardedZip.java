package dev.firstday.sdk.artefact;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Unpacks a network's zip into memory, and only what a network needs: each name on the list once,
 * no path, no entry larger than its cap, nothing that unpacks to many times its size.
 */
public final class GuardedZip {
  /** Weights hardly shrink and JSON does by a factor of tens. */
  private static final long MAX_RATIO = 200;

  private GuardedZip() {}

  /**
   * All entries by name.
   *
   * @param file the zip's name, for messages
   * @param caps which entries there must be, and how many bytes each may have
   * @throws ArtefactException when there is another entry, one twice, one too few, or one too large
   */
  public static Map<String, byte[]> entries(String file, byte[] zip, Map<String, Integer> caps) {
    Map<String, byte[]> entries = new HashMap<>();
    try (ZipInputStream stream = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = stream.getNextEntry(); entry != null; entry = stream.getNextEntry()) {
        String name = entry.getName();
        if (!caps.containsKey(name)) {
          throw ArtefactException.unsafe(
              "%s holds '%s'; only %s may be in it: save the model anew"
                  .formatted(
                      file, shown(name), String.join(" and ", new TreeSet<>(caps.keySet()))));
        }
        byte[] content = content(file, stream, name, caps.get(name), zip.length);
        if (entries.put(name, content) != null) {
          throw ArtefactException.unsafe(
              "%s holds '%s' twice: save the model anew".formatted(file, name));
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new ArtefactException(
          "ArtefactDamaged", "%s is no zip: %s".formatted(file, e.getMessage()), e);
    }
    for (String name : new TreeSet<>(caps.keySet())) {
      if (!entries.containsKey(name)) {
        throw ArtefactException.damaged("%s holds no %s".formatted(file, name));
      }
    }
    return entries;
  }

  private static byte[] content(
      String file, ZipInputStream stream, String name, int cap, int packed) throws IOException {
    int limit = (int) Math.min(cap, packed * MAX_RATIO);
    byte[] content = stream.readNBytes(limit + 1);
    if (content.length > limit) {
      throw ArtefactException.unsafe(
          "%s's %s unpacks to more than %,d bytes from a zip of %,d, as no network does: save the model anew, or take a smaller one"
              .formatted(file, name, limit, packed));
    }
    return content;
  }

  private static String shown(String name) {
    return name.length() > 80 ? name.substring(0, 80) + "..." : name;
  }
}
