package dev.firstday.server.capture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Puts null in the place of a column's values, in every form of a request and in answers; of one
 * request, so that it can tell which of the columns that has.
 */
final class Redaction {
  /** Name of the tensor of inputs that the caller encoded, in which no column is told apart. */
  private static final String ENCODED = "features";

  private final Set<String> columns;
  private final Set<String> found = new HashSet<>();

  private Redaction(Set<String> columns) {
    this.columns = columns;
  }

  static Redaction of(List<String> columns) {
    return new Redaction(Set.copyOf(columns));
  }

  /** Those columns of which there were any; what a model does not know hides nothing. */
  Set<String> found() {
    return found;
  }

  /**
   * @param json is changed
   * @return empty when it cannot be told which values are those of the columns
   */
  Optional<JsonNode> request(JsonNode json) {
    if (json.path("inputs").isArray()) {
      return tensors(json, "inputs");
    }
    JsonNode rows = json.path("instances").isArray() ? json.get("instances") : json;
    return rows(rows) ? Optional.of(json) : Optional.empty();
  }

  /** The same for an answer, whose label may be such a column. */
  Optional<JsonNode> response(JsonNode json) {
    return json.path("outputs").isArray() ? tensors(json, "outputs") : Optional.empty();
  }

  private boolean rows(JsonNode rows) {
    if (rows instanceof ObjectNode row) {
      columns.stream().filter(row::has).forEach(column -> hide(row, column));
      return true;
    }
    for (JsonNode row : rows) {
      if (!row.isObject() || !rows(row)) {
        return false;
      }
    }
    return rows.isArray();
  }

  private void hide(ObjectNode row, String column) {
    row.putNull(column);
    found.add(column);
  }

  private Optional<JsonNode> tensors(JsonNode json, String field) {
    for (JsonNode tensor : json.get(field)) {
      String name = tensor.path("name").textValue();
      if (name == null || name.equals(ENCODED)) {
        return Optional.empty();
      }
      if (columns.contains(name) && tensor instanceof ObjectNode column) {
        column.set("data", withoutValues(column.path("data")));
        found.add(name);
      }
    }
    return Optional.of(json);
  }

  private static JsonNode withoutValues(JsonNode data) {
    if (!(data instanceof ArrayNode elements)) {
      return NullNode.instance;
    }
    for (int i = 0; i < elements.size(); i++) {
      elements.set(i, withoutValues(elements.get(i)));
    }
    return elements;
  }
}
