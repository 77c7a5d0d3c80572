package dev.firstday.cli.apiserver.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The JSON of the API: what is absent is a missing node, never a Java null. */
public final class Json {
  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final ObjectMapper YAML = YAMLMapper.builder().build();

  private Json() {}

  public static ObjectNode object() {
    return JSON.createObjectNode();
  }

  public static ArrayNode array() {
    return JSON.createArrayNode();
  }

  public static ArrayNode array(Iterable<String> texts) {
    ArrayNode array = array();
    texts.forEach(array::add);
    return array;
  }

  /** Reads JSON or, as YAML holds JSON, either of them. */
  public static JsonNode parseYaml(byte[] text) throws IOException {
    return YAML.readTree(text);
  }

  public static JsonNode parse(byte[] text) throws IOException {
    return JSON.readTree(text);
  }

  public static JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static byte[] bytes(JsonNode node) {
    try {
      return JSON.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static ObjectNode metadata(ObjectNode object) {
    return child(object, "metadata");
  }

  /** The object at {@code field}, made when it is not there. */
  public static ObjectNode child(ObjectNode object, String field) {
    return object.get(field) instanceof ObjectNode child ? child : object.putObject(field);
  }

  /** The list at {@code field}, made when it is not there. */
  public static ArrayNode list(ObjectNode object, String field) {
    return object.get(field) instanceof ArrayNode list ? list : object.putArray(field);
  }

  /** The text down the path, or {@code ""}. */
  public static String text(JsonNode node, String... path) {
    return at(node, path).asText("");
  }

  public static JsonNode at(JsonNode node, String... path) {
    JsonNode here = node;
    for (String field : path) {
      here = here.path(field);
    }
    return here;
  }

  public static List<String> texts(JsonNode array) {
    return stream(array).map(JsonNode::asText).toList();
  }

  public static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  /** A copy, so that fields may be added and removed while it is walked. */
  public static List<Map.Entry<String, JsonNode>> fields(JsonNode object) {
    return new ArrayList<>(object.properties());
  }

  /** Whether there is neither a node nor anything in it. */
  public static boolean isEmpty(JsonNode node) {
    return node.isMissingNode() || node.isNull() || (node.isContainerNode() && node.isEmpty());
  }

  /** Puts {@code text} where nothing is yet. */
  public static void putIfAbsent(ObjectNode object, String field, String text) {
    if (!object.has(field)) {
      object.put(field, text);
    }
  }

  /** Puts {@code number} where nothing is yet. */
  public static void putIfAbsent(ObjectNode object, String field, int number) {
    if (!object.has(field)) {
      object.put(field, number);
    }
  }
}
