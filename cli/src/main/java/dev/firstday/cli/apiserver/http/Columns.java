package dev.firstday.cli.apiserver.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.firstday.cli.apiserver.json.Json;
import dev.firstday.cli.apiserver.type.ResourceType;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Which columns a type is shown with. */
final class Columns {
  private final Clock clock;

  Columns(Clock clock) {
    this.clock = clock;
  }

  /** All of them, the name first. */
  List<Column> of(ResourceType type) {
    List<Column> columns = new ArrayList<>();
    columns.add(text("Name", 0, object -> Json.text(object, "metadata", "name")));
    if (!type.isCustom()) {
      columns.addAll(new BuiltInColumns(this).of(type.storedIn()));
    } else if (type.columns().isEmpty()) {
      columns.add(age("Age"));
    } else {
      type.columns().forEach(column -> columns.add(defined(column)));
    }
    return columns;
  }

  Column age(String name) {
    return text(name, 0, object -> since(Json.text(object, "metadata", "creationTimestamp")));
  }

  static Column text(String name, int priority, Function<JsonNode, String> cell) {
    return new Column(name, "string", priority, object -> TextNode.valueOf(cell.apply(object)));
  }

  static Column number(String name, Function<JsonNode, Long> cell) {
    return new Column(name, "integer", 0, object -> LongNode.valueOf(cell.apply(object)));
  }

  /** How long ago that was, or what kubectl shows for what is not known. */
  String since(String time) {
    try {
      return HumanDuration.of(Duration.between(Instant.parse(time), clock.instant()));
    } catch (DateTimeException e) {
      return time.isEmpty() ? "<unknown>" : "<invalid>";
    }
  }

  private Column defined(JsonNode column) {
    JsonPath path = JsonPath.parse(Json.text(column, "jsonPath"));
    String type = Json.text(column, "type");
    return new Column(
        Json.text(column, "name"),
        type,
        column.path("priority").asInt(),
        object -> cell(type, path.find(object)));
  }

  private JsonNode cell(String type, List<JsonNode> found) {
    if (found.isEmpty()) {
      return NullNode.getInstance();
    }
    JsonNode first = found.get(0);
    return switch (type) {
      case "integer" ->
          first.isNumber() ? LongNode.valueOf(first.asLong()) : NullNode.getInstance();
      case "number" ->
          first.isNumber() ? DoubleNode.valueOf(first.asDouble()) : NullNode.getInstance();
      case "boolean" ->
          first.isBoolean() ? BooleanNode.valueOf(first.asBoolean()) : NullNode.getInstance();
      case "date" -> TextNode.valueOf(since(first.asText()));
      default ->
          TextNode.valueOf(
              String.join(
                  ",",
                  found.stream()
                      .map(node -> node.isValueNode() ? node.asText() : node.toString())
                      .toList()));
    };
  }
}
