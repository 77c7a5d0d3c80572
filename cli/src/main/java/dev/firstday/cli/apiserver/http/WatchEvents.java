package dev.firstday.cli.apiserver.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstday.cli.apiserver.json.Json;
import dev.firstday.cli.apiserver.objects.ApiException;
import dev.firstday.cli.apiserver.store.StoreEvent;
import dev.firstday.cli.apiserver.store.Stored;
import dev.firstday.cli.apiserver.type.Representation;
import dev.firstday.cli.apiserver.type.ResourceType;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** What one watch is told, in its own words. Used by one thread at a time. */
final class WatchEvents {
  private final ResourceType type;
  private final Selection selection;
  private final Optional<Tables> tables;
  private final String includeObject;
  private boolean hasColumns;

  WatchEvents(Target target, Call call, Tables tables) {
    this.type = target.type();
    this.selection = Selection.of(target, call);
    this.tables = Tables.isWanted(call) ? Optional.of(tables) : Optional.empty();
    this.includeObject = call.parameter("includeObject");
  }

  boolean concerns(Stored stored) {
    return selection.has(stored);
  }

  /**
   * The line for a change, if it concerns this watch. An object that no longer fits the selection
   * is gone for it, and one that now does is new.
   */
  Optional<byte[]> line(StoreEvent event) {
    if (event instanceof StoreEvent.Modified modified) {
      boolean was = selection.has(modified.before());
      boolean is = selection.has(modified.now());
      if (was && is) {
        return Optional.of(line("MODIFIED", modified.now()));
      }
      if (is) {
        return Optional.of(line("ADDED", modified.now()));
      }
      return was ? Optional.of(line("DELETED", modified.now())) : Optional.empty();
    }
    if (!selection.has(event.now())) {
      return Optional.empty();
    }
    return Optional.of(line(event instanceof StoreEvent.Added ? "ADDED" : "DELETED", event.now()));
  }

  byte[] line(String kind, Stored stored) {
    return frame(kind, object(stored));
  }

  /**
   * Says how far the watch has come.
   *
   * @param endsInitial whether what was there at the start has been told with it
   */
  byte[] bookmark(long revision, boolean endsInitial) {
    ObjectNode mark = Json.object().put("kind", type.kind()).put("apiVersion", type.apiVersion());
    ObjectNode metadata =
        mark.putObject("metadata").put("resourceVersion", Long.toString(revision));
    if (endsInitial) {
      metadata.putObject("annotations").put("k8s.io/initial-events-end", "true");
    }
    return frame("BOOKMARK", Json.bytes(mark));
  }

  static byte[] error(ApiException refusal) {
    return frame("ERROR", Json.bytes(refusal.status()));
  }

  private byte[] object(Stored stored) {
    if (tables.isEmpty()) {
      return Representation.json(type, stored);
    }
    ObjectNode table =
        tables
            .get()
            .of(
                type,
                List.of(Representation.read(type, stored)),
                Long.toString(stored.revision()),
                includeObject,
                !hasColumns);
    hasColumns = true;
    return Json.bytes(table);
  }

  private static byte[] frame(String kind, byte[] object) {
    ByteArrayOutputStream line = new ByteArrayOutputStream(object.length + 40);
    line.writeBytes(("{\"type\":\"" + kind + "\",\"object\":").getBytes(StandardCharsets.UTF_8));
    line.writeBytes(object);
    line.writeBytes("}\n".getBytes(StandardCharsets.UTF_8));
    return line.toByteArray();
  }
}
