package dev.firstday.server.v2;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a message into nodes, but for the numbers in a tensor's {@code data}, which become {@link
 * Numbers}: a node for each takes longer than a small network's answer.
 */
final class MessageTree {
  private static final Set<String> TENSORS = Set.of("inputs", "outputs");

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final JsonParser json;

  MessageTree(JsonParser json) {
    this.json = json;
  }

  /** The document; a missing node when there is none. */
  JsonNode read() throws IOException {
    JsonToken first = json.nextToken();
    if (first == null) {
      return NODES.missingNode();
    }
    JsonNode message = first == JsonToken.START_OBJECT ? message() : node(first);
    if (json.nextToken() != null) {
      throw new JsonParseException(json, "something follows the value");
    }
    return message;
  }

  private ObjectNode message() throws IOException {
    ObjectNode message = NODES.objectNode();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      boolean tensors = value == JsonToken.START_ARRAY && TENSORS.contains(name);
      message.set(name, tensors ? tensors() : node(value));
    }
    return message;
  }

  private ArrayNode tensors() throws IOException {
    ArrayNode tensors = NODES.arrayNode();
    for (JsonToken next = json.nextToken(); next != JsonToken.END_ARRAY; next = json.nextToken()) {
      tensors.add(next == JsonToken.START_OBJECT ? tensor() : node(next));
    }
    return tensors;
  }

  private ObjectNode tensor() throws IOException {
    ObjectNode tensor = NODES.objectNode();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      boolean data = value == JsonToken.START_ARRAY && name.equals("data");
      tensor.set(name, data ? data() : node(value));
    }
    return tensor;
  }

  private JsonNode data() throws IOException {
    Optional<Numbers> numbers =
        json instanceof MessageParser parser ? parser.numbers() : Optional.empty();
    if (numbers.isEmpty()) {
      return array();
    }
    json.nextToken();
    return NODES.pojoNode(numbers.get());
  }

  private JsonNode node(JsonToken token) throws IOException {
    return switch (token) {
      case START_OBJECT -> object();
      case START_ARRAY -> array();
      case VALUE_STRING -> NODES.textNode(json.getText());
      case VALUE_NUMBER_INT -> integer();
      case VALUE_NUMBER_FLOAT -> NODES.numberNode(json.getDoubleValue());
      case VALUE_TRUE, VALUE_FALSE -> NODES.booleanNode(token == JsonToken.VALUE_TRUE);
      case VALUE_NULL -> NODES.nullNode();
      case END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
          throw new IllegalStateException("no value begins with " + token);
    };
  }

  private JsonNode object() throws IOException {
    ObjectNode object = NODES.objectNode();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      object.set(name, node(json.nextToken()));
    }
    return object;
  }

  private JsonNode array() throws IOException {
    ArrayNode array = NODES.arrayNode();
    for (JsonToken next = json.nextToken(); next != JsonToken.END_ARRAY; next = json.nextToken()) {
      array.add(node(next));
    }
    return array;
  }

  private JsonNode integer() throws IOException {
    return switch (json.getNumberType()) {
      case INT -> NODES.numberNode(json.getIntValue());
      case LONG -> NODES.numberNode(json.getLongValue());
      case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL -> NODES.numberNode(json.getBigIntegerValue());
    };
  }
}
