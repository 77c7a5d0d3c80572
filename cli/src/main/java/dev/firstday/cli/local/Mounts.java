package dev.firstday.cli.local;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/**
 * Where a container's paths really lie. A process sees the machine's own file system, so a path
 * below a mount that appears in a variable or an argument is replaced by the folder behind the
 * mount.
 */
record Mounts(List<Mount> mounts) {

  /** One mount: what the container calls {@code path} is {@code folder}. */
  record Mount(String path, Path folder) {}

  /** The deepest mount that the text begins with decides. */
  String rewrite(String text) {
    return mounts.stream()
        .filter(mount -> text.equals(mount.path()) || text.startsWith(mount.path() + "/"))
        .max(Comparator.comparingInt(mount -> mount.path().length()))
        .map(mount -> mount.folder() + text.substring(mount.path().length()))
        .orElse(text);
  }
}
