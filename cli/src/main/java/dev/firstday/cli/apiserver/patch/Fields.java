package dev.firstday.cli.apiserver.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstday.cli.apiserver.json.Json;
import dev.firstday.cli.apiserver.schema.Schema;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What {@link FieldSet}s are made from and do to objects. */
final class Fields {
  private Fields() {}

  /** Everything that {@code value} says something about. */
  static FieldSet of(Schema schema, JsonNode value) {
    Map<String, JsonNode> parts =
        Steps.isLeaf(schema, value) ? Map.of() : Steps.parts(schema, value);
    if (parts.isEmpty()) {
      return FieldSet.self();
    }
    NavigableMap<String, FieldSet> children = new TreeMap<>();
    parts.forEach(
        (step, part) -> {
          FieldSet child = of(Steps.schemaOf(schema, step), part);
          children.put(
              step, new FieldSet(child.isMember() || Steps.isItem(step), child.children()));
        });
    return new FieldSet(false, children);
  }

  /** What {@code now} says anew or otherwise than {@code before} did. */
  static FieldSet changed(Schema schema, JsonNode before, JsonNode now) {
    if (before.equals(now)) {
      return FieldSet.empty();
    }
    boolean isComparable = before.getNodeType() == now.getNodeType() && !Steps.isLeaf(schema, now);
    if (!isComparable) {
      return of(schema, now);
    }
    Map<String, JsonNode> earlier = Steps.parts(schema, before);
    NavigableMap<String, FieldSet> children = new TreeMap<>();
    Steps.parts(schema, now)
        .forEach(
            (step, part) -> {
              FieldSet child = changedPart(schema, step, earlier.get(step), part);
              if (!child.isEmpty()) {
                children.put(step, child);
              }
            });
    return new FieldSet(false, children);
  }

  private static FieldSet changedPart(Schema schema, String step, JsonNode before, JsonNode now) {
    Schema at = Steps.schemaOf(schema, step);
    if (before != null) {
      return changed(at, before, now);
    }
    FieldSet all = of(at, now);
    return new FieldSet(all.isMember() || Steps.isItem(step), all.children());
  }

  /** The live object with what the applied one says; lists keep their order and grow at the end. */
  static JsonNode merge(Schema schema, JsonNode live, JsonNode applied) {
    if (live.getNodeType() != applied.getNodeType() || Steps.isLeaf(schema, applied)) {
      return applied.deepCopy();
    }
    Map<String, JsonNode> merged = new LinkedHashMap<>(Steps.parts(schema, live));
    Steps.parts(schema, applied)
        .forEach(
            (step, part) -> {
              JsonNode old = merged.getOrDefault(step, MissingNode.getInstance());
              merged.put(step, merge(Steps.schemaOf(schema, step), old, part));
            });
    return assemble(live, merged);
  }

  /**
   * Takes away what is in {@code gone}; containers that become empty by it go as well.
   *
   * @param kept what others own: an item with such a part stays
   */
  static JsonNode remove(Schema schema, JsonNode value, FieldSet gone, FieldSet kept) {
    if (gone.isEmpty() || Steps.isLeaf(schema, value)) {
      return value;
    }
    Map<String, JsonNode> left = new LinkedHashMap<>();
    Steps.parts(schema, value)
        .forEach(
            (step, part) -> {
              FieldSet goneHere = gone.child(step);
              FieldSet keptHere = kept.child(step);
              boolean isGone = goneHere.isMember() && keptHere.isEmpty();
              JsonNode rest =
                  isGone
                      ? MissingNode.getInstance()
                      : remove(Steps.schemaOf(schema, step), part, goneHere, keptHere);
              boolean emptied = Json.isEmpty(rest) && !Json.isEmpty(part);
              if (!rest.isMissingNode() && !emptied) {
                left.put(step, rest);
              }
            });
    return assemble(value, left);
  }

  private static JsonNode assemble(JsonNode like, Map<String, JsonNode> parts) {
    if (like.isObject()) {
      ObjectNode object = Json.object();
      parts.forEach((step, part) -> object.set(step.substring(2), part));
      return object;
    }
    ArrayNode list = Json.array();
    parts.values().forEach(list::add);
    return list;
  }
}
