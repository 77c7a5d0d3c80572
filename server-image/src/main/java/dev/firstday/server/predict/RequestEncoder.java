package dev.firstday.server.predict;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstday.contract.Names;
import dev.firstday.sdk.feature.Features;
import dev.firstday.sdk.feature.InvalidValueException;
import dev.firstday.server.v2.Datatype;
import dev.firstday.server.v2.InferRequest;
import dev.firstday.server.v2.ProtocolException;
import dev.firstday.server.v2.Tensor;
import dev.firstday.server.v2.Values;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Turns each form of a request into the network's inputs: rows, a tensor a column, or one tensor of
 * inputs that are encoded already.
 */
final class RequestEncoder {
  /** Name of the tensor of encoded inputs, [rows, width]. */
  static final String ENCODED = "features";

  private final Features features;
  private final Set<String> columns;
  private final int width;

  RequestEncoder(Features features) {
    this.features = features;
    this.columns =
        features.columns().stream()
            .map(Features.InputColumn::name)
            .collect(Collectors.toUnmodifiableSet());
    this.width = features.width();
  }

  /**
   * @throws ProtocolException 400 naming the row and the column, or the tensor
   */
  Inputs encode(InferRequest request) {
    if (request instanceof InferRequest.Rows rows) {
      return encodeRows(rows.rows());
    }
    List<Tensor> inputs = ((InferRequest.Tensors) request).inputs();
    boolean encoded = inputs.size() == 1 && inputs.get(0).name().equals(ENCODED);
    return encoded && !columns.contains(ENCODED) ? encoded(inputs.get(0)) : encodeColumns(inputs);
  }

  private Inputs encodeRows(List<ObjectNode> rows) {
    float[] target = new float[Math.multiplyExact(rows.size(), width)];
    for (int row = 0; row < rows.size(); row++) {
      Map<String, Object> values = new HashMap<>();
      for (Map.Entry<String, JsonNode> field : rows.get(row).properties()) {
        checkColumn(field.getKey());
        values.put(field.getKey(), value(field.getKey(), field.getValue()));
      }
      encode(values, row, rows.size(), target);
    }
    return new Inputs(target, rows.size());
  }

  private static Object value(String column, JsonNode node) {
    return switch (node.getNodeType()) {
      case STRING -> node.textValue();
      case NUMBER -> node.numberValue();
      case BOOLEAN -> node.booleanValue();
      case NULL -> null;
      case ARRAY, OBJECT, BINARY, POJO, MISSING ->
          throw ProtocolException.badRequest(
              "column " + column + ": a value is a string, a number, true, false or null");
    };
  }

  private Inputs encodeColumns(List<Tensor> tensors) {
    int rows = tensors.get(0).rows();
    for (Tensor tensor : tensors) {
      checkColumn(tensor.name());
      if (tensor.shape().isEmpty() || tensor.shape().size() > 2 || tensor.rowLength() != 1) {
        throw ProtocolException.badRequest(
            "input '%s': shape %s; a column's tensor has the shape [rows] or [rows,1], with one row at least"
                .formatted(tensor.name(), tensor.shape()));
      }
      if (tensor.rows() != rows) {
        throw ProtocolException.badRequest(
            "input '%s' has %s, '%s' has %d"
                .formatted(
                    tensor.name(),
                    tensor.rows() == 1 ? "1 row" : tensor.rows() + " rows",
                    tensors.get(0).name(),
                    rows));
      }
    }
    float[] target = new float[Math.multiplyExact(rows, width)];
    Map<String, Object> values = new HashMap<>();
    for (int row = 0; row < rows; row++) {
      for (Tensor tensor : tensors) {
        values.put(tensor.name(), tensor.element(row));
      }
      encode(values, row, rows, target);
    }
    return new Inputs(target, rows);
  }

  private void encode(Map<String, Object> values, int row, int rows, float[] target) {
    try {
      System.arraycopy(features.encode(values), 0, target, row * width, width);
    } catch (InvalidValueException e) {
      throw ProtocolException.badRequest(
          rows == 1 ? e.getMessage() : "row %d of %d: %s".formatted(row + 1, rows, e.getMessage()));
    }
  }

  private Inputs encoded(Tensor tensor) {
    List<Integer> shape = tensor.shape();
    if (shape.size() != 2 || shape.get(0) == 0 || shape.get(1) != width) {
      throw ProtocolException.badRequest(
          "input '%s': shape %s; encoded inputs have the shape [rows,%d], with one row at least"
              .formatted(ENCODED, shape, width));
    }
    if (tensor.datatype().kind() != Datatype.Kind.FLOAT) {
      throw ProtocolException.badRequest(
          "input '%s': datatype %s; encoded inputs are FP32".formatted(ENCODED, tensor.datatype()));
    }
    double[] given = ((Values.Floats) tensor.values()).elements();
    float[] target = new float[given.length];
    boolean complete = tensor.missing().isEmpty();
    for (int i = 0; i < given.length; i++) {
      target[i] = (float) given[i];
      if (!complete && tensor.missing().get(i) || !Float.isFinite(target[i])) {
        throw ProtocolException.badRequest(
            "input '%s': data[%d][%d] is %s; encoded inputs are finite"
                .formatted(ENCODED, i / width, i % width, tensor.element(i)));
      }
    }
    return new Inputs(target, shape.get(0));
  }

  private void checkColumn(String name) {
    if (!columns.contains(name)) {
      throw ProtocolException.badRequest(
          "column '%s' is unknown%s; the model takes %s"
              .formatted(
                  name,
                  Names.hint(name, columns),
                  columns.stream().sorted().collect(Collectors.joining(", "))));
    }
  }
}
