package dev.firstday.api;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which integers fit the fields of the records, which the generator does not say. API servers take
 * {@code format: int32} for a comment, and store what no client could read; so where people write,
 * in specs, it has bounds as well.
 */
final class IntegerFormats {
  static final String INT = "int32";
  static final String LONG = "int64";

  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final Map<String, Set<Class<?>>> HOLDERS =
      Map.of(INT, Set.of(int.class, Integer.class), LONG, Set.of(long.class, Long.class));

  private IntegerFormats() {}

  /**
   * @param root the schema of the whole resource
   */
  static void complete(JSONSchemaProps root, Class<?> kind) {
    walk(root, MAPPER.constructType(kind));
    JSONSchemaProps spec = root.getProperties().get("spec");
    if (spec != null) {
      bound(spec);
    }
  }

  private static void walk(JSONSchemaProps schema, JavaType type) {
    HOLDERS.forEach(
        (format, holders) -> {
          if (holders.contains(type.getRawClass())) {
            schema.setFormat(format);
          }
        });
    if (schema.getItems() != null) {
      walk(schema.getItems().getSchema(), type.getContentType());
    }
    if (type.isMapLikeType() && schema.getAdditionalProperties() != null) {
      walk(schema.getAdditionalProperties().getSchema(), type.getContentType());
    }
    if (schema.getProperties() != null) {
      Map<String, JavaType> fields =
          MAPPER.getSerializationConfig().introspect(type).findProperties().stream()
              .collect(
                  Collectors.toMap(
                      BeanPropertyDefinition::getName, BeanPropertyDefinition::getPrimaryType));
      schema.getProperties().forEach((name, child) -> walk(child, fields.get(name)));
    }
  }

  private static void bound(JSONSchemaProps schema) {
    if (INT.equals(schema.getFormat())) {
      if (schema.getMinimum() == null) {
        schema.setMinimum((double) Integer.MIN_VALUE);
      }
      if (schema.getMaximum() == null) {
        schema.setMaximum((double) Integer.MAX_VALUE);
      }
    }
    if (schema.getItems() != null) {
      bound(schema.getItems().getSchema());
    }
    if (schema.getAdditionalProperties() != null
        && schema.getAdditionalProperties().getSchema() != null) {
      bound(schema.getAdditionalProperties().getSchema());
    }
    if (schema.getProperties() != null) {
      schema.getProperties().values().forEach(IntegerFormats::bound);
    }
  }
}
