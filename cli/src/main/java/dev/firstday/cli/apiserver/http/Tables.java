package dev.firstday.cli.apiserver.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstday.cli.apiserver.json.Json;
import dev.firstday.cli.apiserver.type.ResourceType;
import java.util.List;

/** Objects as {@code meta.k8s.io/v1} tables, which is what kubectl prints. */
final class Tables {
  private final Columns columns;

  Tables(Columns columns) {
    this.columns = columns;
  }

  static boolean isWanted(Call call) {
    return call.header("Accept").contains("as=Table");
  }

  /**
   * @param include how much of each object goes along: {@code None}, {@code Object}, or its
   *     metadata
   * @param withColumns whether the columns are described, as the first table of a watch does
   */
  ObjectNode of(
      ResourceType type,
      List<ObjectNode> objects,
      String resourceVersion,
      String include,
      boolean withColumns) {
    List<Column> shown = columns.of(type);
    ObjectNode table = Json.object().put("kind", "Table").put("apiVersion", "meta.k8s.io/v1");
    table.putObject("metadata").put("resourceVersion", resourceVersion);
    ArrayNode definitions = table.putArray("columnDefinitions");
    if (withColumns) {
      shown.forEach(column -> describe(column, definitions.addObject()));
    }
    ArrayNode rows = table.putArray("rows");
    for (ObjectNode object : objects) {
      ObjectNode row = rows.addObject();
      ArrayNode cells = row.putArray("cells");
      shown.forEach(column -> cells.add(column.cell().apply(object)));
      if (!include.equals("None")) {
        row.set("object", include.equals("Object") ? object : metadata(object));
      }
    }
    return table;
  }

  private static void describe(Column column, ObjectNode definition) {
    definition
        .put("name", column.name())
        .put("type", column.type())
        .put("format", column.name().equals("Name") ? "name" : "")
        .put("description", "")
        .put("priority", column.priority());
  }

  private static JsonNode metadata(ObjectNode object) {
    ObjectNode partial =
        Json.object().put("kind", "PartialObjectMetadata").put("apiVersion", "meta.k8s.io/v1");
    return partial.set("metadata", object.path("metadata"));
  }
}
