package dev.firstday.server.v2;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Reads the tensors of a message, whose binary parts follow its JSON in the tensors' order. */
final class TensorReader {
  private final ByteBuffer binary;

  private TensorReader(ByteBuffer binary) {
    this.binary = binary;
  }

  /**
   * @param field {@code inputs} or {@code outputs}, for messages
   */
  static List<Tensor> readAll(JsonNode tensors, String field, ByteBuffer binary) {
    TensorReader reader = new TensorReader(binary);
    List<Tensor> read = new ArrayList<>();
    for (JsonNode tensor : tensors) {
      read.add(reader.read(tensor, field + "[" + read.size() + "]"));
    }
    if (binary.hasRemaining()) {
      throw ProtocolException.badRequest(
          binary.remaining() + " bytes follow the last binary tensor of " + field);
    }
    return read;
  }

  private Tensor read(JsonNode node, String place) {
    JsonNode name = node.get("name");
    if (name == null || !name.isTextual()) {
      throw ProtocolException.badRequest(place + ": needs a name");
    }
    String where = place + " '" + name.textValue() + "'";
    Datatype datatype = Datatype.named(node.path("datatype").asText(), where);
    List<Integer> shape = Shapes.read(node.get("shape"), where);
    int size = Shapes.size(shape, where);
    JsonNode binarySize = node.path("parameters").get("binary_data_size");
    if (binarySize != null) {
      Values values = BinaryElements.read(datatype, size, take(node, binarySize, where), where);
      return new Tensor(name.textValue(), datatype, shape, values, new BitSet());
    }
    if (!node.has("data")) {
      throw ProtocolException.badRequest(
          where + ": needs data, or the parameter binary_data_size and binary data");
    }
    return JsonElements.read(name.textValue(), datatype, shape, size, node.get("data"), where);
  }

  private ByteBuffer take(JsonNode node, JsonNode binarySize, String where) {
    if (node.has("data")) {
      throw ProtocolException.badRequest(where + ": has data and binary_data_size; send one");
    }
    if (!binarySize.canConvertToInt() || binarySize.intValue() < 0) {
      throw ProtocolException.badRequest(
          where + ": binary_data_size " + binarySize + " is no size");
    }
    int length = binarySize.intValue();
    if (length > binary.remaining()) {
      throw ProtocolException.badRequest(
          where
              + ": binary_data_size is "
              + length
              + ", but "
              + binary.remaining()
              + " bytes are left in the body");
    }
    ByteBuffer taken = binary.slice(binary.position(), length);
    binary.position(binary.position() + length);
    return taken;
  }
}
