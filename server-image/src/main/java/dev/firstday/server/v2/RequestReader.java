package dev.firstday.server.v2;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Tells the two forms of a request apart and reads them. */
final class RequestReader {
  private RequestReader() {}

  static InferRequest read(V2Json.Message message) {
    JsonNode json = message.json();
    if (json.path("inputs").isArray()) {
      return tensors(message);
    }
    if (message.binary().hasRemaining()) {
      throw ProtocolException.badRequest("binary data needs a request with inputs");
    }
    if (json.isArray()) {
      return new InferRequest.Rows(null, rows(json, ""));
    }
    if (json.path("instances").isArray()) {
      return new InferRequest.Rows(text(json, "id"), rows(json.get("instances"), "instances"));
    }
    if (json instanceof ObjectNode row && !row.isEmpty()) {
      return new InferRequest.Rows(null, List.of(row));
    }
    throw ProtocolException.badRequest(
        "the body must be a request with inputs, a row {\"column\": value}, an array of rows, or"
            + " {\"instances\": [rows]}");
  }

  private static InferRequest.Tensors tensors(V2Json.Message message) {
    JsonNode json = message.json();
    List<Tensor> inputs = TensorReader.readAll(json.get("inputs"), "inputs", message.binary());
    if (inputs.isEmpty()) {
      throw ProtocolException.badRequest("inputs is empty; it needs at least one tensor");
    }
    Set<String> names = new HashSet<>();
    for (Tensor input : inputs) {
      if (!names.add(input.name())) {
        throw ProtocolException.badRequest("inputs: '" + input.name() + "' is there twice");
      }
    }
    return new InferRequest.Tensors(
        text(json, "id"),
        inputs,
        outputs(json.path("outputs")),
        json.path("parameters").path("binary_data_output").asBoolean(false));
  }

  private static List<InferRequest.RequestedOutput> outputs(JsonNode outputs) {
    if (!outputs.isMissingNode() && !outputs.isNull() && !outputs.isArray()) {
      throw ProtocolException.badRequest("outputs must be an array of {\"name\": ...}");
    }
    List<InferRequest.RequestedOutput> requested = new ArrayList<>();
    for (JsonNode output : outputs) {
      String name = text(output, "name");
      if (name == null) {
        throw ProtocolException.badRequest("outputs[" + requested.size() + "]: needs a name");
      }
      JsonNode binary = output.path("parameters").path("binary_data");
      requested.add(
          new InferRequest.RequestedOutput(name, binary.isBoolean() ? binary.asBoolean() : null));
    }
    return requested;
  }

  private static List<ObjectNode> rows(JsonNode array, String place) {
    List<ObjectNode> rows = new ArrayList<>();
    for (JsonNode element : array) {
      if (!(element instanceof ObjectNode row)) {
        throw ProtocolException.badRequest(
            place + "[" + rows.size() + "] must be an object of columns and values");
      }
      rows.add(row);
    }
    if (rows.isEmpty()) {
      throw ProtocolException.badRequest("there are no rows; send at least one");
    }
    return rows;
  }

  private static String text(JsonNode json, String field) {
    JsonNode value = json.get(field);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isTextual()) {
      throw ProtocolException.badRequest(field + " must be a string, not " + value);
    }
    return value.textValue();
  }
}
