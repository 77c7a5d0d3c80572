package dev.firstday.server.v2;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The messages of the Open Inference Protocol, version 2, over REST, with its binary tensor
 * extension.
 */
public final class V2 {
  private V2() {}

  /**
   * @param jsonLength value of {@link Encoded#LENGTH_HEADER}; null without it
   * @throws ProtocolException 400, when the body is no request; the message names the place
   */
  public static InferRequest readRequest(byte[] body, String jsonLength) {
    return RequestReader.read(V2Json.read(body, jsonLength));
  }

  /**
   * The body of what is no message of the protocol, but read and refused as one.
   *
   * @throws ProtocolException 400, when it is not JSON
   */
  public static JsonNode readJson(byte[] body) {
    return V2Json.read(body, (String) null).json();
  }

  /**
   * @throws ProtocolException when the body is no answer to an infer request
   */
  public static InferResponse readResponse(byte[] body, String jsonLength) {
    V2Json.Message message = V2Json.read(body, jsonLength);
    JsonNode json = message.json();
    if (!json.path("outputs").isArray()) {
      throw ProtocolException.badRequest("the answer has no outputs");
    }
    Map<String, Object> parameters = new HashMap<>();
    json.path("parameters")
        .properties()
        .forEach(parameter -> parameters.put(parameter.getKey(), parameter.getValue().asText()));
    return new InferResponse(
        json.path("model_name").asText(null),
        json.path("model_version").asText(null),
        json.path("id").asText(null),
        parameters,
        TensorReader.readAll(json.get("outputs"), "outputs", message.binary()));
  }

