package dev.firstday.api;

import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiPredicate;

/**
 * What keeps a schema from being upgraded to another in place: whatever was accepted and stored has
 * to be accepted still, and read as it was. Rules (CEL) are not compared.
 */
final class Compatibility {
  private final List<String> breaks = new ArrayList<>();

  private Compatibility() {}

  /** A line for each place where the later schema takes less than the earlier one. */
  static List<String> breaks(JSONSchemaProps earlier, JSONSchemaProps later) {
    Compatibility comparison = new Compatibility();
    comparison.compare("", earlier, later);
    return comparison.breaks;
  }

  private void compare(String path, JSONSchemaProps earlier, JSONSchemaProps later) {
    if (!Objects.equals(earlier.getType(), later.getType())) {
      tell(path, "was %s and is %s".formatted(earlier.getType(), later.getType()));
      return;
    }
    properties(path, earlier, later);
    if (later.getEnum() != null && !later.getEnum().isEmpty()) {
      if (earlier.getEnum() == null || earlier.getEnum().isEmpty()) {
        tell(path, "took anything, and takes only " + later.getEnum());
      } else {
        earlier.getEnum().stream()
            .filter(value -> !later.getEnum().contains(value))
            .forEach(value -> tell(path, "no longer takes " + value));
      }
    }
    bound(path, "minimum", earlier.getMinimum(), later.getMinimum(), (a, b) -> b > a);
    bound(path, "maximum", greatest(earlier), greatest(later), (a, b) -> b < a);
    bound(path, "minLength", earlier.getMinLength(), later.getMinLength(), (a, b) -> b > a);
    bound(path, "maxLength", earlier.getMaxLength(), later.getMaxLength(), (a, b) -> b < a);
    bound(path, "minItems", earlier.getMinItems(), later.getMinItems(), (a, b) -> b > a);
    bound(path, "maxItems", earlier.getMaxItems(), later.getMaxItems(), (a, b) -> b < a);
    bound(
        path,
        "minProperties",
        earlier.getMinProperties(),
        later.getMinProperties(),
        (a, b) -> b > a);
    if (later.getPattern() != null && !later.getPattern().equals(earlier.getPattern())) {
      tell(path, "its pattern is another: " + later.getPattern());
    }
    if (earlier.getItems() != null && later.getItems() != null) {
      compare(path + "[]", earlier.getItems().getSchema(), later.getItems().getSchema());
    }
    if (earlier.getAdditionalProperties() != null && later.getAdditionalProperties() != null) {
      compare(
          path + "{}",
          earlier.getAdditionalProperties().getSchema(),
          later.getAdditionalProperties().getSchema());
    }
  }

  /** More than an int holds was accepted where nothing bounded it, and nobody could read it. */
  private static Double greatest(JSONSchemaProps schema) {
    boolean isInteger = "integer".equals(schema.getType()) && !"int64".equals(schema.getFormat());
    return schema.getMaximum() == null && isInteger
        ? Double.valueOf(Integer.MAX_VALUE)
        : schema.getMaximum();
  }

  private void properties(String path, JSONSchemaProps earlier, JSONSchemaProps later) {
    if (earlier.getProperties() != null) {
      for (Map.Entry<String, JSONSchemaProps> field : earlier.getProperties().entrySet()) {
        String at = path + "." + field.getKey();
        JSONSchemaProps now =
            later.getProperties() == null ? null : later.getProperties().get(field.getKey());
        if (now == null) {
          tell(at, "has vanished");
        } else {
          compare(at, field.getValue(), now);
        }
      }
    }
    if (later.getRequired() != null) {
      later.getRequired().stream()
          .filter(name -> earlier.getRequired() == null || !earlier.getRequired().contains(name))
          .forEach(name -> tell(path + "." + name, "has become required"));
    }
  }

  private <N extends Number> void bound(
      String path, String name, N earlier, N later, BiPredicate<Double, Double> isTighter) {
    if (later == null) {
      return;
    }
    if (earlier == null || isTighter.test(earlier.doubleValue(), later.doubleValue())) {
      tell(path, "%s was %s and is %s".formatted(name, earlier, later));
    }
  }

  private void tell(String path, String what) {
    breaks.add(path + " " + what);
  }
}
