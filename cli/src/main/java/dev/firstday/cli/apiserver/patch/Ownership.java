package dev.firstday.cli.apiserver.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstday.cli.apiserver.json.Json;
import dev.firstday.cli.apiserver.schema.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who owns which fields of an object: {@code metadata.managedFields}. */
public final class Ownership {
  private static final String[] NOBODYS_METADATA = {
    "f:name",
    "f:namespace",
    "f:uid",
    "f:resourceVersion",
    "f:generation",
    "f:creationTimestamp",
    "f:deletionTimestamp",
    "f:deletionGracePeriodSeconds",
    "f:selfLink",
    "f:managedFields"
  };

  private final Map<Manager, Entry> entries;

  private record Entry(FieldSet fields, String time) {}

  private Ownership(Map<Manager, Entry> entries) {
    this.entries = entries;
  }

  static Ownership of(JsonNode object) {
    Map<Manager, Entry> entries = new LinkedHashMap<>();
    for (JsonNode entry : object.path("metadata").path("managedFields")) {
      entries.put(
          Manager.of(entry),
          new Entry(FieldSet.parse(entry.path("fieldsV1")), Json.text(entry, "time")));
    }
    return new Ownership(entries);
  }

  /** The fields of an object that can have an owner. */
  static FieldSet ownable(FieldSet fields) {
    FieldSet left = fields.without("f:apiVersion").without("f:kind");
    for (String field : NOBODYS_METADATA) {
      left = left.without("f:metadata", field);
    }
    // an object of which only the container is left, such as metadata: {}, says nothing
    return new FieldSet(false, left.children());
  }

  /**
   * Notes in {@code now} that the manager changed it from {@code before}, which is a missing node
   * for a new object.
   */
  public static void noteUpdate(
      Schema schema, JsonNode before, ObjectNode now, Manager manager, String time) {
    Ownership ownership = of(before);
    FieldSet changed =
        ownable(
            before.isMissingNode() ? Fields.of(schema, now) : Fields.changed(schema, before, now));
    FieldSet removed =
        before.isMissingNode()
            ? FieldSet.empty()
            : ownable(Fields.of(schema, before).minus(Fields.of(schema, now)));
    for (Manager owner : List.copyOf(ownership.entries.keySet())) {
      FieldSet fields = ownership.fields(owner).minus(removed);
      ownership.set(owner, owner.equals(manager) ? fields : fields.minus(changed), time);
    }
    if (!changed.isEmpty()) {
      ownership.set(manager, ownership.fields(manager).union(changed), time);
    }
    ownership.writeTo(now);
  }

  FieldSet fields(Manager manager) {
    return entries.containsKey(manager) ? entries.get(manager).fields() : FieldSet.empty();
  }

  /** The sets of all but one. */
  Map<Manager, FieldSet> others(Manager manager) {
    Map<Manager, FieldSet> others = new LinkedHashMap<>();
    entries.forEach((owner, entry) -> others.put(owner, entry.fields()));
    others.remove(manager);
    return others;
  }

  /** Sets what a manager owns; its time moves only with it. */
  void set(Manager manager, FieldSet fields, String time) {
    if (fields.isEmpty()) {
      entries.remove(manager);
    } else if (!fields.equals(fields(manager))) {
      entries.put(manager, new Entry(fields, time));
    }
  }

  void writeTo(ObjectNode object) {
    ObjectNode metadata = Json.metadata(object);
    metadata.remove("managedFields");
    if (entries.isEmpty()) {
      return;
    }
    ArrayNode list = metadata.putArray("managedFields");
    entries.forEach(
        (manager, entry) -> {
          ObjectNode json =
              list.addObject()
                  .put("manager", manager.name())
                  .put("operation", manager.operation().word())
                  .put("apiVersion", manager.apiVersion())
                  .put("time", entry.time())
                  .put("fieldsType", "FieldsV1");
          json.set("fieldsV1", entry.fields().toJson());
          if (!manager.subresource().isEmpty()) {
            json.put("subresource", manager.subresource());
          }
        });
  }
}
