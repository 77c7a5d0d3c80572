package dev.firstday.cli.apiserver.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.firstday.cli.apiserver.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Checks an object, and its change, against the {@code x-kubernetes-validations} of its schema. */
public final class CelRules {
  private static final String RULES = "x-kubernetes-validations";

  private final CelEngine engine;
  private final List<FieldError> errors = new ArrayList<>();

  private CelRules(CelEngine engine) {
    this.engine = engine;
  }

  /** Whether there is a rule anywhere. */
  public static boolean isIn(JsonNode schema) {
    return schema.findValue(RULES) != null;
  }

  /**
   * @param old what the object was before, or a missing node when it is new
   */
  public static List<FieldError> check(
      CelEngine engine, Schema schema, JsonNode value, JsonNode old) {
    CelRules rules = new CelRules(engine);
    rules.walk(schema, value, old, "");
    return rules.errors;
  }

  /** Whether each rule in the schema can be compiled; the errors name the rules' places. */
  public static List<FieldError> compile(CelEngine engine, JsonNode schema, String path) {
    List<FieldError> errors = new ArrayList<>();
    for (int i = 0; i < schema.path(RULES).size(); i++) {
      String rule = Json.text(schema.path(RULES).path(i), "rule");
      String at = path + "." + RULES + "[" + i + "].rule";
      engine
          .problemWith(rule)
          .map(problem -> FieldError.invalid(at, rule, "compilation failed: " + problem))
          .ifPresent(errors::add);
    }
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      errors.addAll(
          compile(engine, property.getValue(), path + ".properties[" + property.getKey() + "]"));
    }
    if (schema.path("items").isObject()) {
      errors.addAll(compile(engine, schema.path("items"), path + ".items"));
    }
    if (schema.path("additionalProperties").isObject()) {
      errors.addAll(
          compile(engine, schema.path("additionalProperties"), path + ".additionalProperties"));
    }
    return errors;
  }

  private void walk(Schema schema, JsonNode value, JsonNode old, String path) {
    if (schema.isMissing() || schema.builtIn() || value.isNull()) {
      return;
    }
    for (JsonNode rule : schema.json().path(RULES)) {
      apply(rule, schema, value, old, path);
    }
    if (value.isObject()) {
      for (Map.Entry<String, JsonNode> field : value.properties()) {
        walk(
            schema.field(field.getKey()),
            field.getValue(),
            old.path(field.getKey()),
            path.isEmpty() ? field.getKey() : path + "." + field.getKey());
      }
    } else if (value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        walk(schema.items(), value.get(i), counterpart(schema, value.get(i), old), at(path, i));
      }
    }
  }

  private void apply(JsonNode rule, Schema schema, JsonNode value, JsonNode old, String path) {
    String expression = Json.text(rule, "rule");
    boolean isTransition = CelEngine.mentionsOldSelf(expression);
    boolean isOldOptional = rule.path("optionalOldSelf").asBoolean();
    if (isTransition && old.isMissingNode() && !isOldOptional) {
      return;
    }
    CelEngine.Subject subject = new CelEngine.Subject(schema, value, old, isOldOptional);
    CelEngine.Verdict verdict = engine.evaluate(expression, subject);
    String field = path + Json.text(rule, "fieldPath");
    if (verdict instanceof CelEngine.Failed failed) {
      errors.add(
          FieldError.invalid(
              field, Validation.typeOf(value), failed.cause() + " evaluating rule: " + name(rule)));
    } else if (verdict instanceof CelEngine.Answered answered
        && !Boolean.TRUE.equals(answered.value())) {
      errors.add(broken(rule, field, value, message(rule, subject)));
    }
  }

  private FieldError broken(JsonNode rule, String field, JsonNode value, String message) {
    return switch (Json.text(rule, "reason")) {
      case "FieldValueForbidden" -> FieldError.forbidden(field, message);
      case "FieldValueRequired" -> FieldError.required(field, message);
      default -> FieldError.invalid(field, Validation.typeOf(value), message);
    };
  }

  private String message(JsonNode rule, CelEngine.Subject subject) {
    if (rule.has("messageExpression")
        && engine.evaluate(Json.text(rule, "messageExpression"), subject)
            instanceof CelEngine.Answered answered
        && answered.value() instanceof String text
        && !text.isBlank()) {
      return text;
    }
    return rule.has("message") ? Json.text(rule, "message") : "failed rule: " + name(rule);
  }

  private static String name(JsonNode rule) {
    return Json.text(rule, "rule").strip();
  }

  /** The item of the old list with the same keys; items of other lists have no identity. */
  private static JsonNode counterpart(Schema list, JsonNode item, JsonNode old) {
    if (!list.isKeyedList()) {
      return MissingNode.getInstance();
    }
    return Json.stream(old)
        .filter(
            other ->
                list.listKeys().stream().allMatch(key -> other.path(key).equals(item.path(key))))
        .findFirst()
        .orElse(MissingNode.getInstance());
  }

  private static String at(String path, int index) {
    return path + "[" + index + "]";
  }
}
