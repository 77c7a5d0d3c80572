package dev.firstday.server.grpc;

import dev.firstday.server.grpc.wire.ModelInferRequest;
import dev.firstday.server.grpc.wire.ModelInferRequest.InferInputTensor;
import dev.firstday.server.grpc.wire.ModelInferRequest.InferRequestedOutputTensor;
import dev.firstday.server.v2.BinaryTensor;
import dev.firstday.server.v2.Datatype;
import dev.firstday.server.v2.Encoded;
import dev.firstday.server.v2.ProtocolException;
import dev.firstday.server.v2.Tensor;
import dev.firstday.server.v2.V2;
import dev.firstday.server.v2.Values;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Infer requests of gRPC as requests of REST with the binary tensor extension, so that there is one
 * way to read, split, compare and answer them. Raw contents are that extension's bytes already and
 * are not looked at.
 */
public final class GrpcRequests {
  private GrpcRequests() {}

  /** Whether the caller speaks raw contents; it is answered in kind. */
  public static boolean isRaw(ModelInferRequest request) {
    return request.getRawInputContentsCount() > 0;
  }

  /**
   * @throws ProtocolException 400 when typed contents do not fit their tensor, or raw ones are not
   *     one for each input
   */
  public static Encoded encode(ModelInferRequest request) {
    List<BinaryTensor> inputs = new ArrayList<>();
    for (InferInputTensor input : request.getInputsList()) {
      String where = "inputs[%d] '%s'".formatted(inputs.size(), input.getName());
      inputs.add(isRaw(request) ? raw(request, inputs.size(), where) : typed(input, where));
    }
    if (isRaw(request) && request.getRawInputContentsCount() != inputs.size()) {
      throw ProtocolException.badRequest(
          "raw_input_contents are %d, inputs are %d; send one for each"
              .formatted(request.getRawInputContentsCount(), inputs.size()));
    }
    return V2.writeRequest(
        request.getId().isEmpty() ? null : request.getId(),
        inputs,
        request.getOutputsList().stream().map(InferRequestedOutputTensor::getName).toList());
  }

  private static BinaryTensor raw(ModelInferRequest request, int place, String where) {
    InferInputTensor input = request.getInputs(place);
    if (input.hasContents()) {
      throw ProtocolException.badRequest(
          where + ": has contents beside raw_input_contents; send one of them");
    }
    if (place >= request.getRawInputContentsCount()) {
      throw ProtocolException.badRequest(
          where + ": raw_input_contents has nothing for it; send one for each input");
    }
    return new BinaryTensor(
        input.getName(),
        input.getDatatype(),
        input.getShapeList(),
        request.getRawInputContents(place).asReadOnlyByteBuffer());
  }

  private static BinaryTensor typed(InferInputTensor input, String where) {
    Datatype datatype = Datatype.named(input.getDatatype(), where);
    Values values = TypedContents.read(datatype, input.getContents(), where);
    checkSize(input.getShapeList(), values.size(), where);
    Tensor tensor = new Tensor(input.getName(), datatype, List.of(values.size()), values);
    return new BinaryTensor(
        input.getName(),
        input.getDatatype(),
        input.getShapeList(),
        ByteBuffer.wrap(V2.elements(tensor)));
  }

  /** As a double, which no shape makes overflow; it is exact for each size that can be right. */
  private static void checkSize(List<Long> shape, int size, String where) {
    double wanted = shape.stream().mapToDouble(Long::doubleValue).reduce(1, (a, b) -> a * b);
    if (wanted != size) {
      throw ProtocolException.badRequest(
          "%s: shape %s needs %.0f values, contents has %d".formatted(where, shape, wanted, size));
    }
  }
}
