package dev.firstday.cli.apiserver.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstday.cli.apiserver.json.Json;
import dev.firstday.cli.apiserver.schema.Schema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The patch of {@code kubectl apply} for Kubernetes' own types: a merge patch that meets the items
 * of lists by their keys, with directives for what such a patch cannot say.
 */
public final class StrategicMergePatch {
  private static final String DIRECTIVE = "$patch";
  private static final String RETAIN_KEYS = "$retainKeys";
  private static final String DELETE_VALUES = "$deleteFromPrimitiveList/";
  private static final String ORDER = "$setElementOrder/";

  private StrategicMergePatch() {}

  /** The patched object; {@code target} stays as it is. */
  public static ObjectNode apply(Schema schema, ObjectNode target, JsonNode patch) {
    if (Json.text(patch, DIRECTIVE).equals("replace")) {
      return withoutDirectives(patch);
    }
    ObjectNode result = target.deepCopy();
    if (patch.has(RETAIN_KEYS)) {
      result.retain(Json.texts(patch.get(RETAIN_KEYS)));
    }
    for (Map.Entry<String, JsonNode> field : patch.properties()) {
      applyField(schema, result, field.getKey(), field.getValue());
    }
    for (Map.Entry<String, JsonNode> field : patch.properties()) {
      if (field.getKey().startsWith(ORDER)) {
        String list = field.getKey().substring(ORDER.length());
        if (result.get(list) instanceof ArrayNode items) {
          result.set(list, ordered(items, field.getValue(), mergeKey(schema.property(list))));
        }
      }
    }
    return result;
  }

  private static void applyField(Schema schema, ObjectNode result, String name, JsonNode value) {
    if (name.startsWith(DELETE_VALUES)) {
      String list = name.substring(DELETE_VALUES.length());
      Set<JsonNode> gone = new HashSet<>();
      value.forEach(gone::add);
      ArrayNode left = Json.array();
      result.path(list).forEach(item -> addUnless(gone.contains(item), left, item));
      result.set(list, left);
      return;
    }
    if (name.startsWith("$")) {
      return;
    }
    Schema field = schema.field(name);
    if (value.isNull() || Json.text(value, DIRECTIVE).equals("delete")) {
      result.remove(name);
    } else if (value.isObject()) {
      ObjectNode target = result.get(name) instanceof ObjectNode object ? object : Json.object();
      result.set(name, apply(field, target, value));
    } else if (value.isArray()
        && Json.text(field.json(), "x-kubernetes-patch-strategy").contains("merge")) {
      result.set(name, mergeList(field, result.path(name), value));
    } else {
      result.set(name, value.deepCopy());
    }
  }

  private static ArrayNode mergeList(Schema list, JsonNode target, JsonNode patch) {
    String key = mergeKey(list);
    List<JsonNode> items = new ArrayList<>();
    boolean replaces =
        Json.stream(patch).anyMatch(item -> Json.text(item, DIRECTIVE).equals("replace"));
    if (!replaces) {
      target.forEach(items::add);
    }
    for (JsonNode item : patch) {
      Optional<JsonNode> same = items.stream().filter(old -> isSame(old, item, key)).findFirst();
      String directive = Json.text(item, DIRECTIVE);
      if (directive.equals("delete")) {
        items.removeIf(old -> isSame(old, item, key));
      } else if (same.isEmpty() && !(directive.equals("replace") && item.size() == 1)) {
        items.add(item.isObject() ? withoutDirectives(item) : item);
      } else if (same.isPresent() && same.get() instanceof ObjectNode old) {
        items.set(items.indexOf(old), apply(list.items(), old, item));
      }
    }
    ArrayNode result = Json.array();
    items.forEach(result::add);
    return result;
  }

  private static ArrayNode ordered(ArrayNode items, JsonNode order, String key) {
    List<JsonNode> wanted = Json.stream(order).toList();
    List<JsonNode> sorted = new ArrayList<>();
    items.forEach(sorted::add);
    sorted.sort(
        Comparator.comparingInt(
            item -> {
              for (int i = 0; i < wanted.size(); i++) {
                if (isSame(item, wanted.get(i), key)) {
                  return i;
                }
              }
              return wanted.size();
            }));
    ArrayNode result = Json.array();
    sorted.forEach(result::add);
    return result;
  }

  private static boolean isSame(JsonNode a, JsonNode b, String key) {
    return key.isEmpty() || !a.isObject() ? a.equals(b) : a.path(key).equals(b.path(key));
  }

  private static String mergeKey(Schema list) {
    return Json.text(list.json(), "x-kubernetes-patch-merge-key");
  }

  private static ObjectNode withoutDirectives(JsonNode patch) {
    ObjectNode clean = Json.object();
    for (Map.Entry<String, JsonNode> field : patch.properties()) {
      if (!field.getKey().startsWith("$") && !field.getValue().isNull()) {
        clean.set(field.getKey(), field.getValue().deepCopy());
      }
    }
    return clean;
  }

  private static void addUnless(boolean left, ArrayNode list, JsonNode item) {
    if (!left) {
      list.add(item);
    }
  }
}
