package dev.firstday.cli.apiserver.type;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstday.cli.apiserver.json.Json;
import dev.firstday.cli.apiserver.schema.Schema;
import dev.firstday.cli.apiserver.store.ResourceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads the resources that a {@code CustomResourceDefinition} adds. */
final class CustomTypes {
  static final ResourceId DEFINITIONS =
      new ResourceId("apiextensions.k8s.io", "customresourcedefinitions");

  private static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta";
  private static final List<String> VERBS =
      List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");

  private CustomTypes() {}

  /** One type for each served version. */
  static List<ResourceType> of(JsonNode definition, JsonNode schemas) {
    List<ResourceType> types = new ArrayList<>();
    for (JsonNode version : definition.path("spec").path("versions")) {
      if (version.path("served").asBoolean()) {
        types.add(type(definition.path("spec"), version, schemas));
      }
    }
    return types;
  }

  private static ResourceType type(JsonNode spec, JsonNode version, JsonNode schemas) {
    String group = Json.text(spec, "group");
    JsonNode names = spec.path("names");
    String plural = Json.text(names, "plural");
    JsonNode scale = Json.at(version, "subresources", "scale");
    List<String> subresources = new ArrayList<>();
    version.path("subresources").fieldNames().forEachRemaining(subresources::add);
    return new ResourceType(
        group,
        Json.text(version, "name"),
        new ResourceType.Names(
            plural,
            names.path("singular").asText(Json.text(names, "kind").toLowerCase(Locale.ROOT)),
            Json.text(names, "kind"),
            Json.texts(names.path("shortNames")),
            Json.texts(names.path("categories"))),
        Json.text(spec, "scope").equals("Namespaced"),
        VERBS,
        subresources,
        new ResourceType.ScalePaths(
            Json.text(scale, "specReplicasPath"),
            Json.text(scale, "statusReplicasPath"),
            Json.text(scale, "labelSelectorPath")),
        new ResourceId(group, plural),
        Schema.of(complete(Json.at(version, "schema", "openAPIV3Schema")), schemas),
        version.path("additionalPrinterColumns"),
        true);
  }

  /** The schema with what every object has and no definition describes. */
  private static ObjectNode complete(JsonNode schema) {
    ObjectNode complete = schema.deepCopy();
    ObjectNode properties = Json.child(complete, "properties");
    ObjectNode text = Json.object().put("type", "string");
    properties.set("apiVersion", text);
    properties.set("kind", text.deepCopy());
    properties.set("metadata", Schema.reference(META));
    return complete;
  }
}
