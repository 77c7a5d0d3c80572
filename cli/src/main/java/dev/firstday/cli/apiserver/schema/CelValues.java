package dev.firstday.cli.apiserver.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.NullValue;
import com.google.protobuf.Timestamp;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Turns JSON into what CEL works on: the schema tells numbers and texts apart that JSON does not.
 */
final class CelValues {
  private static final Set<String> RESERVED =
      Set.of(
          "true",
          "false",
          "null",
          "in",
          "as",
          "break",
          "const",
          "continue",
          "else",
          "for",
          "function",
          "if",
          "import",
          "let",
          "loop",
          "package",
          "namespace",
          "return");

  private CelValues() {}

  static Object of(Schema schema, JsonNode value) {
    return switch (value.getNodeType()) {
      case OBJECT, POJO -> map(schema, value);
      case ARRAY -> list(schema, value);
      case STRING, BINARY -> text(schema, value.asText());
      case BOOLEAN -> value.booleanValue();
      case NUMBER -> number(schema, value);
      case NULL, MISSING -> NullValue.NULL_VALUE;
    };
  }

  private static Map<String, Object> map(Schema schema, JsonNode value) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : value.properties()) {
      Schema property = schema.property(field.getKey());
      String name = property.isMissing() ? field.getKey() : escaped(field.getKey());
      map.put(name, of(schema.field(field.getKey()), field.getValue()));
    }
    return map;
  }

  private static List<Object> list(Schema schema, JsonNode value) {
    List<Object> list = new ArrayList<>(value.size());
    value.forEach(item -> list.add(of(schema.items(), item)));
    return list;
  }

  private static Object number(Schema schema, JsonNode value) {
    if (schema.type().equals("number") || !value.canConvertToExactIntegral()) {
      return value.doubleValue();
    }
    return value.longValue();
  }

  private static Object text(Schema schema, String text) {
    if (!schema.json().path("format").asText().equals("date-time")) {
      return text;
    }
    try {
      Instant instant = OffsetDateTime.parse(text).toInstant();
      return Timestamp.newBuilder()
          .setSeconds(instant.getEpochSecond())
          .setNanos(instant.getNano())
          .build();
    } catch (DateTimeException e) {
      // the value rules have said so already
      return text;
    }
  }

  /** How rules write the names of properties that are no CEL identifiers. */
  private static String escaped(String name) {
    if (RESERVED.contains(name)) {
      return "__" + name + "__";
    }
    return name.replace("__", "__underscores__")
        .replace(".", "__dot__")
        .replace("-", "__dash__")
        .replace("/", "__slash__");
  }
}
