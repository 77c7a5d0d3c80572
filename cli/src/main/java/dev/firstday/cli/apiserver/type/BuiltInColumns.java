package dev.firstday.cli.apiserver.type;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.firstday.cli.apiserver.json.Json;

/** Columns of Kubernetes' own resources that are plain paths; the tables compute the others. */
final class BuiltInColumns {
  private BuiltInColumns() {}

  static JsonNode of(String plural) {
    ArrayNode columns = Json.array();
    switch (plural) {
      case "namespaces", "persistentvolumeclaims" -> column(columns, "Status", ".status.phase");
      case "secrets" -> column(columns, "Type", ".type");
      case "leases" -> column(columns, "Holder", ".spec.holderIdentity");
      default -> {
        return columns;
      }
    }
    columns
        .addObject()
        .put("name", "Age")
        .put("type", "date")
        .put("jsonPath", ".metadata.creationTimestamp");
    return columns;
  }

  private static void column(ArrayNode columns, String name, String path) {
    columns.addObject().put("name", name).put("type", "string").put("jsonPath", path);
  }
}
