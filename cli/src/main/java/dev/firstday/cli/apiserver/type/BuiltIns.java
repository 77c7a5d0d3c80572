package dev.firstday.cli.apiserver.type;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstday.cli.apiserver.json.Json;
import dev.firstday.cli.apiserver.schema.Schema;
import dev.firstday.cli.apiserver.store.ResourceId;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Kubernetes' own resources, out of what a Kubernetes 1.34 says of itself. */
public final class BuiltIns {
  private static final String FILE = "kubernetes-1.34.json";

  private final JsonNode schemas;
  private final List<ResourceType> types;

  private BuiltIns(JsonNode schemas, List<ResourceType> types) {
    this.schemas = schemas;
    this.types = List.copyOf(types);
  }

  public static BuiltIns load() throws IOException {
    try (InputStream file = BuiltIns.class.getResourceAsStream(FILE)) {
      JsonNode content = Json.parse(file.readAllBytes());
      JsonNode schemas = content.path("schemas");
      Map<String, String> schemaOfKind = schemasByKind(schemas);
      List<ResourceType> types = new ArrayList<>();
      for (Map.Entry<String, JsonNode> version : content.path("resources").properties()) {
        for (JsonNode resource : version.getValue()) {
          if (!Json.text(resource, "name").contains("/")) {
            types.add(type(version.getKey(), resource, version.getValue(), schemas, schemaOfKind));
          }
        }
      }
      return new BuiltIns(schemas, types);
    }
  }

  public List<ResourceType> types() {
    return types;
  }

  /** Schemas by name, such as {@code io.k8s.api.core.v1.Pod}. */
  public JsonNode schemas() {
    return schemas;
  }

  private static ResourceType type(
      String apiVersion,
      JsonNode resource,
      JsonNode siblings,
      JsonNode schemas,
      Map<String, String> schemaOfKind) {
    String group = apiVersion.contains("/") ? apiVersion.substring(0, apiVersion.indexOf('/')) : "";
    String version = apiVersion.substring(apiVersion.indexOf('/') + 1);
    String plural = Json.text(resource, "name");
    String kind = Json.text(resource, "kind");
    List<String> subresources =
        Json.stream(siblings)
            .map(sibling -> Json.text(sibling, "name"))
            .filter(name -> name.startsWith(plural + "/"))
            .map(name -> name.substring(plural.length() + 1))
            .toList();
    return new ResourceType(
        group,
        version,
        new ResourceType.Names(
            plural,
            Json.text(resource, "singularName"),
            kind,
            Json.texts(resource.path("shortNames")),
            Json.texts(resource.path("categories"))),
        resource.path("namespaced").asBoolean(),
        Json.texts(resource.path("verbs")),
        subresources,
        ResourceType.ScalePaths.USUAL,
        storedIn(group, plural),
        Schema.of(Schema.reference(schemaOfKind.get(apiVersion + "/" + kind)), schemas),
        Json.array(),
        false);
  }

  private static ResourceId storedIn(String group, String plural) {
    // both groups' events are the same objects, in other words
    return group.equals(Events.GROUP) ? Events.STORED : new ResourceId(group, plural);
  }

  private static Map<String, String> schemasByKind(JsonNode schemas) {
    Map<String, String> names = new HashMap<>();
    for (Map.Entry<String, JsonNode> schema : schemas.properties()) {
      for (JsonNode kind : schema.getValue().path("x-kubernetes-group-version-kind")) {
        String group = Json.text(kind, "group");
        String apiVersion = (group.isEmpty() ? "" : group + "/") + Json.text(kind, "version");
        names.put(apiVersion + "/" + Json.text(kind, "kind"), schema.getKey());
      }
    }
    return names;
  }
}
