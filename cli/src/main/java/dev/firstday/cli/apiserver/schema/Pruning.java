package dev.firstday.cli.apiserver.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstday.cli.apiserver.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Removes the fields that a schema does not know. */
public final class Pruning {
  private static final Set<String> OF_EVERY_RESOURCE = Set.of("apiVersion", "kind", "metadata");

  private final List<String> removed = new ArrayList<>();

  private Pruning() {}

  /**
   * @return the paths of what was removed, such as {@code spec.epocs}, in the order of the object
   */
  public static List<String> prune(Schema schema, ObjectNode object) {
    Pruning pruning = new Pruning();
    pruning.walk(schema, object, "");
    return pruning.removed;
  }

  private void walk(Schema schema, JsonNode value, String path) {
    if (schema.isMissing()) {
      return;
    }
    if (value instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> entry : Json.fields(object)) {
        walkField(schema, object, entry, path);
      }
    } else if (value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        walk(schema.items(), value.get(i), path + "[" + i + "]");
      }
    }
  }

  private void walkField(
      Schema schema, ObjectNode object, Map.Entry<String, JsonNode> entry, String path) {
    String name = entry.getKey();
    String at = path.isEmpty() ? name : path + "." + name;
    Schema field = schema.field(name);
    if (!field.isMissing()) {
      walk(field, entry.getValue(), at);
    } else if (!schema.allowsUnknownFields()
        && !schema.isIntOrString()
        && !(schema.isEmbeddedResource() && OF_EVERY_RESOURCE.contains(name))) {
      object.remove(name);
      removed.add(at);
    }
  }
}
