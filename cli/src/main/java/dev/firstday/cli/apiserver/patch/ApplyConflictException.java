package dev.firstday.cli.apiserver.patch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An applied object says otherwise than the owners of some fields. */
public final class ApplyConflictException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<Conflict> conflicts;

  /**
   * @param manager who owns the field
   * @param field such as {@code .spec.replicas}
   */
  public record Conflict(String manager, String field) {}

  ApplyConflictException(List<Conflict> conflicts) {
    super(message(conflicts));
    this.conflicts = conflicts;
  }

  public List<Conflict> conflicts() {
    return conflicts;
  }

  private static String message(List<Conflict> conflicts) {
    Map<String, List<String>> byManager = new TreeMap<>();
    for (Conflict conflict : conflicts) {
      byManager
          .computeIfAbsent(conflict.manager(), manager -> new ArrayList<>())
          .add(conflict.field());
    }
    StringBuilder text = new StringBuilder("Apply failed with ");
    text.append(conflicts.size()).append(conflicts.size() == 1 ? " conflict: " : " conflicts: ");
    byManager.forEach(
        (manager, fields) -> {
          if (fields.size() == 1) {
            text.append("conflict with ").append(manager).append(": ").append(fields.get(0));
          } else {
            text.append("conflicts with ").append(manager).append(":");
            fields.forEach(field -> text.append("\n- ").append(field));
          }
          text.append('\n');
        });
    return text.toString().strip();
  }
}
