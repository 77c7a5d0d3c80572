package dev.firstday.cli.apiserver.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstday.cli.apiserver.json.Json;
import java.util.Map;

/**
 * Fills in what a custom resource's schema says of fields that are left out, and takes a null for a
 * field that is left out unless the schema allows null.
 */
public final class Defaults {
  private Defaults() {}

  public static void apply(Schema schema, JsonNode value) {
    if (schema.isMissing()) {
      return;
    }
    if (value instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> field : Json.fields(object)) {
        boolean known = !schema.property(field.getKey()).isMissing();
        if (field.getValue().isNull() && known && !schema.property(field.getKey()).isNullable()) {
          object.remove(field.getKey());
        }
      }
      if (!schema.builtIn()) {
        // Kubernetes' own schemas name Go's zero values as defaults, which are never written out
        fillIn(schema, object);
      }
      for (Map.Entry<String, JsonNode> field : Json.fields(object)) {
        apply(schema.field(field.getKey()), field.getValue());
      }
    } else if (value.isArray()) {
      value.forEach(item -> apply(schema.items(), item));
    }
  }

  private static void fillIn(Schema schema, ObjectNode object) {
    for (Map.Entry<String, JsonNode> property : schema.json().path("properties").properties()) {
      if (!object.has(property.getKey()) && property.getValue().has("default")) {
        object.set(property.getKey(), property.getValue().get("default").deepCopy());
      }
    }
  }
}
