package dev.firstday.cli.apiserver.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstday.cli.apiserver.json.Json;
import dev.firstday.cli.apiserver.schema.Schema;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * Which parts of a value have owners of their own, and what each is called in a {@link FieldSet}.
 */
final class Steps {
  private Steps() {}

  /** Whether the value is owned as a whole. */
  static boolean isLeaf(Schema schema, JsonNode value) {
    if (value.isObject()) {
      return schema.isAtomicObject();
    }
    return !value.isArray() || !(schema.isKeyedList() || schema.isSetList());
  }

  /** The parts of a value that is no leaf, by step. */
  static Map<String, JsonNode> parts(Schema schema, JsonNode value) {
    Map<String, JsonNode> parts = new LinkedHashMap<>();
    if (value.isObject()) {
      value.properties().forEach(field -> parts.put("f:" + field.getKey(), field.getValue()));
    } else if (schema.isKeyedList()) {
      value.forEach(item -> parts.put("k:" + text(keys(schema, item)), item));
    } else {
      value.forEach(item -> parts.put("v:" + text(item), item));
    }
    return parts;
  }

  static Schema schemaOf(Schema parent, String step) {
    return step.startsWith("f:") ? parent.field(step.substring(2)) : parent.items();
  }

  /** Whether the step leads to an item, which is owned beside what is in it. */
  static boolean isItem(String step) {
    return !step.startsWith("f:");
  }

  private static ObjectNode keys(Schema list, JsonNode item) {
    ObjectNode keys = Json.object();
    for (String key : new TreeSet<>(list.listKeys())) {
      JsonNode usual = list.items().json().path("properties").path(key).path("default");
      JsonNode value = item.has(key) ? item.get(key) : usual;
      if (!value.isMissingNode()) {
        keys.set(key, value);
      }
    }
    return keys;
  }

  private static String text(JsonNode value) {
    return new String(Json.bytes(value), StandardCharsets.UTF_8);
  }
}
