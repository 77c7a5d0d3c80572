package dev.firstday.cli.apiserver.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.firstday.cli.apiserver.json.Json;
import java.util.List;

/**
 * A node of an OpenAPI v3 schema, with references followed.
 *
 * @param definitions where references lead to, by name
 * @param builtIn whether the node describes one of Kubernetes' own types, which say less than
 *     structural schemas do: an object of which no field is described may hold any
 */
public record Schema(JsonNode json, JsonNode definitions, boolean builtIn) {
  private static final String REFERENCE = "#/components/schemas/";

  public static Schema of(JsonNode json, JsonNode definitions) {
    return new Schema(json, definitions, false).resolved();
  }

  /** Refers to a definition from another schema. */
  public static JsonNode reference(String name) {
    return Json.object().put("$ref", REFERENCE + name);
  }

  public boolean isMissing() {
    return json.isMissingNode();
  }

  public String type() {
    return Json.text(json, "type");
  }

  public Schema property(String name) {
    return child(json.path("properties").path(name));
  }

  public Schema items() {
    return child(json.path("items"));
  }

  /** The schema of the values of a map. */
  public Schema values() {
    return child(json.path("additionalProperties"));
  }

  /** The schema of a field, be it a property or an entry of a map. */
  public Schema field(String name) {
    Schema property = property(name);
    return property.isMissing() ? values() : property;
  }

  public boolean allowsUnknownFields() {
    return json.path("x-kubernetes-preserve-unknown-fields").asBoolean()
        || json.path("additionalProperties").asBoolean()
        || (builtIn && !json.has("properties") && !json.has("additionalProperties"));
  }

  public boolean isNullable() {
    return json.path("nullable").asBoolean();
  }

  public boolean isIntOrString() {
    return json.path("x-kubernetes-int-or-string").asBoolean();
  }

  public boolean isEmbeddedResource() {
    return json.path("x-kubernetes-embedded-resource").asBoolean();
  }

  /** Whether a map or struct is owned as a whole. */
  public boolean isAtomicObject() {
    return "atomic".equals(Json.text(json, "x-kubernetes-map-type"));
  }

  /** Whether list items are told apart by keys. */
  public boolean isKeyedList() {
    return "map".equals(Json.text(json, "x-kubernetes-list-type"));
  }

  /** Whether a list is a set of plain values. */
  public boolean isSetList() {
    return "set".equals(Json.text(json, "x-kubernetes-list-type"));
  }

  public List<String> listKeys() {
    return Json.texts(json.path("x-kubernetes-list-map-keys"));
  }

  Schema child(JsonNode node) {
    return new Schema(node, definitions, builtIn).resolved();
  }

  private Schema resolved() {
    JsonNode reference = json.path("$ref");
    if (!reference.isTextual() && json.path("allOf").size() == 1) {
      reference = json.path("allOf").path(0).path("$ref");
    }
    if (!reference.isTextual()) {
      return json.isObject() ? this : new Schema(MissingNode.getInstance(), definitions, builtIn);
    }
    String name = reference.asText().substring(REFERENCE.length());
    return new Schema(definitions.path(name), definitions, true);
  }
}
