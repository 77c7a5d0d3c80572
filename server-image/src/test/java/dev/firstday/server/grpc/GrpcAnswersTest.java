package dev.firstday.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.server.grpc.wire.ModelInferResponse;
import dev.firstday.server.grpc.wire.ModelMetadataResponse;
import dev.firstday.server.v2.Datatype;
import dev.firstday.server.v2.InferResponse;
import dev.firstday.server.v2.ModelMetadata;
import dev.firstday.server.v2.Tensor;
import dev.firstday.server.v2.Values;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrpcAnswersTest {
  private static ModelInferResponse answer(boolean raw, Tensor... outputs) {
    return GrpcAnswers.of(
        new InferResponse("delays", "3", "a1", Map.of("model_digest", "abc"), List.of(outputs)),
        raw);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "INT8   | -1 | int_contents: -1",
        "INT64  | -1 | int64_contents: -1",
        "UINT32 | 4294967295 | uint_contents: 4294967295",
        "UINT64 | -1 | uint64_contents: 18446744073709551615"
      })
  void integersHaveTheFieldOfTheirDatatype(Datatype datatype, long element, String contents) {
    Tensor tensor =
        new Tensor("x", datatype, List.of(1), new Values.Integers(new long[] {element}));

    ModelInferResponse answer = answer(false, tensor);

    assertThat(answer.getOutputs(0).getContents().toString().trim()).isEqualTo(contents);
    assertThat(answer.getOutputs(0).getDatatype()).isEqualTo(datatype.name());
    assertThat(answer.getRawOutputContentsCount()).isZero();
  }

  @Test
  void theRestOfAnAnswerIsThereToo() {
    ModelInferResponse answer =
        answer(
            false,
            Tensor.booleans("late", new boolean[] {true, false}),
            new Tensor(
                "probabilities",
                Datatype.FP32,
                List.of(2, 1),
                new Values.Floats(new double[] {0.75, 0.25})),
            Tensor.doubles("delay", new double[] {0.1}),
            Tensor.texts("who", List.of("crew")));

    assertThat(answer.getModelName()).isEqualTo("delays");
    assertThat(answer.getModelVersion()).isEqualTo("3");
    assertThat(answer.getId()).isEqualTo("a1");
    assertThat(answer.getParametersOrThrow("model_digest").getStringParam()).isEqualTo("abc");
    assertThat(answer.getOutputs(0).getContents().getBoolContentsList())
        .containsExactly(true, false);
    assertThat(answer.getOutputs(1).getShapeList()).containsExactly(2L, 1L);
    assertThat(answer.getOutputs(1).getContents().getFp32ContentsList())
        .containsExactly(0.75f, 0.25f);
    assertThat(answer.getOutputs(2).getContents().getFp64Contents(0)).isEqualTo(0.1);
    assertThat(answer.getOutputs(3).getContents().getBytesContents(0).toStringUtf8())
        .isEqualTo("crew");
  }

  @Test
  void rawAnswersHaveTheElementsOfEachOutputInOrder() {
    ModelInferResponse answer =
        answer(
            true,
            Tensor.booleans("late", new boolean[] {true}),
            Tensor.texts("who", List.of("UA")));

    assertThat(answer.getRawOutputContents(0).toByteArray()).containsExactly(1);
    assertThat(answer.getRawOutputContents(1).toByteArray()).containsExactly(2, 0, 0, 0, 'U', 'A');
    assertThat(answer.getOutputs(0).hasContents()).isFalse();
  }

  @Test
  void halvesMakeAnAnswerRaw() {
    ModelInferResponse answer =
        answer(
            false,
            new Tensor("x", Datatype.FP16, List.of(1), new Values.Floats(new double[] {1.5})),
            Tensor.booleans("late", new boolean[] {true}));

    assertThat(answer.getRawOutputContents(0).toByteArray()).containsExactly(0, 0x3e);
    assertThat(answer.getRawOutputContentsCount()).isEqualTo(2);
  }

  @Test
  void metadataNameTheTensors() {
    ModelMetadataResponse answer =
        GrpcAnswers.of(
            new ModelMetadata(
                "delays",
                List.of("3"),
                "p",
                List.of(new ModelMetadata.TensorMetadata("hour", "INT64", List.of(-1))),
                null,
                Map.of("label", "late")));

    assertThat(answer.getVersionsList()).containsExactly("3");
    assertThat(answer.getInputs(0).getShapeList()).containsExactly(-1L);
    assertThat(answer.getInputs(0).getDatatype()).isEqualTo("INT64");
    assertThat(answer.getOutputsCount()).isZero();
    assertThat(answer.getPropertiesOrThrow("label")).isEqualTo("late");
  }
}