  /**
   * @param binary which outputs follow the JSON in binary form, by name
   */
  public static Encoded write(InferResponse response, Predicate<String> binary) {
    ByteArrayOutputStream tail = new ByteArrayOutputStream();
    byte[] head =
        V2Json.write(
            json -> {
              json.writeStartObject();
              json.writeStringField("model_name", response.modelName());
              json.writeStringField("model_version", response.modelVersion());
              json.writeStringField("id", response.id());
              json.writeObjectFieldStart("parameters");
              for (Map.Entry<String, Object> parameter : response.parameters().entrySet()) {
                if (parameter.getValue() instanceof String text) {
                  json.writeStringField(parameter.getKey(), text);
                } else {
                  json.writePOJOField(parameter.getKey(), parameter.getValue());
                }
              }
              json.writeEndObject();
              json.writeArrayFieldStart("outputs");
              for (Tensor output : response.outputs()) {
                writeTensor(output, binary.test(output.name()) ? tail : null, json);
              }
              json.writeEndArray();
              json.writeEndObject();
            });
    if (response.outputs().stream().map(Tensor::name).noneMatch(binary)) {
      return new Encoded(head, null);
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream(head.length + tail.size());
    body.writeBytes(head);
    body.writeBytes(tail.toByteArray());
    return new Encoded(body.toByteArray(), head.length);
  }

  /** A request with these inputs, all in JSON. */
  public static byte[] writeRequest(String id, List<Tensor> inputs) {
    return writeRequest(new InferRequest.Tensors(id, inputs, List.of(), false));
  }

  /** The same request with its inputs in JSON, and without asking for outputs in binary form. */
  public static byte[] writeRequest(InferRequest.Tensors request) {
    return V2Json.write(
        json -> {
          json.writeStartObject();
          json.writeStringField("id", request.id());
          json.writeArrayFieldStart("inputs");
          for (Tensor input : request.inputs()) {
            writeTensor(input, null, json);
          }
          json.writeEndArray();
          if (!request.outputs().isEmpty()) {
            json.writeArrayFieldStart("outputs");
            for (InferRequest.RequestedOutput output : request.outputs()) {
              json.writePOJO(Map.of("name", output.name()));
            }
            json.writeEndArray();
          }
          json.writeEndObject();
        });
  }

  /**
   * A request with these inputs in binary form, whose outputs are to be binary as well.
   *
   * @param id null: none
   * @param outputs names of those asked for; empty: all
   */
  public static Encoded writeRequest(String id, List<BinaryTensor> inputs, List<String> outputs) {
    byte[] head =
        V2Json.write(
            json -> {
              json.writeStartObject();
              json.writeStringField("id", id);
              json.writeObjectFieldStart("parameters");
              json.writeBooleanField("binary_data_output", true);
              json.writeEndObject();
              json.writeArrayFieldStart("inputs");
              for (BinaryTensor input : inputs) {
                json.writeStartObject();
                json.writeStringField("name", input.name());
                json.writeStringField("datatype", input.datatype());
                json.writePOJOField("shape", input.shape());
                writeBinarySize(input.elements().remaining(), json);
                json.writeEndObject();
              }
              json.writeEndArray();
              json.writeArrayFieldStart("outputs");
              for (String output : outputs) {
                json.writeStartObject();
                json.writeStringField("name", output);
                json.writeEndObject();
              }
              json.writeEndArray();
              json.writeEndObject();
            });
    int tail = inputs.stream().mapToInt(input -> input.elements().remaining()).sum();
    ByteBuffer body = ByteBuffer.allocate(head.length + tail).put(head);
    inputs.forEach(input -> body.put(input.elements().duplicate()));
    return new Encoded(body.array(), head.length);
  }

  /** The tensor's elements as the binary tensor extension has them. */
  public static byte[] elements(Tensor tensor) {
    return BinaryElements.write(tensor);
  }

  /**
   * The tensor of these elements again.
   *
   * @throws ProtocolException 400 when they are not as many as the shape says
   */
  public static Tensor tensor(
      String name, Datatype datatype, List<Integer> shape, ByteBuffer elements) {
    int size = Shapes.size(shape, name);
    return new Tensor(name, datatype, shape, BinaryElements.read(datatype, size, elements, name));
  }

  private static void writeBinarySize(int bytes, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("parameters");
    json.writeNumberField("binary_data_size", bytes);
    json.writeEndObject();
  }

  private static void writeTensor(Tensor tensor, ByteArrayOutputStream tail, JsonGenerator json)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("name", tensor.name());
    json.writeStringField("datatype", tensor.datatype().name());
    writeShape(tensor.shape(), json);
    if (tail == null) {
      json.writeFieldName("data");
      JsonElements.write(tensor, json);
    } else {
      byte[] elements = BinaryElements.write(tensor);
      writeBinarySize(elements.length, json);
      tail.writeBytes(elements);
    }
    json.writeEndObject();
  }

  /** Without the mapper, which takes longer to begin than to write two numbers. */
  private static void writeShape(List<Integer> shape, JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("shape");
    for (int size : shape) {
      json.writeNumber(size);
    }
    json.writeEndArray();
  }

  /** The body of an error. */
  public static byte[] error(String message) {
    return V2Json.write(Map.of("error", message));
  }

  /** The message in the body of an error; none where the body is something else. */
  public static Optional<String> readError(byte[] body) {
    try {
      return Optional.ofNullable(V2Json.read(body, (String) null).json().path("error").textValue());
    } catch (ProtocolException e) {
      return Optional.empty();
    }
  }

  /** {@code ready} and {@code live} under both names, since clients differ in which they read. */
  public static byte[] health(String name, boolean ready) {
    Map<String, Object> health = new LinkedHashMap<>();
    if (name != null) {
      health.put("name", name);
    }
    health.put("ready", ready);
    health.put("live", true);
    return V2Json.write(health);
  }

  public static byte[] write(ServerMetadata metadata) {
    return V2Json.write(metadata);
  }

  public static byte[] write(ModelMetadata metadata) {
    return V2Json.write(metadata);
  }

  public static byte[] models(List<String> names) {
    return V2Json.write(Map.of("models", names));
  }

  /**
   * @throws ProtocolException when the body is no model metadata
   */
  public static ModelMetadata readModelMetadata(byte[] body) {
    return V2Json.read(body, ModelMetadata.class);
  }
}
