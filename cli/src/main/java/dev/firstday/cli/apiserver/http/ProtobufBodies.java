package dev.firstday.cli.apiserver.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import dev.firstday.cli.apiserver.json.Json;
import dev.firstday.cli.apiserver.objects.ApiException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Reads the Protocol Buffers that {@code kubectl create} sends for some kinds of its own and for
 * which it takes no other answer. The fields it can fill are in a table, by the numbers of
 * Kubernetes' {@code generated.proto} files; anything else is refused rather than lost.
 */
final class ProtobufBodies {
  static final String CONTENT_TYPE = "application/vnd.kubernetes.protobuf";

  private static final ByteString MAGIC = ByteString.copyFrom(new byte[] {'k', '8', 's', 0});
  private static final String IGNORED = "-";

  private final JsonNode fields;

  private ProtobufBodies(JsonNode fields) {
    this.fields = fields;
  }

  static ProtobufBodies load() throws IOException {
    try (InputStream table = ProtobufBodies.class.getResourceAsStream("protobuf-fields.json")) {
      return new ProtobufBodies(Json.parse(table.readAllBytes()));
    }
  }

  /** The object as JSON. */
  ObjectNode read(byte[] body) {
    ByteString bytes = ByteString.copyFrom(body);
    try {
      if (!bytes.startsWith(MAGIC)) {
        throw unreadable("there is no k8s mark at its start");
      }
      UnknownFieldSet envelope = UnknownFieldSet.parseFrom(bytes.substring(MAGIC.size()));
      UnknownFieldSet type = UnknownFieldSet.parseFrom(last(envelope, 1));
      String kind = last(type, 2).toStringUtf8();
      ObjectNode object =
          Json.object().put("apiVersion", last(type, 1).toStringUtf8()).put("kind", kind);
      return object.setAll(message(kind, last(envelope, 2)));
    } catch (InvalidProtocolBufferException e) {
      throw unreadable(e.getMessage());
    }
  }

  private ObjectNode message(String type, ByteString bytes) throws InvalidProtocolBufferException {
    ObjectNode object = Json.object();
    for (Map.Entry<Integer, UnknownFieldSet.Field> entry :
        UnknownFieldSet.parseFrom(bytes).asMap().entrySet()) {
      String field = Json.text(fields, type, entry.getKey().toString());
      if (field.isEmpty()) {
        throw unreadable("field " + entry.getKey() + " of " + type + " is not known");
      }
      String[] words = field.split(" ");
      put(object, words[0], List.of(words).subList(1, words.length), entry.getValue());
    }
    return object;
  }

  private void put(ObjectNode object, String name, List<String> type, UnknownFieldSet.Field field)
      throws InvalidProtocolBufferException {
    if (name.equals(IGNORED)) {
      return;
    }
    List<Long> numbers = field.getVarintList();
    List<ByteString> texts = field.getLengthDelimitedList();
    switch (type.get(0)) {
      case "string" -> {
        String text = texts.get(texts.size() - 1).toStringUtf8();
        if (!text.isEmpty()) {
          object.put(name, text);
        }
      }
      case "int" -> object.put(name, numbers.get(0));
      case "int-above-zero" -> {
        if (numbers.get(0) > 0) {
          object.put(name, numbers.get(0));
        }
      }
      case "bool" -> object.put(name, numbers.get(0) != 0);
      case "flag" -> {
        if (numbers.get(0) != 0) {
          object.put(name, true);
        }
      }
      case "map-of-string", "map-of-bytes" -> {
        for (ByteString pair : texts) {
          UnknownFieldSet keyAndValue = UnknownFieldSet.parseFrom(pair);
          ByteString value = last(keyAndValue, 2);
          String text =
              type.get(0).equals("map-of-bytes")
                  ? Base64.getEncoder().encodeToString(value.toByteArray())
                  : value.toStringUtf8();
          Json.child(object, name).put(last(keyAndValue, 1).toStringUtf8(), text);
        }
      }
      case "list-of" -> {
        for (ByteString item : texts) {
          boolean isText = type.get(1).equals("string");
          Json.list(object, name)
              .add(
                  isText
                      ? Json.object().textNode(item.toStringUtf8())
                      : message(type.get(1), item));
        }
      }
      default -> object.set(name, message(type.get(0), texts.get(texts.size() - 1)));
    }
  }

  private static ByteString last(UnknownFieldSet message, int field) {
    List<ByteString> values = message.getField(field).getLengthDelimitedList();
    return values.isEmpty() ? ByteString.EMPTY : values.get(values.size() - 1);
  }

  private static ApiException unreadable(String cause) {
    return ApiException.unsupportedMediaType(
        "application/json, application/yaml; this Protocol Buffer cannot be read: "
            + cause
            + "; with kubectl create, add --dry-run=client -o yaml and pipe it to kubectl apply -f"
            + " -");
  }
}
