package dev.firstday.server.v2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class V2RequestTest {
  private static InferRequest read(String json) {
    return V2.readRequest(json.getBytes(StandardCharsets.UTF_8), null);
  }

  private static Tensor readTensor(String datatype, String shape, String data) {
    String json =
        """
        {"inputs":[{"name":"x","datatype":"%s","shape":%s,"data":%s}]}"""
            .formatted(datatype, shape, data);
    return ((InferRequest.Tensors) read(json)).inputs().get(0);
  }

  @Test
  void dataMayBeFlatOrNestedToTheShape() {
    Tensor flat = readTensor("INT64", "[2,3]", "[1,2,3,4,5,6]");
    Tensor nested = readTensor("INT64", "[2,3]", "[[1,2,3],[4,5,6]]");

    assertThat(((Values.Integers) flat.values()).elements()).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(((Values.Integers) nested.values()).elements()).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(nested.rows()).isEqualTo(2);
    assertThat(nested.rowLength()).isEqualTo(3);
  }

  @Test
  void nullIsAMissingElement() {
    Tensor tensor = readTensor("FP64", "[3]", "[1.5,null,2.5]");

    assertThat(tensor.element(0)).isEqualTo(1.5);
    assertThat(tensor.element(1)).isNull();
    assertThat(tensor.element(2)).isEqualTo(2.5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "BOOL   | [true]                 | true",
        "UINT8  | [255]                  | 255",
        "INT8   | [-128]                 | -128",
        "UINT16 | [65535]                | 65535",
        "INT16  | [-32768]               | -32768",
        "UINT32 | [4294967295]           | 4294967295",
        "INT32  | [-2147483648]          | -2147483648",
        "INT64  | [9007199254740993]     | 9007199254740993",
        "UINT64 | [18446744073709551615] | 18446744073709551615",
        "FP32   | [1]                    | 1.0",
        "FP64   | [0.1]                  | 0.1",
        "BYTES  | [\"Zoë\"]              | Zoë"
      })
  void elementsKeepTheirValue(String datatype, String data, String expected) {
    assertThat(readTensor(datatype, "[1]", data).element(0)).hasToString(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FP32  | [2,2] | [1,2,3]           | shape [2,2] needs 4 values, data has 3",
        "FP32  | [2,2] | [[1,2],[3]]       | nested data must have the shape [2,2], here are 1",
        "FP32  | [2,2] | [[1,2],3]         | nested data must have the shape [2,2], here is no array",
        "FP32  | [2]   | [[1],[2]]         | [1] is not a number",
        "FP32  | [1]   | [\"1\"]           | \"1\" is not a number in the range of FP32",
        "FP32  | [1]   | [1e39]            | not a number in the range of FP32",
        "FP64  | [1]   | [1e999]           | not a number in the range of FP64",
        "INT32 | [1]   | [1.5]             | 1.5 is not an integer in the range of INT32",
        "INT32 | [1]   | [2147483648]      | not an integer in the range of INT32",
        "UINT8 | [1]   | [-1]              | not an integer in the range of UINT8",
        "BOOL  | [1]   | [1]               | 1 is not true or false",
        "BYTES | [1]   | [1]               | 1 is not a string",
        "FP16  | [1]   | [1]               | FP16 has no JSON form",
        "FP128 | [1]   | [1]               | datatype 'FP128' is none of BOOL",
        "FP32  | [-1]  | [1]               | -1, which is no size",
        "FP32  | 1     | [1]               | shape must be an array",
        "FP32  | [1]   | 1                 | data must be an array",
        "FP32  | [99999,99999] | [1]       | is too large"
      })
  void aTensorThatDoesNotFitIsRefusedAndSaysWhere(
      String datatype, String shape, String data, String message) {
    assertThatThrownBy(() -> readTensor(datatype, shape, data))
        .isInstanceOfSatisfying(ProtocolException.class, e -> assertThat(e.status()).isEqualTo(400))
        .hasMessageContaining(message)
        .hasMessageContaining("inputs[0]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "nonsense",
        "{} {}",
        "{}",
        "[]",
        "[1]",
        "3",
        "{\"inputs\":[]}",
        "{\"instances\":[]}",
        "{\"instances\":[[1,2]]}",
        "{\"a\":1,\"a\":2}",
        "{\"inputs\":[{\"shape\":[1],\"datatype\":\"FP32\",\"data\":[1]}]}",
        "{\"inputs\":[{\"name\":\"x\",\"shape\":[1],\"datatype\":\"FP32\"}]}",
        "{\"id\":7,\"inputs\":[{\"name\":\"x\",\"shape\":[1],\"datatype\":\"FP32\",\"data\":[1]}]}"
      })
  void whatIsNoRequestIsRefused(String body) {
    assertThatThrownBy(() -> read(body))
        .isInstanceOfSatisfying(
            ProtocolException.class, e -> assertThat(e.status()).isEqualTo(400));
  }

  @Test
  void nanIsNoJson() {
    assertThatThrownBy(() -> readTensor("FP32", "[1]", "[NaN]")).hasMessageContaining("not JSON");
  }

  @Test
  void anInputMayBeThereOnlyOnce() {
    String tensor = "{\"name\":\"x\",\"datatype\":\"FP32\",\"shape\":[1],\"data\":[1]}";

    assertThatThrownBy(() -> read("{\"inputs\":[" + tensor + "," + tensor + "]}"))
        .hasMessage("inputs: 'x' is there twice");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"carrier\":\"UA\",\"hour\":17}                                     | 1 |",
        "[{\"carrier\":\"UA\"},{\"carrier\":\"AA\"}]                          | 2 |",
        "{\"instances\":[{\"carrier\":\"UA\"},{\"carrier\":\"AA\"}]}          | 2 |",
        "{\"id\":\"42\",\"instances\":[{\"carrier\":\"UA\"}]}                 | 1 | 42"
      })
  void rowsComeAsOneAsAnArrayAndAsInstances(String body, int count, String id) {
    assertThat(read(body))
        .isInstanceOfSatisfying(
            InferRequest.Rows.class,
            rows -> {
              assertThat(rows.rows()).hasSize(count);
              assertThat(rows.rows().get(0).get("carrier").asText()).isEqualTo("UA");
              assertThat(rows.id()).isEqualTo(id);
            });
  }

  @Test
  void outputsMayBeAskedForOneByOneAndInBinary() {
    var request =
        (InferRequest.Tensors)
            read(
                """
                {"id":"a","parameters":{"binary_data_output":true},
                 "inputs":[{"name":"x","datatype":"FP32","shape":[1],"data":[1]}],
                 "outputs":[{"name":"late"},
                            {"name":"probability","parameters":{"binary_data":false}}]}""");

    assertThat(request.id()).isEqualTo("a");
    assertThat(request.outputs())
        .extracting(InferRequest.RequestedOutput::name)
        .isEqualTo(List.of("late", "probability"));
    assertThat(request.binary("late")).isTrue();
    assertThat(request.binary("probability")).isFalse();
  }
}
