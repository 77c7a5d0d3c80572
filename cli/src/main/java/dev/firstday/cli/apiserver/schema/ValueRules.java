package dev.firstday.cli.apiserver.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import dev.firstday.cli.apiserver.json.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The rules that look at one value: bounds, lengths, patterns, enumerations, formats. */
final class ValueRules {
  private final JsonNode schema;
  private final String path;
  private final List<FieldError> errors;

  private ValueRules(JsonNode schema, String path, List<FieldError> errors) {
    this.schema = schema;
    this.path = path;
    this.errors = errors;
  }

  /** The rule that holds for values of every type, right or wrong. */
  static void checkEnumeration(
      JsonNode schema, JsonNode value, String path, List<FieldError> errors) {
    new ValueRules(schema, path, errors).enumeration(value);
  }

  static void check(JsonNode schema, JsonNode value, String path, List<FieldError> errors) {
    ValueRules rules = new ValueRules(schema, path, errors);
    if (value.isNumber()) {
      rules.number(value);
    } else if (value.isTextual()) {
      rules.text(value);
    } else if (value.isArray()) {
      rules.array(value);
    } else if (value.isObject()) {
      rules.object(value);
    }
  }

  private void number(JsonNode value) {
    if (schema.has("minimum")) {
      int order = value.decimalValue().compareTo(schema.get("minimum").decimalValue());
      boolean exclusive = schema.path("exclusiveMinimum").asBoolean();
      if (order < 0 || (order == 0 && exclusive)) {
        wrong(value, "should be greater than " + orEqual(exclusive) + bound("minimum"));
      }
    }
    if (schema.has("maximum")) {
      int order = value.decimalValue().compareTo(schema.get("maximum").decimalValue());
      boolean exclusive = schema.path("exclusiveMaximum").asBoolean();
      if (order > 0 || (order == 0 && exclusive)) {
        wrong(value, "should be less than " + orEqual(exclusive) + bound("maximum"));
      }
    }
    if (schema.has("multipleOf")
        && value.decimalValue().remainder(schema.get("multipleOf").decimalValue()).signum() != 0) {
      wrong(value, "should be a multiple of " + bound("multipleOf"));
    }
  }

  /** Without the decimals that a client's own type may have added. */
  private String bound(String rule) {
    return schema.get(rule).decimalValue().stripTrailingZeros().toPlainString();
  }

  private static String orEqual(boolean exclusive) {
    return exclusive ? "" : "or equal to ";
  }

  private void text(JsonNode value) {
    String text = value.asText();
    int length = text.codePointCount(0, text.length());
    if (schema.has("maxLength") && length > schema.get("maxLength").asLong()) {
      errors.add(FieldError.tooLong(path, schema.get("maxLength").asLong()));
    } else if (schema.has("minLength") && length < schema.get("minLength").asLong()) {
      wrong(value, "should be at least " + schema.get("minLength") + " chars long");
    } else if (schema.has("pattern")
        && !Pattern.compile(Json.text(schema, "pattern")).matcher(text).find()) {
      wrong(value, "should match '" + Json.text(schema, "pattern") + "'");
    }
    String format = Json.text(schema, "format");
    if (!Formats.accepts(format, text)) {
      errors.add(FieldError.wrongFormat(path, value, format));
    }
  }

  private void array(JsonNode value) {
    if (schema.has("maxItems") && value.size() > schema.get("maxItems").asLong()) {
      errors.add(FieldError.tooMany(path, value.size(), schema.get("maxItems").asLong()));
    }
    if (schema.has("minItems") && value.size() < schema.get("minItems").asLong()) {
      wrongSize(value.size(), "should have at least " + schema.get("minItems") + " items");
    }
    Set<JsonNode> seen = new HashSet<>();
    value.forEach(seen::add);
    if (schema.path("uniqueItems").asBoolean() && seen.size() < value.size()) {
      wrong(value, "shouldn't contain duplicates");
    }
  }

  private void object(JsonNode value) {
    if (schema.has("maxProperties") && value.size() > schema.get("maxProperties").asLong()) {
      errors.add(FieldError.tooMany(path, value.size(), schema.get("maxProperties").asLong()));
    }
    if (schema.has("minProperties") && value.size() < schema.get("minProperties").asLong()) {
      wrongSize(
          value.size(), "should have at least " + schema.get("minProperties") + " properties");
    }
  }

  private void enumeration(JsonNode value) {
    if (schema.has("enum") && Json.stream(schema.get("enum")).noneMatch(value::equals)) {
      errors.add(FieldError.unsupported(path, value, Json.stream(schema.get("enum")).toList()));
    }
  }

  private void wrong(JsonNode value, String rule) {
    errors.add(FieldError.invalid(path, value, path + " in body " + rule));
  }

  private void wrongSize(int size, String rule) {
    errors.add(FieldError.invalid(path, IntNode.valueOf(size), path + " in body " + rule));
  }
}
