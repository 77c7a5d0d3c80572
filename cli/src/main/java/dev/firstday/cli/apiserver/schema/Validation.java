package dev.firstday.cli.apiserver.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstday.cli.apiserver.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Checks an object against the value rules of its schema; CEL is apart, in {@link CelRules}. */
public final class Validation {
  private final List<FieldError> errors = new ArrayList<>();
  private final List<FieldError> duplicates = new ArrayList<>();

  private Validation() {}

  public static List<FieldError> check(Schema schema, JsonNode value) {
    Validation validation = new Validation();
    validation.walk(schema, value, "");
    validation.errors.addAll(validation.duplicates);
    return validation.errors;
  }

  private static boolean holds(Schema schema, JsonNode value, String path) {
    Validation validation = new Validation();
    validation.walk(schema, value, path);
    return validation.errors.isEmpty();
  }

  private void walk(Schema schema, JsonNode value, String path) {
    if (schema.isMissing() || (value.isNull() && (schema.isNullable() || schema.builtIn()))) {
      return;
    }
    boolean hasType = hasType(schema, value, path);
    ValueRules.checkEnumeration(schema.json(), value, path, errors);
    if (!hasType) {
      return;
    }
    ValueRules.check(schema.json(), value, path, errors);
    combinations(schema, value, path);
    if (value.isObject()) {
      object(schema, value, path);
    } else if (value.isArray()) {
      array(schema, value, path);
    }
  }

  private boolean hasType(Schema schema, JsonNode value, String path) {
    String is = typeOf(value);
    if (schema.isIntOrString()) {
      if (is.equals("integer") || is.equals("string")) {
        return true;
      }
      errors.add(FieldError.wrongType(path, is, "integer,string"));
      return false;
    }
    String wanted = schema.type();
    if (wanted.isEmpty()
        || wanted.equals(is)
        || (wanted.equals("number") && is.equals("integer"))
        || (wanted.equals("integer") && is.equals("number") && value.canConvertToExactIntegral())) {
      return true;
    }
    errors.add(FieldError.wrongType(path, is, wanted));
    return false;
  }

  private void object(Schema schema, JsonNode value, String path) {
    for (JsonNode required : schema.json().path("required")) {
      if (!value.has(required.asText())) {
        errors.add(FieldError.required(at(path, required.asText()), ""));
      }
    }
    for (Map.Entry<String, JsonNode> field : value.properties()) {
      walk(schema.field(field.getKey()), field.getValue(), at(path, field.getKey()));
    }
  }

  private void array(Schema schema, JsonNode value, String path) {
    for (int i = 0; i < value.size(); i++) {
      walk(schema.items(), value.get(i), path + "[" + i + "]");
      unique(schema, value, i, path + "[" + i + "]");
    }
  }

  private void unique(Schema schema, JsonNode list, int index, String path) {
    JsonNode identity;
    if (schema.isSetList()) {
      identity = list.get(index);
    } else if (schema.isKeyedList()) {
      identity = keysOf(schema, list.get(index));
    } else {
      return;
    }
    boolean taken =
        Json.stream(list)
            .limit(index)
            .map(earlier -> schema.isSetList() ? earlier : keysOf(schema, earlier))
            .anyMatch(identity::equals);
    if (taken) {
      duplicates.add(FieldError.duplicate(path, identity));
    }
  }

  private void combinations(Schema schema, JsonNode value, String path) {
    JsonNode json = schema.json();
    for (JsonNode part : json.path("allOf")) {
      walk(schema.child(part), value, path);
    }
    if (json.has("anyOf") && matches(schema, json.path("anyOf"), value, path) == 0) {
      errors.add(
          FieldError.invalid(
              path, value, '"' + path + "\" must validate at least one schema (anyOf)"));
    }
    if (json.has("oneOf") && matches(schema, json.path("oneOf"), value, path) != 1) {
      errors.add(
          FieldError.invalid(
              path, value, '"' + path + "\" must validate one and only one schema (oneOf)"));
    }
    if (json.has("not") && holds(schema.child(json.path("not")), value, path)) {
      errors.add(
          FieldError.invalid(path, value, '"' + path + "\" must not validate the schema (not)"));
    }
  }

  private static long matches(Schema schema, JsonNode choices, JsonNode value, String path) {
    return Json.stream(choices).filter(choice -> holds(schema.child(choice), value, path)).count();
  }

  private static JsonNode keysOf(Schema schema, JsonNode item) {
    var keys = Json.object();
    schema.listKeys().stream().filter(item::has).forEach(key -> keys.set(key, item.get(key)));
    return keys;
  }

  private static String at(String path, String field) {
    return path.isEmpty() ? field : path + "." + field;
  }

  static String typeOf(JsonNode value) {
    return switch (value.getNodeType()) {
      case OBJECT, POJO -> "object";
      case ARRAY -> "array";
      case STRING, BINARY -> "string";
      case BOOLEAN -> "boolean";
      case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
      case NULL, MISSING -> "null";
    };
  }
}
