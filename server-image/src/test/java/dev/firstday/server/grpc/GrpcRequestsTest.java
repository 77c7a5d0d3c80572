package dev.firstday.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.TextFormat;
import dev.firstday.server.grpc.wire.InferTensorContents;
import dev.firstday.server.grpc.wire.ModelInferRequest;
import dev.firstday.server.grpc.wire.ModelInferRequest.InferInputTensor;
import dev.firstday.server.v2.Encoded;
import dev.firstday.server.v2.InferRequest;
import dev.firstday.server.v2.Tensor;
import dev.firstday.server.v2.V2;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrpcRequestsTest {
  private static InferRequest.Tensors read(ModelInferRequest request) {
    Encoded encoded = GrpcRequests.encode(request);
    return (InferRequest.Tensors)
        V2.readRequest(encoded.body(), String.valueOf(encoded.jsonLength()));
  }

  private static ModelInferRequest request(String text) throws TextFormat.ParseException {
    return TextFormat.parse(text, ModelInferRequest.class);
  }

  private static Object element(String datatype, String contents) throws Exception {
    Tensor tensor =
        read(request(
                "inputs { name: 'x' datatype: '%s' shape: [1, 1] contents { %s } }"
                    .formatted(datatype, contents)))
            .inputs()
            .get(0);
    assertThat(tensor.datatype().name()).isEqualTo(datatype);
    assertThat(tensor.shape()).containsExactly(1, 1);
    return tensor.element(0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "BOOL   | bool_contents: true                      | true",
        "INT8   | int_contents: -128                       | -128",
        "INT16  | int_contents: -32768                     | -32768",
        "INT32  | int_contents: -2147483648                | -2147483648",
        "INT64  | int64_contents: -9223372036854775808     | -9223372036854775808",
        "UINT8  | uint_contents: 255                       | 255",
        "UINT16 | uint_contents: 65535                     | 65535",
        "UINT32 | uint_contents: 4294967295                | 4294967295",
        "FP32   | fp32_contents: 1.5                       | 1.5",
        "FP64   | fp64_contents: 0.1                       | 0.1",
        "BYTES  | bytes_contents: '\\xc3\\xbc'             | ü"
      })
  void eachDatatypeHasItsField(String datatype, String contents, String element) throws Exception {
    assertThat(element(datatype, contents)).hasToString(element);
  }

  @Test
  void theLargestUint64IsNotNegative() throws Exception {
    assertThat(element("UINT64", "uint64_contents: 18446744073709551615"))
        .isEqualTo(new BigInteger("18446744073709551615"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FP32 | [2]  | fp32_contents: [1, 2, 3] | inputs[0] 'x': shape [2] needs 2 values, contents has 3",
        "FP32 | [2]  | ''                       | inputs[0] 'x': shape [2] needs 2 values, contents has 0",
        "FP32 | [1]  | fp64_contents: 1         | inputs[0] 'x': elements of FP32 are in fp32_contents, not in fp64_contents",
        "FP32 | [1]  | fp32_contents: 1 int_contents: 1 | not in int_contents",
        "FP16 | [1]  | fp32_contents: 1         | FP16 has no typed contents; send it as FP32",
        "INT8 | [2]  | int_contents: [1, 128]   | inputs[0] 'x': element 1 is 128, which is no INT8",
        "UINT8 | [1] | uint_contents: 256       | element 0 is 256, which is no UINT8",
        "BYTES | [1] | bytes_contents: '\\xff'  | string 0 is not UTF-8",
        "FP8  | [1]  | fp32_contents: 1         | inputs[0] 'x': datatype 'FP8' is none of BOOL",
        "FP32 | [4294967296, 4294967296] | fp32_contents: 1 | contents has 1"
      })
  void whatDoesNotFitSaysWhere(String datatype, String shape, String contents, String message)
      throws Exception {
    ModelInferRequest request =
        request(
            "inputs { name: 'x' datatype: '%s' shape: %s contents { %s } }"
                .formatted(datatype, shape, contents));

    assertThatThrownBy(() -> GrpcRequests.encode(request)).hasMessageContaining(message);
  }

  @Test
  void rawContentsPassAsTheyAre() throws Exception {
    ModelInferRequest request =
        request(
            """
            inputs { name: 'x' datatype: 'FP16' shape: 2 } inputs { name: 'y' datatype: 'INT32' shape: 1 }
            raw_input_contents: '\\x00\\x3e\\x00\\x3c' raw_input_contents: '\\x01\\x02\\x00\\x00'
            """);

    List<Tensor> inputs = read(request).inputs();

    assertThat(inputs.get(0).element(0)).isEqualTo(1.5);
    assertThat(inputs.get(0).element(1)).isEqualTo(1.0);
    assertThat(inputs.get(1).element(0)).isEqualTo(513L);
  }

  @Test
  void rawContentsAreOneForEachInputAndNotBesideTypedOnes() throws Exception {
    ModelInferRequest two =
        request("inputs { name: 'x' datatype: 'INT8' shape: 1 } inputs { name: 'y' }").toBuilder()
            .addRawInputContents(ByteString.copyFrom(new byte[] {1}))
            .build();
    ModelInferRequest none =
        two.toBuilder()
            .clearInputs()
            .addInputs(two.getInputs(0))
            .addRawInputContents(ByteString.EMPTY)
            .build();
    ModelInferRequest both =
        two.toBuilder()
            .setInputs(
                0,
                InferInputTensor.newBuilder(two.getInputs(0))
                    .setContents(TextFormat.parse("int_contents: 1", InferTensorContents.class)))
            .build();

    assertThatThrownBy(() -> GrpcRequests.encode(two))
        .hasMessageContaining("inputs[1] 'y': raw_input_contents has nothing for it");
    assertThatThrownBy(() -> GrpcRequests.encode(none))
        .hasMessageContaining("raw_input_contents are 2, inputs are 1");
    assertThatThrownBy(() -> GrpcRequests.encode(both))
        .hasMessageContaining("inputs[0] 'x': has contents beside raw_input_contents");
  }

  @Test
  void idAndOutputsAreTheCallers() throws Exception {
    String input =
        "inputs { name: 'x' datatype: 'BOOL' shape: 1 contents { bool_contents: true } }";

    InferRequest.Tensors named = read(request("id: 'a1' outputs { name: 'late' } " + input));
    InferRequest.Tensors plain = read(request(input));

    assertThat(named.id()).isEqualTo("a1");
    assertThat(named.outputs())
        .extracting(InferRequest.RequestedOutput::name)
        .containsExactly("late");
    assertThat(named.binary("late")).isTrue();
    assertThat(plain.id()).isNull();
    assertThat(plain.outputs()).isEmpty();
  }
}
