package dev.firstday.cli.apiserver.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstday.cli.apiserver.json.Json;
import dev.firstday.cli.apiserver.type.ResourceType;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The {@code autoscaling/v1} view of anything that has replicas. */
final class Scales {
  private Scales() {}

  static ObjectNode of(ResourceType type, JsonNode object) {
    ObjectNode scale = Json.object().put("kind", "Scale").put("apiVersion", "autoscaling/v1");
    ObjectNode metadata = scale.putObject("metadata");
    for (String field :
        List.of("name", "namespace", "uid", "resourceVersion", "creationTimestamp")) {
      if (object.path("metadata").has(field)) {
        metadata.set(field, object.path("metadata").get(field));
      }
    }
    scale.putObject("spec").put("replicas", at(object, type.scale().replicas()).asInt());
    ObjectNode status = scale.putObject("status");
    status.put("replicas", at(object, type.scale().statusReplicas()).asInt());
    JsonNode selector = at(object, type.scale().selector());
    if (selector.isTextual()) {
      status.set("selector", selector);
    } else if (selector.isObject()) {
      status.put("selector", labels(selector.path("matchLabels")));
    }
    return scale;
  }

  /** Writes a scale's wish into the object. */
  static ObjectNode applied(ResourceType type, ObjectNode object, JsonNode scale) {
    String[] path = steps(type.scale().replicas());
    ObjectNode parent = object;
    for (String step : Arrays.copyOf(path, path.length - 1)) {
      parent = Json.child(parent, step);
    }
    parent.put(path[path.length - 1], scale.path("spec").path("replicas").asInt());
    String version = Json.text(scale, "metadata", "resourceVersion");
    if (!version.isEmpty()) {
      Json.metadata(object).put("resourceVersion", version);
    }
    return object;
  }

  private static JsonNode at(JsonNode object, String path) {
    return path.isEmpty() ? Json.object().path("none") : Json.at(object, steps(path));
  }

  private static String[] steps(String path) {
    return path.replaceFirst("^\\.", "").split("\\.");
  }

  private static String labels(JsonNode labels) {
    return labels.properties().stream()
        .map(label -> label.getKey() + "=" + label.getValue().asText())
        .collect(Collectors.joining(","));
  }
}
