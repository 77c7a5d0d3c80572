package dev.firstday.server.grpc;

import com.google.protobuf.UnsafeByteOperations;
import dev.firstday.server.grpc.wire.InferParameter;
import dev.firstday.server.grpc.wire.ModelInferResponse;
import dev.firstday.server.grpc.wire.ModelInferResponse.InferOutputTensor;
import dev.firstday.server.grpc.wire.ModelMetadataResponse;
import dev.firstday.server.v2.Datatype;
import dev.firstday.server.v2.InferResponse;
import dev.firstday.server.v2.ModelMetadata;
import dev.firstday.server.v2.Tensor;
import dev.firstday.server.v2.V2;
import java.util.List;
import java.util.Map;

/** What a version answered, as messages of gRPC. */
public final class GrpcAnswers {
  private GrpcAnswers() {}

  /**
   * @param raw whether elements are raw; all of them are where one output is FP16, which has no
   *     other form
   */
  public static ModelInferResponse of(InferResponse response, boolean raw) {
    boolean allRaw =
        raw || response.outputs().stream().anyMatch(o -> o.datatype() == Datatype.FP16);
    ModelInferResponse.Builder answer =
        ModelInferResponse.newBuilder()
            .setModelName(orEmpty(response.modelName()))
            .setModelVersion(orEmpty(response.modelVersion()))
            .setId(orEmpty(response.id()));
    response
        .parameters()
        .forEach(
            (name, value) ->
                answer.putParameters(
                    name,
                    InferParameter.newBuilder().setStringParam(String.valueOf(value)).build()));
    for (Tensor output : response.outputs()) {
      InferOutputTensor.Builder tensor =
          InferOutputTensor.newBuilder()
              .setName(output.name())
              .setDatatype(output.datatype().name())
              .addAllShape(longs(output.shape()));
      if (allRaw) {
        answer.addRawOutputContents(UnsafeByteOperations.unsafeWrap(V2.elements(output)));
      } else {
        tensor.setContents(TypedContents.write(output));
      }
      answer.addOutputs(tensor);
    }
    return answer.build();
  }

  public static ModelMetadataResponse of(ModelMetadata metadata) {
    ModelMetadataResponse.Builder answer =
        ModelMetadataResponse.newBuilder()
            .setName(metadata.name())
            .addAllVersions(orEmpty(metadata.versions()))
            .setPlatform(orEmpty(metadata.platform()))
            .putAllProperties(metadata.properties() == null ? Map.of() : metadata.properties());
    orEmpty(metadata.inputs()).forEach(input -> answer.addInputs(tensor(input)));
    orEmpty(metadata.outputs()).forEach(output -> answer.addOutputs(tensor(output)));
    return answer.build();
  }

  private static ModelMetadataResponse.TensorMetadata tensor(ModelMetadata.TensorMetadata tensor) {
    return ModelMetadataResponse.TensorMetadata.newBuilder()
        .setName(tensor.name())
        .setDatatype(tensor.datatype())
        .addAllShape(longs(tensor.shape()))
        .build();
  }

  private static List<Long> longs(List<Integer> shape) {
    return shape.stream().map(Integer::longValue).toList();
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }

  private static <T> List<T> orEmpty(List<T> list) {
    return list == null ? List.of() : list;
  }
}
