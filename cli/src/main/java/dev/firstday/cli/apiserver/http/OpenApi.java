package dev.firstday.cli.apiserver.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstday.cli.apiserver.json.Json;
import dev.firstday.cli.apiserver.type.Registry;
import dev.firstday.cli.apiserver.type.ResourceType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * OpenAPI v3, one document a group and version: what {@code kubectl explain} shows, and what tells
 * kubectl that the server itself refuses unknown fields.
 */
final class OpenApi {
  private static final String ROOT = "/openapi/v3";
  private static final String REFERENCE = "#/components/schemas/";

  private final Registry registry;

  OpenApi(Registry registry) {
    this.registry = registry;
  }

  Optional<Answer> answer(String path) {
    if (path.equals(ROOT)) {
      return Optional.of(Answer.json(index()));
    }
    for (String known : paths()) {
      if (path.equals(ROOT + "/" + known)) {
        return Optional.of(Answer.json(document(known)));
      }
    }
    return Optional.empty();
  }

  private Set<String> paths() {
    Set<String> paths = new LinkedHashSet<>();
    registry.types().forEach(type -> paths.add(pathOf(type)));
    return paths;
  }

  private static String pathOf(ResourceType type) {
    return (type.group().isEmpty() ? "api/" : "apis/") + type.apiVersion();
  }

  private ObjectNode index() {
    ObjectNode index = Json.object();
    ObjectNode paths = index.putObject("paths");
    paths().forEach(path -> paths.putObject(path).put("serverRelativeURL", ROOT + "/" + path));
    return index;
  }

  private ObjectNode document(String path) {
    ObjectNode document = Json.object().put("openapi", "3.0.0");
    document.putObject("info").put("title", "Kubernetes").put("version", "v1.34.0");
    ObjectNode paths = document.putObject("paths");
    ObjectNode schemas = document.putObject("components").putObject("schemas");
    for (ResourceType type : registry.types()) {
      if (pathOf(type).equals(path)) {
        String where = "/" + path + (type.isNamespaced() ? "/namespaces/{namespace}/" : "/");
        describe(type, paths.putObject(where + type.names().plural() + "/{name}"));
        addSchema(type, schemas);
      }
    }
    return document;
  }

  private static void describe(ResourceType type, ObjectNode path) {
    for (String method : List.of("get", "put", "patch", "delete")) {
      ObjectNode operation = path.putObject(method);
      operation
          .putArray("parameters")
          .addObject()
          .put("name", "fieldValidation")
          .put("in", "query")
          .putObject("schema")
          .put("type", "string");
      ObjectNode content =
          operation.putObject("responses").putObject("200").put("description", "OK");
      content
          .putObject("content")
          .putObject("application/json")
          .putObject("schema")
          .put("$ref", REFERENCE + schemaName(type));
      operation.set("x-kubernetes-group-version-kind", kind(type));
    }
  }

  private void addSchema(ResourceType type, ObjectNode schemas) {
    ObjectNode schema = type.schema().json().deepCopy();
    schema.putArray("x-kubernetes-group-version-kind").add(kind(type));
    schemas.set(schemaName(type), schema);
    Deque<JsonNode> open = new ArrayDeque<>(List.of(schema));
    while (!open.isEmpty()) {
      for (String reference : open.pop().findValuesAsText("$ref")) {
        String name = reference.substring(reference.lastIndexOf('/') + 1);
        if (!schemas.has(name) && registry.schemas().has(name)) {
          schemas.set(name, registry.schemas().get(name));
          open.push(registry.schemas().get(name));
        }
      }
    }
  }

  /** As Kubernetes builds it: the group backwards, the version, the kind. */
  private static String schemaName(ResourceType type) {
    List<String> parts = new ArrayList<>(List.of(type.group().split("\\.")));
    Collections.reverse(parts);
    return String.join(".", parts) + "." + type.version() + "." + type.kind();
  }

  private static ObjectNode kind(ResourceType type) {
    return Json.object()
        .put("group", type.group())
        .put("version", type.version())
        .put("kind", type.kind());
  }
}
